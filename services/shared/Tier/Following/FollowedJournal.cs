using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// One journal that is followed, by its gRPC stream and by news at once: whichever brings an entry first brings it. What news tells of
/// and the stream has not brought is fetched in pages; what is here already costs nothing. Where long calls cannot be held, by pages alone.
/// </summary>
public sealed partial class FollowedJournal(string body, FollowedJournals all, WhoIsWho whoIsWho) : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private readonly ILogger log = all.Log;

    /// <summary>Verified, and not yet kept and applied: longer than a moment only when keeping fails.</summary>
    private readonly List<VerifiedEntry> pending = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim taking = new(1, 1);
    private long known;

    private bool restored;
    private CancellationTokenSource? round;
    private TimeSpan pause = ShortestPause;

    public string Body => body;

    /// <summary>What is held of it. Null while the body's registration is not known.</summary>
    public JournalReplica? Replica { get; private set; }

    /// <summary>
    /// What is wrong with the copy that was kept here, in a sentence. Then the journal is no longer followed, nothing of it is
    /// shown, and nothing is said against the body. Null: nothing.
    /// </summary>
    public string? Damaged { get; private set; }

    /// <summary>Whether what was kept of it before is taken in: until then less is shown of it than was seen.</summary>
    public bool IsRestored => Volatile.Read(ref restored);

    /// <summary>The largest size that anyone has told of.</summary>
    public long Known => Math.Max(Interlocked.Read(ref known), Replica?.Next ?? 0);

    /// <summary>Ends when the journal is followed no more.</summary>
    internal Task Ended { get; private set; } = Task.CompletedTask;

    internal void Start(CancellationToken stopping) => Ended = Background.RunAsync(() => RunAsync(stopping));

    public void Dispose() => taking.Dispose();

    /// <summary>Believes nothing more of that epoch's journal.</summary>
    internal void Quarantine(uint epoch, string sentence)
    {
        if (Replica is not { Quarantined: null } replica || replica.Epoch != epoch)
            return;
        lock (all.Gate)
            replica.QuarantineAgain(sentence);
        Tell(replica);
    }

    /// <summary>Learns how many entries the body has signed, and looks at them when it would have anyway.</summary>
    internal void LearnFrom(string checkpoint)
    {
        if (Replica?.Told(checkpoint) is { } told)
            Learn(told.Size);
    }

    /// <summary>Waits until the books are so; returns also when the waiting is cancelled.</summary>
    public async Task WaitUntilAsync(Func<Books, bool> condition, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var next = Volatile.Read(ref changed).Task;
            lock (all.Gate)
            {
                if (Replica is not null && condition(Replica.Books))
                    return;
            }
            await next.Until(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var news = Volatile.Read(ref heard).Task;
            try
            {
                if (Replica is { } before && await RenewedAsync(before, stopping) is { } renewed)
                    all.BeginAgain(this, renewed);
                if (!restored)
                    await BeginAsync(stopping);
                if (restored && Replica is { AwaitsKey: true } waiting)
                    // The key may have been recorded since: then what waited for it is believed.
                    await TakeAsync(waiting, new JournalPage { Epoch = waiting.Epoch, FirstIndex = (ulong)waiting.Next }, stopping);
                if (restored && Replica is { AwaitsKey: false, Quarantined: null } replica)
                    await FollowAsync(replica, stopping);
            }
            catch (RpcException problem)
            {
                LogInterrupted(body, problem.StatusCode);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (JournalCorruptException problem)
            {
                // It would be read the same again; what was remembered of the body is lost until somebody sees to it.
                LogDamaged(Damaged = problem.Message);
                return;
            }
            catch (Exception problem)
            {
                // Whatever it is, the other journals go on, and this one is tried again.
                LogFailed(body, problem);
            }
            await PauseAsync(news, stopping);
        }
    }

    /// <summary>Waits longer and longer while nothing comes; news ends it, though not at once, for anyone can send news.</summary>
    private async Task PauseAsync(Task news, CancellationToken stopping)
    {
        using var enough = new CancellationTokenSource(pause, all.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, enough.Token);
        await news.Until(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (news.IsCompleted)
            await Task.Delay(ShortestPause, all.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
    }

    /// <summary>Takes in what was kept before. A reading that was interrupted goes on where it ended.</summary>
    private async Task BeginAsync(CancellationToken stopping)
    {
        if (Replica is not { } replica)
        {
            if (await whoIsWho.FindToFollowAsync(body, stopping) is not { } registered)
                return;
            lock (all.Gate)
                Replica = replica = new JournalReplica(registered, all.Options.Federation);
        }
        if (all.Archive is not null)
            await foreach (var bytes in all.Archive.ReadAsync(new JournalKey(body, replica.Epoch), replica.Next, stopping))
                lock (all.Gate)
                {
                    if (!ReferenceEquals(replica, Replica))
                        return;
                    pending.Add(replica.Restore(bytes));
                    // All parts of a command are applied as one, so that nobody sees half of it.
                    if (pending[^1].Entry.Part == pending[^1].Entry.Parts)
                        ApplyPending(replica);
                }
        var kept = all.Archive?.NoteOf(replica.Key.Name) ?? "";
        var remembered = all.Forks?.Remembered(new JournalKey(body, replica.Epoch));
        lock (all.Gate)
        {
            if (!ReferenceEquals(replica, Replica))
                return;
            ApplyPending(replica);
            replica.Recall(kept);
            if (remembered is not null)
                replica.QuarantineAgain(remembered.Reason);
            restored = true;
        }
        // What it once signed it has, whether or not it gives it.
        LearnFrom(all.Forks?.NewestNote(replica.Known.Key.Name) ?? "");
        Tell(replica);
    }

    /// <summary>The body with a new epoch that was declared of its journal, so that another is to be followed. It ends a quarantine, too. Null: there is none.</summary>
    private async Task<KnownBody?> RenewedAsync(JournalReplica replica, CancellationToken stopping) =>
        await whoIsWho.WithNewKeysAsync(replica.Known, stopping) is var known && known.Epoch > replica.Epoch ? known : null;

    /// <summary>
    /// Lets go of what is held, to be taken in afresh. Who the body is stays known: the journals that tell it may be let go of too. With the lock held.
    /// </summary>
    internal void LetGo(KnownBody? renewed = null)
    {
        Replica = (renewed ?? Replica?.Known) is { } who ? new JournalReplica(who, all.Options.Federation) : null;
        restored = false;
        pending.Clear();
        Interlocked.Exchange(ref known, 0);
        if (renewed is not null)
            ForgetNews();
        BeginRoundAgain();
    }

    /// <summary>Lets go of what runs, for it is of no use any more. With the lock held.</summary>
    private void BeginRoundAgain()
    {
        // Elsewhere: who waits for it must not go on with the lock held.
        if (round is { } interrupted)
            _ = Background.Run(() => Interrupt(interrupted));
    }

    private static bool Interrupt(CancellationTokenSource round)
    {
        try
        {
            round.Cancel();
            return true;
        }
        catch (ObjectDisposedException)
        {
            // It has ended by itself.
            return false;
        }
    }

    /// <summary>Follows until something ends it; a new epoch does, though the journal of the one before still be served.</summary>
    private async Task FollowAsync(JournalReplica replica, CancellationToken stopping)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        lock (all.Gate)
        {
            if (!ReferenceEquals(replica, Replica))
                return;
            round = interrupted;
        }
        try
        {
            // Once more: it may have been declared just before it could interrupt this.
            if (await RenewedAsync(replica, stopping) is not null)
                return;
            var ended = interrupted.Token;
            Task[] ways = all.Options.Events.WithoutStreams
                ? [LookAsync(replica, ended), WatchEpochAsync(replica, ended)]
                : [StreamAsync(replica, ended), FetchAsync(replica, ended), WatchEpochAsync(replica, ended)];
            await Task.WhenAny(ways);
            Interrupt(interrupted);
            await Task.WhenAll(ways);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // It begins again.
        }
        finally
        {
            lock (all.Gate)
                round = null;
        }
    }

    /// <summary>Reads and takes a page, and answers with the size that the body says its journal has.</summary>
    private async Task<long> ReadPageAsync(JournalReplica replica, CancellationToken stopping)
    {
        var response = await Client().ReadJournalAsync(
            new ReadJournalRequest { Body = body, Epoch = replica.Epoch, FromIndex = (ulong)replica.Next, PageSize = 1_000 },
            deadline: all.Time.GetUtcNow().Add(CallTimeout).UtcDateTime, cancellationToken: stopping);
        var size = (long)Math.Min(response.Size, long.MaxValue);
        Learn(size);
        await TakeAsync(replica, response.Page ?? new JournalPage(), stopping);
        return size;
    }

    private async Task StreamAsync(JournalReplica replica, CancellationToken stopping)
    {
        using var call = Client().FollowJournal(
            new FollowJournalRequest { Body = body, Epoch = replica.Epoch, FromIndex = (ulong)replica.Next }, cancellationToken: stopping);
        while (await call.ResponseStream.MoveNext(stopping))
        {
            await TakeAsync(replica, call.ResponseStream.Current.Page ?? new JournalPage(), stopping);
            if (replica.Quarantined is not null || replica.AwaitsKey)
                return;
        }
    }

    private async Task LookAsync(JournalReplica replica, CancellationToken stopping)
    {
        while (replica is { Quarantined: null, AwaitsKey: false })
        {
            var next = Volatile.Read(ref heard).Task;
            if (Interlocked.Exchange(ref contradicting, null) is { } note)
                await TakeAsync(replica, new JournalPage { Epoch = replica.Epoch, FirstIndex = (ulong)replica.Next, Checkpoint = note }, stopping);
            var until = Interlocked.Exchange(ref claimed, Nothing);
            var (before, size) = (replica.Next, await ReadPageAsync(replica, stopping));
            if (size <= until)
                Refuse("EVENT_BEYOND_JOURNAL");
            if (replica.Next < size && replica.Next > before)
                continue;
            // What came after the newest checkpoint is believed with the next one. Who withholds what it says it has is asked again later.
            var wait = replica.Verified < replica.Next ? Longer(all.Options.CheckpointInterval, ShortestPause) : all.Options.Events.LookAnyway;
            using var enough = new CancellationTokenSource(wait, all.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, enough.Token);
            await next.Until(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            stopping.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Takes a page in, one after the other, wherever they come from.</summary>
    private async Task TakeAsync(JournalReplica replica, JournalPage page, CancellationToken stopping)
    {
        // Not cancelled: who takes just now is, and a wait that can be would go on elsewhere than on the scheduler of this.
        await taking.WaitAsync(CancellationToken.None);
        try
        {
            await TakeNextAsync(replica, page, stopping);
        }
        finally
        {
            taking.Release();
        }
    }

    private async Task TakeNextAsync(JournalReplica replica, JournalPage page, CancellationToken stopping)
    {
        if (replica.Quarantined is not null)
            return;
        var known = await whoIsWho.WithNewKeysAsync(replica.Known, stopping);
        if (known.Epoch != replica.Epoch)
        {
            // The journal of the epoch before may still be served, and no news have come of the new one.
            lock (all.Gate)
                BeginRoundAgain();
            return;
        }
        // What could not be kept stays pending, and is kept and applied with the next page.
        lock (all.Gate)
        {
            if (!ReferenceEquals(replica, Replica))
                return;
            replica.Learn(known);
            pending.AddRange(replica.Take(page));
        }
        Learn(replica.SignedSize);
        if (pending.Count > 0 && all.Archive is not null)
        {
            await all.Archive.KeepNoteAsync(replica.Key.Name, replica.Verified, replica.Checkpoint, stopping);
            await all.Archive.KeepAsync(new JournalKey(body, replica.Epoch), pending, replica.Root((long)pending[^1].Entry.Index + 1), stopping);
        }
        lock (all.Gate)
            ApplyPending(replica);
        if (replica is { Quarantined: { } why, Contradicting: { } contradicting } && all.Forks is { } forks)
            await RememberAsync(forks, replica, why, contradicting, stopping);
        Tell(replica);
        // Patience grows only while nothing comes.
        if (!replica.AwaitsKey)
            pause = ShortestPause;
    }

    /// <summary>
    /// Remembers that the body contradicts what it signed, and what proves it. What nobody signed is not remembered: it may have been
    /// a fault on the way; nor what entries say, which is judged afresh from them.
    /// </summary>
    private async Task RememberAsync(Forks forks, JournalReplica replica, string why, SignedCheckpoint contradicting, CancellationToken stopping)
    {
        var journal = new JournalKey(body, replica.Epoch);
        forks.Remember(journal, why, replica.Evidence);
        if (replica.Evidence is null && replica.Checkpoint.Length > 0
            && await forks.SearchAsync(journal, new SignedCheckpoint(replica.Checkpoint, replica.Key), contradicting, stopping) is { } found)
            forks.Remember(journal, why, found);
    }

    /// <summary>Tells those who wait that something changed, and the log when nothing more will.</summary>
    private void Tell(JournalReplica replica)
    {
        if (replica.Quarantined is { } why)
            LogQuarantined(body, why);
        Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private void ApplyPending(JournalReplica replica)
    {
        if (!ReferenceEquals(replica, Replica))
            return;
        all.Apply(replica, pending);
        pending.Clear();
    }

    private void Learn(long size)
    {
        for (var before = Interlocked.Read(ref known); size > before; before = Interlocked.Read(ref known))
            Interlocked.CompareExchange(ref known, size, before);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private JournalService.JournalServiceClient Client() => new(all.Addresses.To(body));

    [LoggerMessage(Level = LogLevel.Debug, Message = "Following {Body} was interrupted: {Status}.")]
    private partial void LogInterrupted(string body, StatusCode status);

    [LoggerMessage(Level = LogLevel.Error, Message = "Following {Body} failed; it is tried again.")]
    private partial void LogFailed(string body, Exception problem);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Reason}")]
    private partial void LogDamaged(string reason);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Body} is quarantined: {Reason}")]
    private partial void LogQuarantined(string body, string reason);
}
