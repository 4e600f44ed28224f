using Microsoft.Data.Sqlite;

namespace FundingFlows.Journal;

/// <summary>The tables of journals in a SQLite database. What has been released is never changed: each version is made from the one before.</summary>
internal static class SqliteSchema
{
    private const string First = """
        CREATE TABLE journals (
          id INTEGER PRIMARY KEY, body TEXT NOT NULL, epoch INTEGER NOT NULL,
          lease INTEGER NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, UNIQUE (body, epoch)) STRICT;
        CREATE TABLE entries (
          journal INTEGER NOT NULL, place INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (journal, place)) STRICT, WITHOUT ROWID;
        CREATE TABLE commands (
          journal INTEGER NOT NULL, id BLOB NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (journal, id)) STRICT, WITHOUT ROWID
        """;

    /// <summary>Sums that say which row was altered, and the command's id beside the entry, where the sum covers it.</summary>
    private const string Sums = """
        ALTER TABLE journals RENAME TO old_journals;
        ALTER TABLE entries RENAME TO old_entries;
        CREATE TABLE journals (
          id INTEGER PRIMARY KEY, body TEXT NOT NULL, epoch INTEGER NOT NULL,
          lease INTEGER NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, sum INTEGER NOT NULL, UNIQUE (body, epoch)) STRICT;
        CREATE TABLE entries (
          journal INTEGER NOT NULL, place INTEGER NOT NULL, command BLOB, sum INTEGER NOT NULL, bytes BLOB NOT NULL,
          PRIMARY KEY (journal, place)) STRICT, WITHOUT ROWID;
        INSERT INTO journals SELECT id, body, epoch, lease, size, root, head_sum(body, epoch, lease, size, root) FROM old_journals;
        INSERT INTO entries
          SELECT e.journal, e.place, c.id, entry_sum(j.body, j.epoch, e.place, c.id, e.bytes), e.bytes
          FROM old_entries e JOIN journals j ON j.id = e.journal LEFT JOIN commands c ON c.journal = e.journal AND c.place = e.place;
        DROP TABLE old_journals;
        DROP TABLE old_entries;
        DROP TABLE commands;
        CREATE UNIQUE INDEX commands ON entries (journal, command) WHERE command IS NOT NULL
        """;

    public static IReadOnlyList<Action<SqliteConnection>> Upgrades { get; } = [connection => SqliteDatabase.Run(connection, First), AddSums];

    private static void AddSums(SqliteConnection connection)
    {
        connection.CreateFunction("head_sum", (string body, long epoch, long lease, long size, byte[] root) =>
            RowSum.OfHead(new JournalLease(new JournalKey(body, checked((uint)epoch)), lease, size, root)));
        connection.CreateFunction("entry_sum", (string body, long epoch, long place, byte[]? command, byte[] bytes) =>
            RowSum.OfEntry(RowSum.Of(new JournalKey(body, checked((uint)epoch))), place, command, bytes));
        SqliteDatabase.Run(connection, Sums);
    }
}
