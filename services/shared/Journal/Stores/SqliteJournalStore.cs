using Microsoft.Data.Sqlite;

namespace FundingFlows.Journal;

/// <summary>The journals of all bodies of a process in one SQLite database, keyed by body, epoch and index.</summary>
public sealed class SqliteJournalStore : IJournalStore
{
    private const int MostBytes = 1 << 20;

    private readonly SqliteAppender appender;

    private SqliteJournalStore(SqliteDatabase database)
    {
        Database = database;
        appender = new SqliteAppender(database);
    }

    internal SqliteDatabase Database { get; }

    /// <summary>Opens the file, or makes it. Throws <see cref="StoreException"/>, also for a file of a newer version.</summary>
    /// <param name="failStop">Ends the process, for a reason in a sentence, when something could not be made durable. Null: it is ended at once.</param>
    public static SqliteJournalStore Open(string path, Action<string>? failStop = null)
    {
        var database = SqliteDatabase.Open(path, SqliteSchema.Upgrades, isSecret: false, failStop);
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

    public ValueTask<JournalLease> LeaseAsync(JournalKey journal, CancellationToken cancellation) => Write(writer =>
    {
        using var transaction = writer.BeginTransaction(deferred: false);
        var lease = SqliteLease.Find(writer, journal);
        if (lease is null)
            SqliteLease.CheckStrangers(writer, journal);
        lease = lease is null ? new JournalLease(journal, 1, 0, MerkleHash.Empty()) : lease with { Number = lease.Number + 1 };
        SqliteLease.Keep(writer, lease);
        transaction.Commit();
        return lease;
    }, journal);

    public ValueTask<JournalLease?> RenewAsync(JournalLease lease, CancellationToken cancellation) =>
        Read(lease.Journal, connection => SqliteLease.Find(connection, lease.Journal) is { } now && now.Number == lease.Number ? now : null);

    public ValueTask<IReadOnlyDictionary<JournalKey, DroppedOut>> AppendAsync(IReadOnlyList<JournalAppend> batch, CancellationToken cancellation) =>
        Write(_ => (IReadOnlyDictionary<JournalKey, DroppedOut>)appender.Append(batch));

    public ValueTask<bool> HasRoomAsync(long bytes, CancellationToken cancellation) => ValueTask.FromResult(Database.HasRoom(bytes));

    public ValueTask<IReadOnlyList<byte[]>> ReadAsync(JournalKey journal, long from, int most, CancellationToken cancellation) => Read(journal, connection =>
    {
        var entries = new List<byte[]>();
        try
        {
            Read(connection, journal, from, most, entries);
        }
        catch (Exception problem) when (SqliteDatabase.IsDamage(problem) && Database.Over is null)
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
        Database.End();
        appender.Dispose();
        return Database.DisposeAsync();
    }

    /// <summary>One transaction of the one writer; durable when it returns.</summary>
    /// <param name="journal">Which one, where it is only one.</param>
    private ValueTask<T> Write<T>(Func<SqliteConnection, T> work, JournalKey? journal = null) => Tell(work, Database.Write, journal);

    private ValueTask<T> Read<T>(JournalKey journal, Func<SqliteConnection, T> work) => Tell(work, Database.Read, journal);

    /// <summary>What SQLite finds damaged is told as damage of the journal, unless the store is closed meanwhile.</summary>
    private ValueTask<T> Tell<T>(Func<SqliteConnection, T> work, Func<Func<SqliteConnection, T>, T> how, JournalKey? journal)
    {
        try
        {
            return ValueTask.FromResult(how(work));
        }
        catch (Exception problem) when (problem is InvalidOperationException && Database.Over is { } over)
        {
            throw new StoreException(over.Fault, over.Message, problem);
        }
        catch (StoreException problem) when (journal is { } one && problem.InnerException is { } damage && SqliteDatabase.IsDamage(damage))
        {
            throw Damaged(one, damage);
        }
        catch (Exception problem) when (SqliteDatabase.IsDamage(problem))
        {
            throw journal is { } one ? Damaged(one, problem) : new StoreException(StoreFault.Failed, $"The store failed: {problem.Message}", problem);
        }
    }

    private static JournalCorruptException Damaged(JournalKey journal, Exception problem) =>
        JournalCorruptException.AsStored(journal, $"the file is damaged where it stands ({problem.Message.TrimEnd('.')})", problem);
}
