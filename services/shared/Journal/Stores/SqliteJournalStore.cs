using Microsoft.Data.Sqlite;

namespace FundingFlows.Journal;

/// <summary>The journals of all bodies of a process in one SQLite database, keyed by body, epoch and index.</summary>
public sealed class SqliteJournalStore : IJournalStore
{
    private const int Version = 1;
    private const int MostBytes = 1 << 20;
    private const string Schema = """
        CREATE TABLE journals (
          id INTEGER PRIMARY KEY, body TEXT NOT NULL, epoch INTEGER NOT NULL,
          lease INTEGER NOT NULL, size INTEGER NOT NULL, root BLOB NOT NULL, UNIQUE (body, epoch)) STRICT;
        CREATE TABLE entries (
          journal INTEGER NOT NULL, place INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (journal, place)) STRICT, WITHOUT ROWID;
        CREATE TABLE commands (
          journal INTEGER NOT NULL, id BLOB NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (journal, id)) STRICT, WITHOUT ROWID
        """;

    private readonly Lock writing = new();
    private readonly SqliteAppender appender;

    private SqliteJournalStore(SqliteDatabase database)
    {
        Database = database;
        appender = new SqliteAppender(database.Writer);
    }

    internal SqliteDatabase Database { get; }

    /// <summary>Opens the file, or makes it. Throws <see cref="StoreException"/>, also for a file of a newer version.</summary>
    public static SqliteJournalStore Open(string path) => new(SqliteDatabase.Open(path, Version, Schema, isSecret: false));

    public ValueTask<JournalLease> LeaseAsync(JournalKey journal, CancellationToken cancellation) => Write(() =>
    {
        using var take = Database.Writer.CreateCommand();
        take.CommandText = """
            INSERT INTO journals (body, epoch, lease, size, root) VALUES ($body, $epoch, 1, 0, $root)
            ON CONFLICT (body, epoch) DO UPDATE SET lease = lease + 1
            RETURNING lease, size, root
            """;
        take.Parameters.AddWithValue("$body", journal.Body);
        take.Parameters.AddWithValue("$epoch", journal.Epoch);
        take.Parameters.AddWithValue("$root", MerkleHash.Empty());
        using var row = take.ExecuteReader();
        row.Read();
        var lease = new JournalLease(journal, row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2));
        // Read to the end: only then it is committed.
        row.Read();
        return lease;
    });

    public ValueTask<JournalLease?> RenewAsync(JournalLease lease, CancellationToken cancellation) => Read(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT size, root FROM journals WHERE body = $body AND epoch = $epoch AND lease = $lease";
        select.Parameters.AddWithValue("$body", lease.Journal.Body);
        select.Parameters.AddWithValue("$epoch", lease.Journal.Epoch);
        select.Parameters.AddWithValue("$lease", lease.Number);
        using var row = select.ExecuteReader();
        return row.Read() ? lease with { Size = row.GetInt64(0), Root = row.GetFieldValue<byte[]>(1) } : null;
    });

    public ValueTask<IReadOnlySet<JournalKey>> AppendAsync(IReadOnlyList<JournalAppend> batch, CancellationToken cancellation) =>
        Write(() => (IReadOnlySet<JournalKey>)appender.Append(batch));

    public ValueTask<IReadOnlyList<byte[]>> ReadAsync(JournalKey journal, long from, int most, CancellationToken cancellation) => Read(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = """
            SELECT e.bytes FROM entries e JOIN journals j ON j.id = e.journal
            WHERE j.body = $body AND j.epoch = $epoch AND e.place >= $from ORDER BY e.place LIMIT $most
            """;
        select.Parameters.AddWithValue("$body", journal.Body);
        select.Parameters.AddWithValue("$epoch", journal.Epoch);
        select.Parameters.AddWithValue("$from", from);
        select.Parameters.AddWithValue("$most", most);
        using var rows = select.ExecuteReader();
        var entries = new List<byte[]>();
        var total = 0;
        while (rows.Read())
        {
            var bytes = rows.GetFieldValue<byte[]>(0);
            total += bytes.Length;
            if (entries.Count > 0 && total > MostBytes)
                break;
            entries.Add(bytes);
        }
        return (IReadOnlyList<byte[]>)entries;
    });

    public ValueTask<long?> FindCommandAsync(JournalKey journal, Guid commandId, CancellationToken cancellation) => Read(connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = """
            SELECT c.place FROM commands c JOIN journals j ON j.id = c.journal
            WHERE j.body = $body AND j.epoch = $epoch AND c.id = $id
            """;
        select.Parameters.AddWithValue("$body", journal.Body);
        select.Parameters.AddWithValue("$epoch", journal.Epoch);
        select.Parameters.AddWithValue("$id", commandId.ToByteArray(bigEndian: true));
        return select.ExecuteScalar() as long?;
    });

    public ValueTask DisposeAsync()
    {
        appender.Dispose();
        return Database.DisposeAsync();
    }

    /// <summary>One transaction of the one writer; durable when it returns.</summary>
    private ValueTask<T> Write<T>(Func<T> work)
    {
        lock (writing)
        {
            try
            {
                return ValueTask.FromResult(work());
            }
            catch (SqliteException problem)
            {
                throw SqliteDatabase.Fault(problem);
            }
        }
    }

    private ValueTask<T> Read<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            using var connection = Database.Reader();
            return ValueTask.FromResult(work(connection));
        }
        catch (SqliteException problem)
        {
            throw SqliteDatabase.Fault(problem);
        }
    }
}
