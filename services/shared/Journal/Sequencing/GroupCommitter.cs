using System.Threading.Channels;

namespace FundingFlows.Journal;

/// <summary>Entries that a body has decided and that are to become durable.</summary>
/// <param name="generation">Which memory of the owner decided it. When the owner has dropped that memory, the append is void.</param>
/// <param name="first">The index of the first.</param>
/// <param name="commands">How many commands were decided with it.</param>
internal sealed class PendingAppend(Sequencer owner, int generation, JournalLease lease, long first, IReadOnlyList<StoredEntry> entries, int commands)
{
    public Sequencer Owner { get; } = owner;

    public int Commands { get; } = commands;

    public long First { get; } = first;

    public IReadOnlyList<StoredEntry> Entries { get; } = entries;

    public JournalLease Lease { get; } = lease;

    /// <summary>The journal's root with them. Null: its owner is asked, if anyone needs it.</summary>
    public byte[]? Root { get; init; }

    /// <summary>Whether its owner still stands by it.</summary>
    public bool IsValid => generation == Owner.Generation;

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// Makes the waiting entries of all bodies of a process durable together: one append, one sync, no timer. One caller that
/// waits pays for one sync; a thousand share one. Replies go out only after it.
/// </summary>
public sealed class GroupCommitter : IAsyncDisposable
{
    private const int MostInABatch = 4_096;
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
    public GroupCommitter(IJournalStore store, TimeProvider time, Action<string> failStop, int capacity = 16_384)
    {
        this.store = store;
        this.time = time;
        this.failStop = failStop;
        this.capacity = capacity;
        loop = Task.Run(RunAsync);
    }

    /// <summary>Commands that wait to become durable.</summary>
    public int Waiting => Volatile.Read(ref reserved);

    /// <summary>The process ends: nothing more is taken.</summary>
    internal bool IsStopping => Volatile.Read(ref stopping);

    /// <summary>Makes room for so many commands, or throws <see cref="JournalUnavailableException"/>.</summary>
    internal void Reserve(int commands)
    {
        if (Volatile.Read(ref stopping))
            throw Stopping();
        if (time.GetTimestamp() < Volatile.Read(ref fullUntil))
            throw new JournalUnavailableException(Unavailability.Full, "The disk that holds the journals is full. Reads are served; writing goes on once there is room.");
        if (Interlocked.Add(ref reserved, commands) <= capacity)
            return;
        Release(commands);
        throw new JournalUnavailableException(Unavailability.Busy, "Too much is waiting to be made durable.");
    }

    internal void Release(int commands) => Interlocked.Add(ref reserved, -commands);

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
            for (var commands = 0; commands < MostInABatch && waiting.Reader.TryRead(out var pending); commands += pending.Commands)
            {
                Release(pending.Commands);
                (pending.IsValid ? batch : dropped).Add(pending);
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
            var journals = batch.GroupBy(pending => pending.Owner).ToList();
            var fenced = await store.AppendAsync([.. journals.Select(AppendOf)], CancellationToken.None);
            foreach (var journal in journals)
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

    /// <summary>All that a body has in the batch, in one. Only the root of the whole is worth computing.</summary>
    private static JournalAppend AppendOf(IGrouping<Sequencer, PendingAppend> journal)
    {
        var (first, last) = (journal.First(), journal.Last());
        var entries = ReferenceEquals(first, last) ? first.Entries : [.. journal.SelectMany(pending => pending.Entries)];
        return new JournalAppend(first.Lease, first.First, entries, last.Root ?? journal.Key.RootAt(first.First + entries.Count));
    }

    private static void Succeed(Sequencer owner, IEnumerable<PendingAppend> appended)
    {
        var last = appended.Last();
        owner.Committed(last.First + last.Entries.Count);
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
