using Microsoft.Data.Sqlite;

namespace FundingFlows.Journal;

/// <summary>The journals of all bodies of a process in one SQLite database, keyed by body, epoch and index.</summary>
public sealed class SqliteJournalStore : IJournalStore
{
    private const int MostBytes = 1 << 20;

    private readonly Lock writing = new();
    private readonly SqliteAppender appender;

    private SqliteJournalStore(SqliteDatabase database)
    {
        Database = database;
        appender = new SqliteAppender(database.Writer);
    }

    internal SqliteDatabase Database { get; }

    /// <summary>Opens the file, or makes it. Throws <see cref="StoreException"/>, also for a file of a newer version.</summary>
    public static SqliteJournalStore Open(string path)
    {
        var database = SqliteDatabase.Open(path, SqliteSchema.Upgrades, isSecret: false);
        try
        {
            return new SqliteJournalStore(database);
        }
        catch (SqliteException problem)
        {
            // The tables are not those that it made.
            database.Writer.Dispose();
            throw SqliteDatabase.Fault(problem);
        }
    }

    public ValueTask<JournalLease> LeaseAsync(JournalKey journal, CancellationToken cancellation) => Write(() =>
    {
        using var transaction = Database.Writer.BeginTransaction(deferred: false);
        var lease = SqliteLease.Find(Database.Writer, journal);
        if (lease is null)
            SqliteLease.CheckStrangers(Database.Writer, journal);
        lease = lease is null ? new JournalLease(journal, 1, 0, MerkleHash.Empty()) : lease with { Number = lease.Number + 1 };
        SqliteLease.Keep(Database.Writer, lease);
        transaction.Commit();
        return lease;
    }, journal);

    public ValueTask<JournalLease?> RenewAsync(JournalLease lease, CancellationToken cancellation) =>
        Read(lease.Journal, connection => SqliteLease.Find(connection, lease.Journal) is { } now && now.Number == lease.Number ? now : null);

    public ValueTask<IReadOnlySet<JournalKey>> AppendAsync(IReadOnlyList<JournalAppend> batch, CancellationToken cancellation) =>
        Write(() => (IReadOnlySet<JournalKey>)appender.Append(batch));

    public ValueTask<IReadOnlyList<byte[]>> ReadAsync(JournalKey journal, long from, int most, CancellationToken cancellation) => Read(journal, connection =>
    {
        var entries = new List<byte[]>();
        try
        {
            Read(connection, journal, from, most, entries);
        }
        catch (Exception problem) when (SqliteDatabase.IsDamage(problem))
        {
            throw JournalCorruptException.AsStored(journal, $"entry {from + entries.Count} cannot be read", problem);
        }
        return (IReadOnlyList<byte[]>)entries;
    });

    private static void Read(SqliteConnection connection, JournalKey journal, long from, int most, List<byte[]> entries)
    {
        using var select = new SqliteStatement(connection.Handle!, """
            SELECT e.place, e.command, e.sum, e.bytes FROM entries e JOIN journals j ON j.id = e.journal
            WHERE j.body = ? AND j.epoch = ? AND e.place >= ? ORDER BY e.place LIMIT ?
            """);
        select.Bind(1, journal.Body);
        select.Bind(2, journal.Epoch);
        select.Bind(3, from);
        select.Bind(4, most);
        var total = 0;
        while (select.Next())
        {
            var bytes = select.Bytes(3).ToArray();
            RowSum.Check(journal, from + entries.Count, select.Number(0), select.Number(2), select.Bytes(1), bytes);
            total += bytes.Length;
            if (entries.Count > 0 && total > MostBytes)
                break;
            entries.Add(bytes);
        }
    }

    public ValueTask<long?> FindCommandAsync(JournalKey journal, Guid commandId, CancellationToken cancellation) => Read(journal, connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = """
            SELECT e.place FROM entries e JOIN journals j ON j.id = e.journal
            WHERE j.body = $body AND j.epoch = $epoch AND e.command = $id
            """;
        select.Parameters.AddWithValue("$body", journal.Body);
        select.Parameters.AddWithValue("$epoch", journal.Epoch);
        select.Parameters.AddWithValue("$id", commandId.ToByteArray(bigEndian: true));
        return select.ExecuteScalar() as long?;
    });

    public ValueTask<IReadOnlyList<uint>> EpochsAsync(string body, CancellationToken cancellation) => Read(new JournalKey(body, 0), connection =>
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT epoch FROM journals WHERE body = $body AND size > 0 ORDER BY epoch DESC";
        select.Parameters.AddWithValue("$body", body);
        using var rows = select.ExecuteReader();
        var epochs = new List<uint>();
        while (rows.Read())
            epochs.Add((uint)rows.GetInt64(0));
        return (IReadOnlyList<uint>)epochs;
    });

    public ValueTask DisposeAsync()
    {
        appender.Dispose();
        return Database.DisposeAsync();
    }

    /// <summary>One transaction of the one writer; durable when it returns.</summary>
    /// <param name="journal">Which one, where it is only one.</param>
    private ValueTask<T> Write<T>(Func<T> work, JournalKey? journal = null)
    {
        lock (writing)
        {
            try
            {
                return ValueTask.FromResult(work());
            }
            catch (Exception problem) when (problem is SqliteException || SqliteDatabase.IsDamage(problem))
            {
                throw Fault(problem, journal);
            }
        }
    }

    private ValueTask<T> Read<T>(JournalKey journal, Func<SqliteConnection, T> work)
    {
        try
        {
            using var connection = Database.Reader();
            return ValueTask.FromResult(work(connection));
        }
        catch (Exception problem) when (problem is SqliteException || SqliteDatabase.IsDamage(problem))
        {
            throw Fault(problem, journal);
        }
    }

    private static Exception Fault(Exception problem, JournalKey? journal) => (journal, problem) switch
    {
        ({ } one, _) when SqliteDatabase.IsDamage(problem) => JournalCorruptException.AsStored(one, $"the file is damaged where it stands ({problem.Message.TrimEnd('.')})", problem),
        (_, SqliteException known) => SqliteDatabase.Fault(known),
        _ => new StoreException(StoreFault.Failed, $"The store failed: {problem.Message}", problem),
    };
}
