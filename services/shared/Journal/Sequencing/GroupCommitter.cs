using System.Collections.Concurrent;

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
/// waits pays for one sync, on its own thread where it can; a thousand share one. Replies go out only after it.
/// </summary>
public sealed class GroupCommitter : IAsyncDisposable
{
    private const int MostInABatch = 4_096;
    private static readonly Action<object?> Run = committer => _ = ((GroupCommitter)committer!).RunAsync(once: false);

    private readonly IJournalStore store;
    private readonly Room room;
    private readonly Action<string> failStop;
    private readonly int capacity;
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<PendingAppend> waiting = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PendingAppend> batch = [];
    private readonly List<PendingAppend> dropped = [];
    private int reserved;
    private int committing;
    private bool stopping;
    private bool closed;

    /// <param name="failStop">Ends the process. Called when the system could not promise that what was written is durable, or what is going on cannot be told any more.</param>
    /// <param name="capacity">How many commands may wait; beyond it bodies answer that they are busy.</param>
    public GroupCommitter(IJournalStore store, TimeProvider time, Action<string> failStop, int capacity = 16_384)
    {
        this.store = store;
        room = new Room(store, time);
        this.failStop = failStop;
        this.capacity = capacity;
    }

    /// <summary>Commands that wait to become durable.</summary>
    public int Waiting => Volatile.Read(ref reserved);

    /// <summary>Whether the disk was full when something was last to be stored, and no room has been found since.</summary>
    internal bool IsFull => room.IsFull;

    /// <summary>The process ends: nothing more is taken.</summary>
    internal bool IsStopping => Volatile.Read(ref stopping);

    /// <summary>Makes room for so many commands, or throws <see cref="JournalUnavailableException"/>.</summary>
    internal void Reserve(int commands)
    {
        if (Volatile.Read(ref stopping))
            throw Stopping();
        if (room.IsFull)
            throw new JournalUnavailableException(Unavailability.Full, "The disk that holds the journals is full. Reads are served; writing goes on once there is room.");
        if (Interlocked.Add(ref reserved, commands) <= capacity)
            return;
        Release(commands);
        throw new JournalUnavailableException(Unavailability.Busy, "Too much is waiting to be made durable.");
    }

    internal void Release(int commands) => Interlocked.Add(ref reserved, -commands);

    /// <summary>Hands in what room was reserved for.</summary>
    /// <param name="here">Whether the caller calls <see cref="CommitHere"/> as soon as it holds no lock.</param>
    internal void Enqueue(PendingAppend pending, bool here)
    {
        lock (gate)
        {
            if (closed)
                throw Stopping();
            waiting.Enqueue(pending);
        }
        if (!here)
            CommitElsewhere();
    }

    /// <summary>
    /// Commits what waits on this thread, if nobody commits: who is alone need not wait until another thread has woken up. What is
    /// handed in meanwhile goes on elsewhere.
    /// </summary>
    internal void CommitHere()
    {
        if (!waiting.IsEmpty && Interlocked.Exchange(ref committing, 1) == 0)
            _ = RunAsync(once: true);
    }

