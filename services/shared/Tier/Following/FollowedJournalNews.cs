using FundingFlows.Contracts.Links.V1;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>What news tells of the journal: where to look, and nothing that is believed but the body's own signature.</summary>
public sealed partial class FollowedJournal
{
    private const long Nothing = -1;

    /// <summary>The largest index that news has told of, of the epoch that is followed, and that was not looked for yet. -1: none.</summary>
    private long claimed = Nothing;

    /// <summary>A checkpoint that the body has signed, and that is not of the journal that it gave. Null: none has come.</summary>
    private string? contradicting;

    /// <summary>
    /// Looks at the journal when the news tells of something that is not here yet. Anyone may have said it: only a checkpoint counts,
    /// and only when the body has signed it.
    /// </summary>
    internal void Hear(JournalMoved news)
    {
        if (Replica is { } replica)
        {
            LearnFrom(news.Checkpoint);
            Judge(replica, news);
            if (news.Epoch < replica.Epoch || (news.Epoch == replica.Epoch && news.LastIndex < replica.Verified && contradicting is null))
                return;
            if (news.Epoch == replica.Epoch)
                Claim(news.LastIndex);
            else
                ClaimEpoch(news.Epoch);
        }
        Interlocked.Exchange(ref heard, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Compares what the news shows with what is known of the journal. What does not fit is remembered, and has no effect.</summary>
    private void Judge(JournalReplica replica, JournalMoved news)
    {
        if (news.LastIndex < 0 || news.FirstIndex < 0 || news.FirstIndex > news.LastIndex)
            Refuse("EVENT_INDEXES_WRONG");
        if (news.Epoch < (replica.Known.Registration?.Epoch ?? 1))
            Refuse(EpochUnknown);
        if (news.Epoch != replica.Epoch || news.Checkpoint.Length == 0)
            return;
        if (replica.Told(news.Checkpoint) is not { } checkpoint)
        {
            // While a new key awaits its recording, the body's own checkpoints cannot be told from others.
            if (!replica.AwaitsKey)
                Refuse("EVENT_NOT_SIGNED");
            return;
        }
        lock (all.Gate)
            if (replica.Contradicts(checkpoint, news.Checkpoint))
                contradicting = news.Checkpoint;
    }

    private void Refuse(string reason)
    {
        LogNewsRefused(body, reason);
        all.Security?.Tell(SecurityEventKind.EventContradictsJournal, reason, body, body);
    }

    private void Claim(long index)
    {
        for (var before = Interlocked.Read(ref claimed); index > before; before = Interlocked.Read(ref claimed))
            Interlocked.CompareExchange(ref claimed, index, before);
    }

    /// <summary>What was told of the epoch before says nothing of the one that is followed now.</summary>
    private void ForgetNews()
    {
        Interlocked.Exchange(ref claimed, Nothing);
        Interlocked.Exchange(ref contradicting, null);
    }

    /// <summary>Fetches what news has told of and the stream has not brought yet. Where that fails, the stream brings it.</summary>
    private async Task FetchAsync(JournalReplica replica, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested && replica is { Quarantined: null, AwaitsKey: false })
        {
            var next = Volatile.Read(ref heard).Task;
            try
            {
                if (Interlocked.Exchange(ref contradicting, null) is { } note)
                    await TakeAsync(replica, new JournalPage { Epoch = replica.Epoch, FirstIndex = (ulong)replica.Next, Checkpoint = note }, stopping);
                var until = Interlocked.Exchange(ref claimed, Nothing);
                while (until >= replica.Next && await FetchPageAsync(replica, until, stopping))
                {
                    // There is more.
                }
            }
            catch (RpcException problem)
            {
                LogInterrupted(body, problem.StatusCode);
            }
            if (Interlocked.Read(ref claimed) == Nothing && contradicting is null)
                await next.Until(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Fetches a page. False: there is no more, or the body does not give more.</summary>
    private async Task<bool> FetchPageAsync(JournalReplica replica, long until, CancellationToken stopping)
    {
        var (before, size) = (replica.Next, await ReadPageAsync(replica, stopping));
        // News comes after the commit: a journal that is shorter than it was told of never was as long.
        if (size <= until)
            Refuse("EVENT_BEYOND_JOURNAL");
        return replica.Next > before && replica.Next <= Math.Min(until, size - 1);
    }

    [LoggerMessage(EventId = SecurityEvents.NewsRefused, Level = LogLevel.Warning, Message = "News of the journal of {Body} is refused: {Reason}")]
    private partial void LogNewsRefused(string body, string reason);
}
