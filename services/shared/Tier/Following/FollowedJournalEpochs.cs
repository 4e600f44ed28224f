namespace FundingFlows.Tiers;

/// <summary>Looks for a new epoch beside what runs: anyone can make one up in news, so only one that was declared ends a stream or a call.</summary>
public sealed partial class FollowedJournal
{
    private const string EpochUnknown = "EVENT_EPOCH_UNKNOWN";

    private TaskCompletionSource epochTold = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The latest epoch that news has told of, later than the one that is followed, and that was not looked for yet. 0: none.</summary>
    private uint claimedEpoch;

    /// <summary>Looks now whether a new epoch of the journal was declared.</summary>
    internal void LookForEpoch() =>
        Interlocked.Exchange(ref epochTold, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private void ClaimEpoch(uint epoch)
    {
        for (var before = Volatile.Read(ref claimedEpoch); epoch > before; before = Volatile.Read(ref claimedEpoch))
            Interlocked.CompareExchange(ref claimedEpoch, epoch, before);
        LookForEpoch();
    }

    /// <summary>Ends once another epoch is to be followed.</summary>
    private async Task WatchEpochAsync(JournalReplica replica, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var next = Volatile.Read(ref epochTold).Task;
            if (await RenewedAsync(replica, stopping) is not null)
                return;
            await JudgeEpochAsync(replica, stopping);
            await next.Until(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>
    /// Asks the body for the epoch that news told of. One that was not declared as far as is known here may be merely new to us; but news
    /// comes after the commit, so one that the body itself does not know is made up.
    /// </summary>
    private async Task JudgeEpochAsync(JournalReplica replica, CancellationToken stopping)
    {
        var epoch = Interlocked.Exchange(ref claimedEpoch, 0);
        if (epoch <= replica.Epoch)
            return;
        try
        {
            await Client().ReadJournalAsync(
                new ReadJournalRequest { Body = body, Epoch = epoch, PageSize = 1 },
                deadline: all.Time.GetUtcNow().Add(CallTimeout).UtcDateTime, cancellationToken: stopping);
        }
        catch (RpcException problem) when (problem.StatusCode == StatusCode.NotFound)
        {
            Refuse(EpochUnknown);
        }
        catch (RpcException problem)
        {
            LogInterrupted(body, problem.StatusCode);
        }
        // Who makes up many costs the body no more than this many questions.
        await Task.Delay(ShortestPause, all.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
