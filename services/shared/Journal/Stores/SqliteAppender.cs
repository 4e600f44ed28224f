using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FundingFlows.Journal;

/// <summary>Appends batches through the C API of SQLite: nothing is prepared, boxed or copied to an array for an entry.</summary>
internal sealed class SqliteAppender : IDisposable
{
    private static readonly Dictionary<JournalKey, DroppedOut> Nobody = [];
    private readonly SqliteDatabase database;
    private readonly sqlite3 connection;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement rollback;
    private readonly SqliteStatement advance;
    private readonly SqliteStatement store;
    private readonly SqliteStatement find;

    public SqliteAppender(SqliteDatabase database)
    {
        this.database = database;
        connection = database.Writer.Handle!;
        begin = new SqliteStatement(connection, "BEGIN IMMEDIATE");
        commit = new SqliteStatement(connection, "COMMIT");
        rollback = new SqliteStatement(connection, "ROLLBACK");
        advance = new SqliteStatement(
            connection, "UPDATE journals SET size = ?, root = ?, sum = ? WHERE body = ? AND epoch = ? AND lease = ? AND size = ? RETURNING id");
        store = new SqliteStatement(connection, "INSERT INTO entries (journal, place, command, sum, bytes) VALUES (?, ?, ?, ?, ?)");
        find = new SqliteStatement(connection, "SELECT lease FROM journals WHERE body = ? AND epoch = ?");
    }

    /// <summary>Makes a batch durable in one commit, and answers with the journals that dropped out, and why. Throws <see cref="SqliteException"/>: then it stored nothing, or it could not be synced.</summary>
    public Dictionary<JournalKey, DroppedOut> Append(IReadOnlyList<JournalAppend> batch)
    {
        var dropped = Nobody;
        try
        {
            begin.Run();
            foreach (var appends in batch.GroupBy(append => append.Lease.Journal))
                if (!Append([.. appends]))
                    (dropped = dropped.Count == 0 ? [] : dropped).Add(appends.Key, Why(appends));
            commit.Run();
            return dropped;
        }
        finally
        {
            // Some errors have ended the transaction already.
            if (raw.sqlite3_get_autocommit(connection) == 0)
                rollback.Run();
        }
    }

    public void Dispose() => Array.ForEach([begin, commit, rollback, advance, store, find], statement => statement.Dispose());

    /// <summary>Why appends to a journal do not fit.</summary>
    private DroppedOut Why(IEnumerable<JournalAppend> appends)
    {
        var lease = appends.First().Lease;
        find.Bind(1, lease.Journal.Body);
        find.Bind(2, lease.Journal.Epoch);
        var newest = find.Run();
        return appends.All(append => append.Lease.Number == newest) ? DroppedOut.WrongIndex : DroppedOut.LeaseTaken;
    }

    /// <summary>Appends to one journal what follows one another. False: it does not fit.</summary>
    private bool Append(JournalAppend[] appends)
    {
        if (Advance(appends) is not { } journal)
            return false;
        Span<byte> id = stackalloc byte[16];
        var place = appends[0].ExpectedIndex;
        var sum = RowSum.Of(appends[0].Lease.Journal);
        var bytes = 0L;
        store.Bind(1, journal);
        foreach (var append in appends)
            foreach (var entry in append.Entries)
            {
                entry.ThrowIfTooLong();
                ReadOnlySpan<byte> command = entry.CommandId is { } given && given.TryWriteBytes(id, bigEndian: true, out _) ? id : [];
                store.Bind(2, place);
                if (command.IsEmpty)
                    store.BindNull(3);
                else
                    store.Bind(3, command);
                store.Bind(4, RowSum.OfEntry(sum, place, command, entry.Bytes.Span));
                store.Bind(5, entry.Bytes.Span);
                store.Run();
                bytes += entry.Bytes.Length;
                place++;
            }
        database.Grows(bytes);
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
        advance.Bind(1, next);
        advance.Bind(2, appends[^1].Root);
        advance.Bind(3, RowSum.OfHead(lease with { Size = next, Root = appends[^1].Root }));
        advance.Bind(4, lease.Journal.Body);
        advance.Bind(5, lease.Journal.Epoch);
        advance.Bind(6, lease.Number);
        advance.Bind(7, first);
        return advance.Run();
    }
}
