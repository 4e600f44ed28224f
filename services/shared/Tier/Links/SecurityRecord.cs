using FundingFlows.Contracts.Links.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Remembers what was turned away at the doors of this instance, also after a restart. What is the same counts together, and the sorts
/// of it are bounded, so that no stranger can fill a disk; of who sent it only ids that have an address here are kept, and never believed.
/// </summary>
/// <param name="store">Null: it is remembered as long as the process runs.</param>
public sealed partial class SecurityRecord(AddressBook addresses, TimeProvider time, ILogger<SecurityRecord> log, LinkMetrics? metrics = null, LinkStore? store = null)
{
    private const int MostKept = 1_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenLooksForOld = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private Dictionary<Sort, (TurnedAway Seen, DateTimeOffset WrittenAt)>? kept;
    private DateTimeOffset lookedForOldAt;

    /// <summary>What counts together.</summary>
    private readonly record struct Sort(SecurityEventKind Kind, string Reason, string Claimed, string Receiver)
    {
        public Sort(TurnedAway seen)
            : this((SecurityEventKind)seen.Kind, seen.Reason, seen.Claimed, seen.Receiver)
        {
        }
    }

    /// <summary>Records that something was turned away. The first of its sort is durable when this returns, further ones within a second.</summary>
    /// <param name="reason">A stable reason; nothing of what was sent.</param>
    /// <param name="claimed">The body that it claims to be from, or anything.</param>
    /// <param name="receiver">The body that it is for, or anything.</param>
    public void Tell(SecurityEventKind kind, string reason, string claimed, string receiver)
    {
        metrics?.TurnedAway(kind);
        // As precise as it is kept.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        lock (gate)
        {
            var all = Kept(now);
            var sort = new Sort(kind, reason, Addressed(claimed), Addressed(receiver));
            if (!all.ContainsKey(sort) && all.Count >= MostKept)
                sort = sort with { Claimed = "", Receiver = "" };
            (TurnedAway Seen, DateTimeOffset WrittenAt) before = all.GetValueOrDefault(sort, (new TurnedAway((int)kind, reason, sort.Claimed, sort.Receiver, 0, now, now), DateTimeOffset.MinValue));
            var seen = before.Seen with { Count = before.Seen.Count + 1, LastAt = now };
            var writes = now - before.WrittenAt >= BetweenWrites;
            all[sort] = (seen, writes ? now : before.WrittenAt);
            if (writes)
                Try(() => store?.Keep(seen));
        }
    }

    /// <summary>All that is remembered, in the order of kinds, reasons and bodies.</summary>
    public IReadOnlyList<SecurityEvent> All()
    {
        lock (gate)
            return [.. Kept(time.GetUtcNow()).Values.Select(one => View(one.Seen)).OrderBy(KeyOf, StringComparer.Ordinal)];
    }

    /// <summary>How often something of a kind came, of what is remembered.</summary>
    public long CountOf(SecurityEventKind kind)
    {
        lock (gate)
            return Kept(time.GetUtcNow()).Where(one => one.Key.Kind == kind).Sum(one => one.Value.Seen.Count);
    }

    /// <summary>What orders events.</summary>
    public static string KeyOf(SecurityEvent seen) => $"{seen.Instance} {(int)seen.Kind} {seen.Reason} {seen.ClaimedSender} {seen.Receiver}";

    /// <summary>What is remembered and not too old. With the lock held.</summary>
    private Dictionary<Sort, (TurnedAway Seen, DateTimeOffset WrittenAt)> Kept(DateTimeOffset now)
    {
        if (kept is null)
        {
            kept = [];
            Try(() =>
            {
                foreach (var seen in store?.AllTurnedAway() ?? [])
                    kept[new Sort(seen)] = (seen, seen.LastAt);
            });
        }
        if (now - lookedForOldAt < BetweenLooksForOld)
            return kept;
        lookedForOldAt = now;
        foreach (var (sort, old) in kept.Where(one => now - one.Value.Seen.LastAt > KeptFor).ToList())
        {
            kept.Remove(sort);
            Try(() => store?.Forget(old.Seen));
        }
        return kept;
    }

    private string Addressed(string body) => addresses.HasAddress(body) ? body : "";

    private static SecurityEvent View(TurnedAway seen) => new()
    {
        Kind = (SecurityEventKind)seen.Kind,
        Reason = seen.Reason,
        ClaimedSender = seen.Claimed,
        Receiver = seen.Receiver,
        Count = (ulong)seen.Count,
        FirstAt = Timestamp.FromDateTimeOffset(seen.FirstAt),
        LastAt = Timestamp.FromDateTimeOffset(seen.LastAt),
    };

    /// <summary>A full disk keeps nobody from being turned away: it is then remembered in memory alone.</summary>
    private void Try(Action store)
    {
        try
        {
            store();
        }
        catch (StoreException problem)
        {
            LogNotKept(problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What was turned away could not be kept on the disk.")]
    private partial void LogNotKept(Exception problem);
}
