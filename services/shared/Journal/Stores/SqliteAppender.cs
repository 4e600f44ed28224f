using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FundingFlows.Journal;

/// <summary>Appends batches through the C API of SQLite: nothing is prepared, boxed or copied to an array for an entry.</summary>
internal sealed class SqliteAppender : IDisposable
{
    private const int BusyMilliseconds = 30_000;
    private readonly sqlite3 connection;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement rollback;
    private readonly SqliteStatement advance;
    private readonly SqliteStatement store;
    private readonly SqliteStatement bind;

    /// <param name="writer">The one connection that writes, open.</param>
    public SqliteAppender(SqliteConnection writer)
    {
        connection = writer.Handle!;
        raw.sqlite3_busy_timeout(connection, BusyMilliseconds);
        begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        commit = new SqliteStatement(connection, "COMMIT");
        rollback = new SqliteStatement(connection, "ROLLBACK");
        advance = new SqliteStatement(
            connection, "UPDATE journals SET size = size + ?, root = ? WHERE body = ? AND epoch = ? AND lease = ? AND size = ? RETURNING id");
        store = new SqliteStatement(connection, "INSERT INTO entries (journal, place, bytes) VALUES (?, ?, ?)");
        bind = new SqliteStatement(connection, "INSERT INTO commands (journal, id, place) VALUES (?, ?, ?)");
    }

    /// <summary>Makes a batch durable in one commit, and answers with the journals that dropped out. Throws <see cref="SqliteException"/>: then it stored nothing.</summary>
    public HashSet<JournalKey> Append(IReadOnlyList<JournalAppend> batch)
    {
        var fenced = new HashSet<JournalKey>();
        try
        {
            begin.Run();
            foreach (var appends in batch.GroupBy(append => append.Lease.Journal))
                if (!Append([.. appends]))
                    fenced.Add(appends.Key);
            commit.Run();
            return fenced;
        }
        finally
        {
            // Some errors have ended the transaction already.
            if (raw.sqlite3_get_autocommit(connection) == 0)
                rollback.Run();
        }
    }

    public void Dispose() => Array.ForEach([begin, commit, rollback, advance, store, bind], statement => statement.Dispose());

    /// <summary>Appends to one journal what follows one another. False: it does not fit.</summary>
    private bool Append(JournalAppend[] appends)
    {
        if (Advance(appends) is not { } journal)
            return false;
        Span<byte> id = stackalloc byte[16];
        var place = appends[0].ExpectedIndex;
        store.Bind(1, journal);
        bind.Bind(1, journal);
        foreach (var append in appends)
            foreach (var entry in append.Entries)
            {
                store.Bind(2, place);
                store.Bind(3, entry.Bytes.Span);
                store.Run();
                if (entry.CommandId is { } command)
                {
                    command.TryWriteBytes(id, bigEndian: true, out _);
                    bind.Bind(2, id);
                    bind.Bind(3, place);
                    bind.Run();
                }
                place++;
            }
        return true;
    }

    /// <summary>Moves a journal on, and answers with its number. Null: the appends do not fit.</summary>
    private long? Advance(JournalAppend[] appends)
    {
        var (lease, first, next) = (appends[0].Lease, appends[0].ExpectedIndex, appends[0].ExpectedIndex);
        foreach (var append in appends)
        {
            if (append.Lease.Number != lease.Number || append.ExpectedIndex != next)
                return null;
            next += append.Entries.Count;
        }
        advance.Bind(1, next - first);
        advance.Bind(2, appends[^1].Root);
        advance.Bind(3, lease.Journal.Body);
        advance.Bind(4, lease.Journal.Epoch);
        advance.Bind(5, lease.Number);
        advance.Bind(6, first);
        return advance.Run();
    }
}
