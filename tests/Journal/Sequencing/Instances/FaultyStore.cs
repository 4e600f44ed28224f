using System.Collections.Concurrent;

namespace FundingFlows.Journal.Tests;

/// <summary>A store that counts appends, holds them back and makes them fail, before or after they are stored.</summary>
internal sealed class FaultyStore(IJournalStore inner) : IJournalStore
{
    private readonly Lock open = new();
    private bool closed;
    private Hold? nextAppend;
    private Hold? nextRead;
    private Exception? before;
    private Exception? after;
    private (int Times, Exception? Problem) reading;
    private int appending;

    public ConcurrentQueue<IReadOnlyList<JournalAppend>> Batches { get; } = [];

    /// <summary>A value that flows with whoever asks, as what traces a request does.</summary>
    public AsyncLocal<string?> Request { get; } = new();

    /// <summary>What had flowed into each append.</summary>
    public ConcurrentQueue<string?> Requests { get; } = [];

    /// <summary>Whether a lease was ever renewed while an append was under way: what it then said may be out of date.</summary>
    public bool RenewedDuringAppend { get; private set; }

    /// <summary>There is no room, until there is.</summary>
    public bool IsFull { get; set; }

    /// <summary>How often room was looked for.</summary>
    public int Looks { get; private set; }

    public Hold HoldNextAppend() => nextAppend = new Hold();

    public Hold HoldNextRead() => nextRead = new Hold();

    public void FailNextAppend(Exception problem) => before = problem;

    /// <summary>The next append is stored, and then said to have failed.</summary>
    public void FailNextAppendOnceStored(Exception problem) => after = problem;

    public void FailReads(int times, Exception problem) => reading = (times, problem);

    public async ValueTask<IReadOnlyDictionary<JournalKey, DroppedOut>> AppendAsync(IReadOnlyList<JournalAppend> batch, CancellationToken cancellation)
    {
        Batches.Enqueue(batch);
        Requests.Enqueue(Request.Value);
        Interlocked.Increment(ref appending);
        try
        {
            if (Interlocked.Exchange(ref nextAppend, null) is { } hold)
                await hold.PassAsync();
            if (IsFull)
                throw new StoreException(StoreFault.Full, "There is no room.");
            Throw(ref before);
            var dropped = await inner.AppendAsync(batch, cancellation);
            Throw(ref after);
            return dropped;
        }
        finally
        {
            Interlocked.Decrement(ref appending);
        }
    }

    public async ValueTask<IReadOnlyList<byte[]>> ReadAsync(JournalKey journal, long from, int most, CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref nextRead, null) is { } hold)
            await hold.PassAsync();
        if (reading.Times-- > 0)
            throw reading.Problem!;
        ValueTask<IReadOnlyList<byte[]>> page;
        lock (open)
            page = Open().ReadAsync(journal, from, most, cancellation);
        return await page;
    }

    public ValueTask<JournalLease?> RenewAsync(JournalLease lease, CancellationToken cancellation)
    {
        RenewedDuringAppend |= Volatile.Read(ref appending) > 0;
        lock (open)
            return Open().RenewAsync(lease, cancellation);
    }

    public ValueTask<JournalLease> LeaseAsync(JournalKey journal, CancellationToken cancellation) => inner.LeaseAsync(journal, cancellation);

    public ValueTask<bool> HasRoomAsync(long bytes, CancellationToken cancellation)
    {
        Looks++;
        return IsFull ? ValueTask.FromResult(false) : inner.HasRoomAsync(bytes, cancellation);
    }

    public ValueTask<long?> FindCommandAsync(JournalKey journal, Guid commandId, CancellationToken cancellation) =>
        inner.FindCommandAsync(journal, commandId, cancellation);

    public ValueTask<IReadOnlyList<uint>> EpochsAsync(string body, CancellationToken cancellation) => inner.EpochsAsync(body, cancellation);

    /// <summary>A body may still be reading its journal afresh: once this returns, nobody opens the file again.</summary>
    public ValueTask DisposeAsync()
    {
        lock (open)
            closed = true;
        return inner.DisposeAsync();
    }

    private IJournalStore Open() => closed ? throw new ObjectDisposedException(nameof(FaultyStore)) : inner;

    private static void Throw(ref Exception? problem)
    {
        if (Interlocked.Exchange(ref problem, null) is { } thrown)
            throw thrown;
    }
}