    /// <summary>Takes nothing more, and finishes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        Volatile.Write(ref stopping, true);
        lock (gate)
            closed = true;
        CommitElsewhere();
        await ended.Task;
        await room.DisposeAsync();
    }

    private void CommitElsewhere()
    {
        if (Interlocked.Exchange(ref committing, 1) == 0)
            GoOn();
    }

    /// <summary>What goes on belongs to no request, least of all to the one whose thread this is.</summary>
    private void GoOn()
    {
        using (ExecutionContext.SuppressFlow())
            Task.Factory.StartNew(Run, this, CancellationToken.None, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.PreferFairness, TaskScheduler.Current);
    }

    private static JournalUnavailableException Stopping() => new(Unavailability.Stopped, "This process is stopping.");

    /// <summary>Commits batch by batch until nothing waits. One at a time runs: who has set <see cref="committing"/>.</summary>
    private async Task RunAsync(bool once)
    {
        while (true)
        {
            await CommitBatchAsync();
            if (Volatile.Read(ref closed) && waiting.IsEmpty)
            {
                // Nothing more can be handed in.
                ended.TrySetResult();
                return;
            }
            if (waiting.IsEmpty)
            {
                Interlocked.Exchange(ref committing, 0);
                // Looked at once more: who handed in, or closed, just before has found that somebody commits.
                if ((waiting.IsEmpty && !Volatile.Read(ref closed)) || Interlocked.Exchange(ref committing, 1) != 0)
                    return;
            }
            if (once)
            {
                GoOn();
                return;
            }
        }
    }

    private async Task CommitBatchAsync()
    {
        for (var commands = 0; commands < MostInABatch && waiting.TryDequeue(out var pending); commands += pending.Commands)
        {
            Release(pending.Commands);
            (pending.IsValid ? batch : dropped).Add(pending);
        }
        try
        {
            if (batch.Count > 0)
                await CommitAsync();
        }
        catch (Exception problem)
        {
            // What was told of the batch, and to whom, is not known: nobody is left waiting for it.
            failStop($"What became of an append could not be told: {problem.Message}");
            foreach (var pending in batch)
                pending.Done.TrySetException(new JournalUnavailableException(Unavailability.Stopped, problem.Message, problem));
        }
        // Only now: a body that reads its journal afresh waits for the last of its appends, and those before it may be in the batch.
        foreach (var pending in dropped)
            pending.Done.TrySetException(new JournalUnavailableException(Unavailability.Replaying, "An earlier append failed; the body reads its journal afresh."));
        batch.Clear();
        dropped.Clear();
    }

    private async Task CommitAsync()
    {
        try
        {
            var journals = Journals();
            var dropped = await store.AppendAsync([.. journals.Select(AppendOf)], CancellationToken.None);
            foreach (var journal in journals)
            {
                if (dropped.TryGetValue(journal[0].Lease.Journal, out var why))
                    FailForGood(journal, why == DroppedOut.LeaseTaken ? Sequencer.TakenOver
                        : $"Entry {journal[0].First} cannot be appended: the journal does not end there any more as it is stored.");
                else
                    Succeed(journal);
            }
        }
        catch (StoreException problem)
        {
            if (problem.Fault == StoreFault.NotDurable)
                failStop(problem.Message);
            if (problem.Fault == StoreFault.Full)
                room.WasFull(batch.Sum(pending => pending.Entries.Sum(entry => (long)entry.Bytes.Length)), batch.Select(pending => pending.Owner).Distinct().Count());
            Fail(batch, owner => owner.Abandon(), problem.Fault == StoreFault.Full ? Unavailability.Full : Unavailability.Replaying, problem.Message);
        }
        catch (Exception problem)
        {
            // A store throws nothing else; if one does, what is on disk is unknown, and it is safe to read it afresh.
            Fail(batch, owner => owner.Abandon(), Unavailability.Replaying, problem.Message);
        }
    }

    /// <summary>The batch by its bodies. Mostly it is of one.</summary>
    private IReadOnlyList<IReadOnlyList<PendingAppend>> Journals() =>
        batch.TrueForAll(pending => ReferenceEquals(pending.Owner, batch[0].Owner)) ? [batch] : [.. batch.GroupBy(pending => pending.Owner).Select(journal => journal.ToList())];

    /// <summary>All that a body has in the batch, in one. Only the root of the whole is worth computing.</summary>
    private static JournalAppend AppendOf(IReadOnlyList<PendingAppend> journal)
    {
        var (first, last) = (journal[0], journal[^1]);
        var entries = ReferenceEquals(first, last) ? first.Entries : [.. journal.SelectMany(pending => pending.Entries)];
        return new JournalAppend(first.Lease, first.First, entries, last.Root ?? first.Owner.RootAt(first.First + entries.Count));
    }

    private static void Succeed(IReadOnlyList<PendingAppend> appended)
    {
        var last = appended[^1];
        last.Owner.Committed(last.First + last.Entries.Count);
        foreach (var pending in appended)
            pending.Done.TrySetResult();
        // Only now: who is told reads at once, and reading waits for what was appended.
        last.Owner.Tell();
    }

    private static void FailForGood(IReadOnlyList<PendingAppend> appends, string message) => Fail(appends, owner => owner.Stop(message), Unavailability.Stopped, message);

    private static void Fail(IEnumerable<PendingAppend> appends, Action<Sequencer> then, Unavailability why, string message)
    {
        var failed = appends.ToList();
        foreach (var owner in failed.Select(pending => pending.Owner).Distinct())
            then(owner);
        foreach (var pending in failed)
            pending.Done.TrySetException(new JournalUnavailableException(why, message));
    }
}
