using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FundingFlows.Journal;

/// <summary>
/// Carries what stands in the write-ahead log over to the database file, now and then. SQLite would do so by itself, and say nothing of a
/// sync that failed; a later one may then succeed though what was to be synced is gone, and the log would be given up for it.
/// </summary>
internal sealed class SqliteCheckpoint
{
    private const long Every = 4 << 20;

    /// <summary>About what a commit writes besides the entries: a page of each tree.</summary>
    private const long OfACommit = 16 << 10;
    private readonly sqlite3 connection;
    private long written;

    /// <param name="writer">The one connection that writes, open.</param>
    public SqliteCheckpoint(sqlite3 writer)
    {
        connection = writer;
        raw.sqlite3_wal_autocheckpoint(connection, 0);
    }

    /// <summary>Counts bytes of entries that are being committed.</summary>
    public void Grows(long bytes) => written += bytes;

    /// <summary>
    /// After each commit. Throws <see cref="SqliteException"/> when something could not be synced. Any other reason why it does not
    /// succeed (somebody reads, the disk is full) leaves it for the next time: all is in the log.
    /// </summary>
    public void Committed()
    {
        written += OfACommit;
        if (written < Every)
            return;
        written = 0;
        var code = raw.sqlite3_wal_checkpoint_v2(connection, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
        if (code != raw.SQLITE_OK && SqliteDatabase.IsNotDurable(raw.sqlite3_extended_errcode(connection)))
            SqliteException.ThrowExceptionForRC(code, connection);
    }
}
