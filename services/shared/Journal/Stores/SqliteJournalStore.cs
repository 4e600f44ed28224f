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

    private SqliteJournalStore(SqliteDatabase database) => Database = database;

    internal SqliteDatabase Database { get; }

    /// <summary>Opens the file, or makes it. Throws <see cref="StoreException"/>, also for a file of a newer version.</summary>
    public static SqliteJournalStore Open(string path) => new(SqliteDatabase.Open(path, Version, Schema, isSecret: false));

    public ValueTask<JournalLease> LeaseAsync(JournalKey journal, CancellationToken cancellation) => Write(transaction =>
    {
        using var take = Command(transaction, """
            INSERT INTO journals (body, epoch, lease, size, root) VALUES ($body, $epoch, 1, 0, $root)
            ON CONFLICT (body, epoch) DO UPDATE SET lease = lease + 1
            RETURNING lease, size, root
            """);
        take.Parameters.AddWithValue("$body", journal.Body);
        take.Parameters.AddWithValue("$epoch", journal.Epoch);
        take.Parameters.AddWithValue("$root", MerkleHash.Empty());
        using var row = take.ExecuteReader();
        row.Read();
        return new JournalLease(journal, row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2));
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

    public ValueTask<IReadOnlySet<JournalKey>> AppendAsync(IReadOnlyList<JournalAppend> batch, CancellationToken cancellation) => Write(transaction =>
    {
        var fenced = new HashSet<JournalKey>();
        using var advance = Advance(transaction);
        using var insert = Command(transaction, "INSERT INTO entries (journal, place, bytes) VALUES ($journal, $place, $bytes)");
        var (entryJournal, entryPlace, bytes) = (Parameter(insert, "$journal"), Parameter(insert, "$place"), Parameter(insert, "$bytes"));
        using var bind = Command(transaction, "INSERT INTO commands (journal, id, place) VALUES ($journal, $id, $place)");
        var (boundJournal, id, boundPlace) = (Parameter(bind, "$journal"), Parameter(bind, "$id"), Parameter(bind, "$place"));
        foreach (var appends in batch.GroupBy(append => append.Lease.Journal))
        {
            if (AdvanceBy(advance, [.. appends]) is not { } journal)
            {
                fenced.Add(appends.Key);
                continue;
            }
            entryJournal.Value = boundJournal.Value = journal;
            var place = appends.First().ExpectedIndex;
            foreach (var entry in appends.SelectMany(append => append.Entries))
            {
                entryPlace.Value = boundPlace.Value = place++;
                bytes.Value = entry.Bytes.ToArray();
                insert.ExecuteNonQuery();
                if (entry.CommandId is not { } command)
                    continue;
                id.Value = command.ToByteArray(bigEndian: true);
                bind.ExecuteNonQuery();
            }
        }
        return (IReadOnlySet<JournalKey>)fenced;
    });

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

    public ValueTask DisposeAsync() => Database.DisposeAsync();

    private static SqliteCommand Advance(SqliteTransaction transaction)
    {
        var advance = Command(transaction, """
            UPDATE journals SET size = size + $count, root = $root
            WHERE body = $body AND epoch = $epoch AND lease = $lease AND size = $expected RETURNING id
            """);
        foreach (var name in (ReadOnlySpan<string>)["$count", "$root", "$body", "$epoch", "$lease", "$expected"])
            Parameter(advance, name);
        return advance;
    }

    /// <summary>Moves a journal on by appends that follow one another, and answers with its number. Null: they do not fit.</summary>
    private static long? AdvanceBy(SqliteCommand advance, IReadOnlyList<JournalAppend> appends)
    {
        var (lease, first, next) = (appends[0].Lease, appends[0].ExpectedIndex, appends[0].ExpectedIndex);
        foreach (var append in appends)
        {
            if (append.Lease.Number != lease.Number || append.ExpectedIndex != next)
                return null;
            next += append.Entries.Count;
        }
        advance.Parameters["$count"].Value = next - first;
        advance.Parameters["$root"].Value = appends[^1].Root;
        advance.Parameters["$body"].Value = lease.Journal.Body;
        advance.Parameters["$epoch"].Value = lease.Journal.Epoch;
        advance.Parameters["$lease"].Value = lease.Number;
        advance.Parameters["$expected"].Value = first;
        return advance.ExecuteScalar() as long?;
    }

    private static SqliteCommand Command(SqliteTransaction transaction, string sql)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }

    private static SqliteParameter Parameter(SqliteCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        command.Parameters.Add(parameter);
        return parameter;
    }

    /// <summary>One transaction of the one writer; durable when it returns.</summary>
    private ValueTask<T> Write<T>(Func<SqliteTransaction, T> work)
    {
        lock (writing)
        {
            try
            {
                using var transaction = Database.Writer.BeginTransaction(deferred: false);
                var result = work(transaction);
                transaction.Commit();
                return ValueTask.FromResult(result);
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
