using System.Threading.Channels;

namespace FundingFlows.Journal;

/// <summary>Entries that a body has decided and that are to become durable.</summary>
internal sealed class PendingAppend(Sequencer owner, int generation, JournalAppend append)
{
    public Sequencer Owner { get; } = owner;

    /// <summary>Which memory of the owner decided it. When the owner has dropped that memory, the append is void.</summary>
    public int Generation { get; } = generation;

    public JournalAppend Append { get; } = append;

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// Makes the waiting entries of all bodies of a process durable together: one append, one sync, no timer. One caller that
/// waits pays for one sync; a thousand share one. Replies go out only after it.
/// </summary>
public sealed class GroupCommitter : IAsyncDisposable
{
    private const int MostInABatch = 1_024;
    private static readonly TimeSpan RetryWhenFull = TimeSpan.FromSeconds(1);

    private readonly IJournalStore store;
    private readonly TimeProvider time;
    private readonly Action<string> failStop;
    private readonly int capacity;
    private readonly Channel<PendingAppend> waiting = Channel.CreateUnbounded<PendingAppend>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task loop;
    private int reserved;
    private long fullUntil;
    private bool stopping;

    /// <param name="failStop">Ends the process. Called when the system could not promise that what was written is durable.</param>
    /// <param name="capacity">How many commands may wait; beyond it bodies answer that they are busy.</param>
    public GroupCommitter(IJournalStore store, TimeProvider time, Action<string> failStop, int capacity = 4_096)
    {
        this.store = store;
        this.time = time;
        this.failStop = failStop;
        this.capacity = capacity;
        loop = Task.Run(RunAsync);
    }

    /// <summary>Commands that wait to become durable.</summary>
    public int Waiting => Volatile.Read(ref reserved);

    /// <summary>Makes room for one more append, or throws <see cref="JournalUnavailableException"/>.</summary>
    internal void Reserve()
    {
        if (Volatile.Read(ref stopping))
            throw Stopping();
        if (time.GetTimestamp() < Volatile.Read(ref fullUntil))
            throw new JournalUnavailableException(Unavailability.Full, "The disk that holds the journals is full. Reads are served; writing goes on once there is room.");
        if (Interlocked.Increment(ref reserved) <= capacity)
            return;
        Release();
        throw new JournalUnavailableException(Unavailability.Busy, "Too much is waiting to be made durable.");
    }

    internal void Release() => Interlocked.Decrement(ref reserved);

    /// <summary>Hands in what room was reserved for.</summary>
    internal void Enqueue(PendingAppend pending)
    {
        if (!waiting.Writer.TryWrite(pending))
            throw Stopping();
    }

    /// <summary>Takes nothing more, and finishes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref stopping, true);
        waiting.Writer.TryComplete();
        await loop;
    }

    private static JournalUnavailableException Stopping() => new(Unavailability.Stopped, "This process is stopping.");

    private async Task RunAsync()
    {
        var (batch, dropped) = (new List<PendingAppend>(), new List<PendingAppend>());
        while (await waiting.Reader.WaitToReadAsync())
        {
            while (batch.Count < MostInABatch && waiting.Reader.TryRead(out var pending))
            {
                Release();
                (pending.Generation == pending.Owner.Generation ? batch : dropped).Add(pending);
            }
            if (batch.Count > 0)
                await CommitAsync(batch);
            // Only now: a body that reads its journal afresh waits for the last of its appends, and those before it may be in the batch.
            foreach (var pending in dropped)
                pending.Done.SetException(new JournalUnavailableException(Unavailability.Replaying, "An earlier append failed; the body reads its journal afresh."));
            batch.Clear();
            dropped.Clear();
        }
    }

    private async Task CommitAsync(List<PendingAppend> batch)
    {
        try
        {
            var fenced = await store.AppendAsync([.. batch.Select(pending => pending.Append)], CancellationToken.None);
            foreach (var journal in batch.GroupBy(pending => pending.Owner))
            {
                if (fenced.Contains(journal.Key.Key))
                    Fail(journal, owner => owner.Stop("Another writer has taken over this journal."), Unavailability.Stopped, "Another writer has taken over this journal.");
                else
                    Succeed(journal.Key, journal);
            }
        }
        catch (StoreException problem)
        {
            if (problem.Fault == StoreFault.NotDurable)
                failStop(problem.Message);
            if (problem.Fault == StoreFault.Full)
                Volatile.Write(ref fullUntil, time.GetTimestamp() + (long)(RetryWhenFull.TotalSeconds * time.TimestampFrequency));
            Fail(batch, owner => owner.Abandon(), problem.Fault == StoreFault.Full ? Unavailability.Full : Unavailability.Replaying, problem.Message);
        }
        catch (Exception problem)
        {
            // A store throws nothing else; if one does, what is on disk is unknown, and it is safe to read it afresh.
            Fail(batch, owner => owner.Abandon(), Unavailability.Replaying, problem.Message);
        }
    }

    private static void Succeed(Sequencer owner, IEnumerable<PendingAppend> appended)
    {
        var last = appended.Last().Append;
        owner.Committed(last.ExpectedIndex + last.Entries.Count);
        foreach (var pending in appended)
            pending.Done.SetResult();
    }

    private static void Fail(IEnumerable<PendingAppend> appends, Action<Sequencer> then, Unavailability why, string message)
    {
        var failed = appends.ToList();
        foreach (var owner in failed.Select(pending => pending.Owner).Distinct())
            then(owner);
        foreach (var pending in failed)
            pending.Done.SetException(new JournalUnavailableException(why, message));
    }
}
