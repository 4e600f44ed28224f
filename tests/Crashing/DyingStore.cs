using System.Diagnostics;
using SQLitePCL;

namespace FundingFlows.Crashing;

/// <summary>A real store, in the middle of which the process ends by SIGKILL.</summary>
internal sealed class DyingStore : IJournalStore
{
    private readonly IJournalStore inner;
    private readonly DeathPoint point;
    private int left;
    private bool pausesNext;

    public DyingStore(IJournalStore inner, DeathPoint point, int after)
    {
        (this.inner, this.point, left) = (inner, point, after);
        if (point != DeathPoint.InTransaction || inner is not SqliteJournalStore sqlite)
            return;
        var connection = sqlite.Database.Writer.Handle!;
        // Asked after every few steps of the machine that carries out statements.
        raw.sqlite3_progress_handler(connection, 5, _ => raw.sqlite3_get_autocommit(connection) == 0 ? Pass() : 0, null);
    }

    /// <summary>The process stops before the next append, until somebody lets it go on (SIGSTOP, SIGCONT).</summary>
    public void PauseNext() => Volatile.Write(ref pausesNext, true);

    public async ValueTask<IReadOnlyDictionary<JournalKey, DroppedOut>> AppendAsync(IReadOnlyList<JournalAppend> batch, CancellationToken cancellation)
    {
        if (point == DeathPoint.BeforeAppend)
            Pass();
        if (point == DeathPoint.AtSync && left-- == 0)
            SystemCalls.DieAtSync();
        if (Interlocked.Exchange(ref pausesNext, false))
            SystemCalls.Pause();
        var dropped = await inner.AppendAsync(batch, cancellation);
        if (point == DeathPoint.AfterCommit)
            Pass();
        return dropped;
    }

    public async ValueTask<IReadOnlyList<byte[]>> ReadAsync(JournalKey journal, long from, int most, CancellationToken cancellation)
    {
        var page = await inner.ReadAsync(journal, from, most, cancellation);
        if (point == DeathPoint.Replaying)
            Pass();
        return page;
    }

    public ValueTask<JournalLease> LeaseAsync(JournalKey journal, CancellationToken cancellation) => inner.LeaseAsync(journal, cancellation);

    public ValueTask<JournalLease?> RenewAsync(JournalLease lease, CancellationToken cancellation) => inner.RenewAsync(lease, cancellation);

    public ValueTask<bool> HasRoomAsync(long bytes, CancellationToken cancellation) => inner.HasRoomAsync(bytes, cancellation);

    public ValueTask<long?> FindCommandAsync(JournalKey journal, Guid commandId, CancellationToken cancellation) => inner.FindCommandAsync(journal, commandId, cancellation);

    public ValueTask<IReadOnlyList<uint>> EpochsAsync(string body, CancellationToken cancellation) => inner.EpochsAsync(body, cancellation);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private int Pass()
    {
        if (left-- == 0)
            Process.GetCurrentProcess().Kill();
        return 0;
    }
}
