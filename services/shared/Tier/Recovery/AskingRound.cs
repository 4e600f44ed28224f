using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using FundingFlows.Contracts.Links.V1;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Sees to it that no body goes on from an old copy of its disk. Each body that only reads has others asked how far its journal was
/// seen to reach, again and again; takes back what it lost; and takes commands once an auditor has answered and nothing is missing. Where none answers for a
/// while, it goes on by the word of the body that registers it, says so, and asks on for the auditor.
/// </summary>
public sealed partial class AskingRound(
    BodyHost bodies, AskedOthers others, WithoutAuditor without, OwnCheckpoints checkpoints, TakingBack takingBack, TimeProvider time, ILogger<AskingRound> log,
    SecurityRecord? security = null) : BackgroundService
{
    private const string NobodyAsked = "nobody was asked yet";
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<(string Body, uint Epoch), SeenOfOwn> seen = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly ConcurrentDictionary<string, string> unconfirmed = new();

    /// <summary>The bodies that go on although no auditor has answered since they started, and a sentence about each.</summary>
    public IReadOnlyDictionary<string, string> Unconfirmed => unconfirmed;

    private IReadOnlyList<HostedBody> Asking => [.. bodies.All.Where(body => body.Sequencer.ReadsOnlyBecause is not null || unconfirmed.ContainsKey(body.Id))];

    /// <summary>
    /// Takes in the newest entries that a peer says it was delivered or answered with. False: they are not among those here, so that the body only reads
    /// from now on.
    /// </summary>
    public bool Heard(HostedBody body, string peer, IReadOnlyList<HeldEntry> entries)
    {
        var own = SeenOf(body);
        foreach (var entry in entries)
            own.Holds(peer, entry);
        if ((own.Contradiction(body) ?? own.Missing(body, NobodyAsked)) is not { } why)
            return true;
        Hold(body, why, signsNothing: own.Contradiction(body) is not null);
        Look();
        return false;
    }

    /// <summary>Looks again now whether there are bodies that only read.</summary>
    public void Look() => wake.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = ShortestPause;
        bodies.Opened += _ => Look();
        while (!stoppingToken.IsCancellationRequested)
            try
            {
                if (Asking is { Count: > 0 } asking)
                {
                    var began = time.GetTimestamp();
                    var told = await others.AskAsync(asking, stoppingToken);
                    await Task.WhenAll(asking.Select(body => SettleAsync(body, [.. told[body.Id]], began, stoppingToken)));
                }
                if (Asking.Count == 0)
                {
                    pause = ShortestPause;
                    await wake.Reader.ReadAsync(stoppingToken);
                    continue;
                }
                await WakeAsync(pause, stoppingToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
    }

    /// <summary>Waits until it shall look again, but no longer than that.</summary>
    private async Task WakeAsync(TimeSpan longest, CancellationToken stopping)
    {
        using var enough = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, enough.Token);
        try
        {
            await wake.Reader.WaitToReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // It looks again in any case.
        }
        stopping.ThrowIfCancellationRequested();
        wake.Reader.TryRead(out _);
    }

    private SeenOfOwn SeenOf(HostedBody body) => seen.GetOrAdd((body.Id, body.Epoch), _ => new SeenOfOwn());

    /// <summary>Comes to a decision about one body, as far as what was told of it allows. Whatever fails is tried again in the next round.</summary>
    /// <param name="asked">When it was asked, as a timestamp of the clock.</param>
    private async Task SettleAsync(HostedBody body, IReadOnlyList<Told> told, long asked, CancellationToken stopping)
    {
        try
        {
            var (own, epoch, isHeld) = (SeenOf(body), body.Epoch, body.Sequencer.ReadsOnlyBecause is not null);
            var answered = await LearnAsync(body, epoch, own, told, stopping);
            var hasAuditor = others.Auditors.Count == 0 || answered.Any(one => one.As == Asked.Auditor);
            // Only what nobody has answered since counts as asked in vain.
            if (hasAuditor)
                own.EndAsking();
            var waited = isHeld && !hasAuditor ? own.Waited(asked, time) : TimeSpan.Zero;
            if (isHeld && !hasAuditor && answered.Count > 0)
                await LearnAsync(body, epoch, own, await without.AskPeersAsync(body, own, stopping), stopping);
            // What was decided before it was held is still to become durable.
            if (isHeld && body.Sequencer.CommittedSize != body.Sequencer.Frontier().Size)
                return;
            var another = own.Contradiction(body);
            var why = !isHeld ? NobodyAsked : another is null && own.IsMoreThan(body.Sequencer.CommittedSize) ? await TakeBackAsync(body, own, stopping) : "";
            another ??= own.Contradiction(body) ?? (why is null ? SeenOfOwn.AnotherHistory(body, "an auditor proved that it had signed other entries before") : null);
            if ((another ?? own.Missing(body, why!)) is { } problem)
                Hold(body, problem, signsNothing: another is not null);
            else if (own.Later is { } later)
                Hold(body, later, signsNothing: false);
            else if (!isHeld)
                Confirm(body, hasAuditor, answered);
            else if (hasAuditor ? answered.Count > 0 : answered.Count > 0 && await without.IsLongEnoughAsync(body, own, waited, stopping))
                await GoOnAsync(body, epoch, hasAuditor ? null : waited, answered);
        }
        catch (Exception problem) when (problem is JournalUnavailableException or JournalCorruptException or StoreException)
        {
            LogFailed(body.Id, problem.Message);
        }
        catch (Exception problem) when (!stopping.IsCancellationRequested)
        {
            // Whatever it is, the others are asked for, and this one is again.
            LogBroken(body.Id, problem);
        }
    }

    /// <summary>
    /// Takes in what was told, also that others have seen the body in a later epoch, where what it recorded in this one would be void. Answers with those who
    /// told what can be believed: an answer that holds what the body never signed is none, also of a later epoch.
    /// </summary>
    private async Task<List<Told>> LearnAsync(HostedBody body, uint epoch, SeenOfOwn own, IReadOnlyList<Told> told, CancellationToken stopping)
    {
        var answered = new List<Told>();
        foreach (var one in told)
        {
            var isBelieved = true;
            foreach (var journal in one.Seen.Journals.Where(journal => journal.Epoch >= epoch && journal.Checkpoint.Length > 0).TakeWhile(_ => isBelieved))
                if (await checkpoints.OpenAsync(body, journal.Epoch, journal.Checkpoint, stopping) is not { } checkpoint)
                    isBelieved = false;
                else if (journal.Epoch == epoch)
                    own.Signed(one.Who, checkpoint);
                else
                    own.IsLater($"{body.Id} only reads: its disk holds epoch {epoch} of its journal, and {one.Who} has seen epoch {journal.Epoch}. It goes on there once it has heard what that epoch keeps.");
            if (isBelieved)
            {
                answered.Add(one);
                if (one.As == Asked.Peer)
                    own.Told.Add(one.Who);
            }
            else
                await RefuseAsync(body, own, one, stopping);
        }
        return answered;
    }

    /// <summary>Says once that what somebody told is refused, and remembers it each time, where that nobody honest would say it can be told.</summary>
    private async Task RefuseAsync(HostedBody body, SeenOfOwn own, Told told, CancellationToken stopping)
    {
        if (own.IsRefusedNow(told.Who))
            LogNotSigned(told.Who, body.Id);
        if (await checkpoints.KnowsKeysOfAsync(body, stopping))
            security?.Tell(SecurityEventKind.SeenRefused, "SEEN_NOT_SIGNED", told.Who, body.Id);
    }

    /// <summary>Has every auditor give back what it has. Answers with why there is no more, in words; null: one proved that the disk holds another history.</summary>
    private async Task<string?> TakeBackAsync(HostedBody body, SeenOfOwn own, CancellationToken stopping)
    {
        var reasons = new List<string>();
        foreach (var auditor in others.Auditors.TakeWhile(_ => own.IsMoreThan(body.Sequencer.CommittedSize)))
        {
            var before = body.Sequencer.CommittedSize;
            var given = await takingBack.FromAsync(auditor, body, stopping);
            if (given.Size > before)
                LogTakenBack(body.Id, given.Size - before, AskedOthers.InWords(auditor));
            if (given.IsAnotherHistory)
                return null;
            reasons.Add($"{AskedOthers.InWords(auditor)} {(given.Why.Length > 0 ? given.Why : $"has kept no more than {given.Size}")}");
        }
        return reasons.Count > 0 ? string.Join(", ", reasons) : "no auditor is named in the settings";
    }

    /// <param name="waited">How long it has asked for an auditor in vain. Null: one has answered, or there is none.</param>
    private async Task GoOnAsync(HostedBody body, uint epoch, TimeSpan? waited, List<Told> answered)
    {
        if (await bodies.GoOnAsync(body, epoch) is { } problem)
        {
            Hold(body, problem, signsNothing: false);
            return;
        }
        SeenOf(body).EndAsking();
        // A peer may have shown meanwhile that something is missing, or a new epoch have begun.
        if (IsHeld(body, epoch))
            return;
        var (size, who) = (body.Sequencer.CommittedSize, string.Join(" and ", answered.Select(one => one.Who)));
        if (waited is not { } inVain)
        {
            unconfirmed.TryRemove(body.Id, out _);
            LogGoesOn(body.Id, size, who);
            return;
        }
        var auditors = string.Join(" and ", others.Auditors.Select(AskedOthers.InWords));
        unconfirmed[body.Id] = string.Create(CultureInfo.InvariantCulture,
            $"{body.Id} goes on with {size} entries by the word of {who} alone: for {inVain.TotalSeconds:F0} s {auditors} did not answer, and goes on being asked. If the disk is an old copy, what only the auditor has is missing.");
        // Whoever holds it from now on takes it off the list himself.
        if (IsHeld(body, epoch))
            unconfirmed.TryRemove(body.Id, out _);
        else if (unconfirmed.TryGetValue(body.Id, out var said))
            LogGoesOnAlone(said);
    }

    private static bool IsHeld(HostedBody body, uint epoch) => body.Epoch != epoch || body.Sequencer.ReadsOnlyBecause is not null;

    /// <summary>An auditor has answered a body that had gone on without: it has seen nothing that is not here.</summary>
    private void Confirm(HostedBody body, bool hasAuditor, List<Told> answered)
    {
        if (!hasAuditor || !unconfirmed.TryRemove(body.Id, out _))
            return;
        var who = string.Join(" and ", answered.Select(one => one.Who));
        LogConfirmed(body.Id, who);
    }

    private void Hold(HostedBody body, string why, bool signsNothing)
    {
        if (body.Sequencer.ReadsOnlyBecause != why)
            LogHeld(why);
        body.Sequencer.Hold(why, signsNothing);
        unconfirmed.TryRemove(body.Id, out _);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason}")]
    private partial void LogHeld(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Body} goes on with {Entries} entries: {Who} has seen no more.")]
    private partial void LogGoesOn(string body, long entries, string who);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}")]
    private partial void LogGoesOnAlone(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Who} answers again, and has seen no more of {Body} than it has.")]
    private partial void LogConfirmed(string body, string who);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Body} had lost entries, and has {Entries} of them back from {Who}.")]
    private partial void LogTakenBack(string body, long entries, string who);

    [LoggerMessage(EventId = SecurityEvents.SeenRefused, Level = LogLevel.Warning, Message = "What {Who} says that it has seen of the journal of {Body} is refused: its checkpoint is not signed by {Body}.")]
    private partial void LogNotSigned(string who, string body);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether {Body} has the newest of its journal could not be settled; it is tried again: {Problem}")]
    private partial void LogFailed(string body, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Whether {Body} has the newest of its journal could not be settled; it is tried again.")]
    private partial void LogBroken(string body, Exception problem);
}
