using FundingFlows.Contracts.Links.V1;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Remembers what was turned away at the doors of this instance, also after a restart. What is the same counts together, and the sorts
/// of it are bounded, so that no stranger can fill a disk; of who sent it only ids that have an address here are kept, and never believed.
/// Whoever tells it something waits for no disk: <see cref="SecurityWriter"/> writes what has changed.
/// </summary>
/// <param name="store">Null: it is remembered as long as the process runs.</param>
public sealed partial class SecurityRecord(AddressBook addresses, TimeProvider time, ILogger<SecurityRecord> log, LinkMetrics? metrics = null, LinkStore? store = null) : IDisposable
{
    /// <summary>The most sorts that are kept, beside those of an earlier life that could not be read at the start.</summary>
    public const int Most = 1_000;

    /// <summary>The most sorts of one reason that name bodies. What comes beyond them counts together, without names.</summary>
    public const int MostNamedOfAReason = 100;

    // The others are left for those without names, of which there is one for each reason.
    private const int MostNamed = Most - 100;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    private static readonly TimeSpan BetweenLooksForOld = TimeSpan.FromMinutes(1);
    private readonly Lock gate = new();
    private readonly Lock writing = new();
    private readonly Dictionary<Sort, TurnedAway> kept = [];
    private readonly Dictionary<(SecurityEventKind Kind, string Reason), int> named = [];
    private readonly HashSet<Sort> unwritten = [];
    private bool isLoaded;
    private DateTimeOffset lookedForOldAt;

    /// <summary>What counts together.</summary>
    private readonly record struct Sort(SecurityEventKind Kind, string Reason, string Claimed, string Receiver)
    {
        public bool HasNames => Claimed.Length + Receiver.Length > 0;

        public static Sort Of(TurnedAway seen) => new((SecurityEventKind)seen.Kind, seen.Reason, seen.Claimed, seen.Receiver);

        public TurnedAway Seen(long count, DateTimeOffset first, DateTimeOffset last) => new((int)Kind, Reason, Claimed, Receiver, count, first, last);
    }

    /// <summary>Records in memory that something was turned away.</summary>
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
            ForgetOld(now);
            var sort = new Sort(kind, reason, Addressed(claimed), Addressed(receiver));
            if (!kept.ContainsKey(sort) && sort.HasNames && (named.GetValueOrDefault((kind, reason)) >= MostNamedOfAReason || named.Values.Sum() >= MostNamed))
                sort = sort with { Claimed = "", Receiver = "" };
            Put(sort, kept.TryGetValue(sort, out var before) ? before with { Count = before.Count + 1, LastAt = now } : sort.Seen(1, now, now));
            unwritten.Add(sort);
        }
    }

    /// <summary>All that is remembered, in the order of kinds, reasons and bodies.</summary>
    public IReadOnlyList<SecurityEvent> All() => [.. Kept().Select(View).OrderBy(KeyOf, StringComparer.Ordinal)];

    /// <summary>How often something of a kind came, of what is remembered.</summary>
    public long CountOf(SecurityEventKind kind) => Kept().Where(seen => seen.Kind == (int)kind).Sum(seen => seen.Count);

    /// <summary>Forgets all of a kind, if it came just so often. False: it did not, and nothing is forgotten.</summary>
    public bool TrySettle(SecurityEventKind kind, long count)
    {
        lock (gate)
        {
            var settled = kept.Where(one => one.Key.Kind == kind).ToList();
            if (settled.Sum(one => one.Value.Count) != count)
                return false;
            foreach (var (sort, _) in settled)
                Forget(sort);
            return true;
        }
    }

    /// <summary>What orders events.</summary>
    public static string KeyOf(SecurityEvent seen) => $"{seen.Instance} {(int)seen.Kind} {seen.Reason} {seen.ClaimedSender} {seen.Receiver}";

    /// <summary>Writes all that has changed since it was written last, and reads before that what an earlier life has written. False: it must be tried again.</summary>
    public bool TryWrite()
    {
        if (store is null)
            return true;
        lock (writing)
        {
            IReadOnlyList<Sort> taken = [];
            try
            {
                if (!isLoaded)
                    Add(store.AllTurnedAway());
                isLoaded = true;
                (taken, var changed, var forgotten) = Take();
                if (taken.Count > 0)
                    store.Keep(changed, forgotten);
                return true;
            }
            catch (Exception problem)
            {
                lock (gate)
                    unwritten.UnionWith(taken);
                LogNotKept(problem);
                return false;
            }
        }
    }

    /// <summary>Writes what came after the writer had ended: whoever tells it something is disposed before it, and the store after it.</summary>
    public void Dispose() => TryWrite();

    private (IReadOnlyList<Sort> Taken, List<TurnedAway> Changed, List<TurnedAway> Forgotten) Take()
    {
        lock (gate)
        {
            var taken = unwritten.ToList();
            unwritten.Clear();
            return (taken, [.. taken.Where(kept.ContainsKey).Select(sort => kept[sort])], [.. taken.Where(sort => !kept.ContainsKey(sort)).Select(sort => sort.Seen(0, default, default))]);
        }
    }

    /// <summary>Adds what an earlier life has seen to what this one has seen until now.</summary>
    private void Add(IReadOnlyList<TurnedAway> earlier)
    {
        lock (gate)
        {
            foreach (var seen in earlier)
                Put(Sort.Of(seen), kept.TryGetValue(Sort.Of(seen), out var since) ? since with { Count = since.Count + seen.Count, FirstAt = seen.FirstAt } : seen);
            lookedForOldAt = default;
        }
    }

    private void Put(Sort sort, TurnedAway seen)
    {
        if (!kept.ContainsKey(sort) && sort.HasNames)
            named[(sort.Kind, sort.Reason)] = named.GetValueOrDefault((sort.Kind, sort.Reason)) + 1;
        kept[sort] = seen;
    }

    private List<TurnedAway> Kept()
    {
        lock (gate)
        {
            ForgetOld(time.GetUtcNow());
            return [.. kept.Values];
        }
    }

    private void ForgetOld(DateTimeOffset now)
    {
        if (now - lookedForOldAt < BetweenLooksForOld)
            return;
        lookedForOldAt = now;
        // Dead letters wait for somebody, however long. They name nobody, so there is one sort of them.
        foreach (var (sort, _) in kept.Where(one => now - one.Value.LastAt > KeptFor && one.Key.Kind != SecurityEventKind.DeadLetter).ToList())
            Forget(sort);
    }

    private void Forget(Sort sort)
    {
        kept.Remove(sort);
        unwritten.Add(sort);
        if (sort.HasNames)
            named[(sort.Kind, sort.Reason)]--;
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

    [LoggerMessage(Level = LogLevel.Error, Message = "What was turned away could not be kept on the disk; it is remembered, and that is tried again.")]
    private partial void LogNotKept(Exception problem);
}
