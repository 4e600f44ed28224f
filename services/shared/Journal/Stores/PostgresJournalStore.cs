using System.Collections.Concurrent;
using Npgsql;

namespace FundingFlows.Journal;

/// <summary>
/// The journals of all bodies of a process in a schema of a PostgreSQL database. An append is one round trip and one commit:
/// for each journal a statement that locks its row, checks lease and size, and stores everything or nothing.
/// </summary>
public sealed class PostgresJournalStore : IJournalStore
{
    private const int MostBytes = 1 << 20;
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(250);
    private readonly NpgsqlDataSource source;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource closing = new();

    /// <summary>Journals of which an append may still be on its way, and the lease under which one goes on.</summary>
    private readonly ConcurrentDictionary<JournalKey, long> uncertain = new();

    private PostgresJournalStore(NpgsqlDataSource source, TimeProvider time)
    {
        this.source = source;
        this.time = time;
    }

    /// <summary>Connects, and makes or upgrades the schema. Throws <see cref="StoreException"/>, also for a schema of a newer version.</summary>
    /// <param name="schema">Those who keep different things use different ones, and can so share a database.</param>
    public static PostgresJournalStore Open(string connectionString, string schema, TimeProvider time)
    {
        var source = NpgsqlDataSource.Create(Settings(connectionString, schema));
        try
        {
            PostgresSchema.Upgrade(source, schema);
            return new PostgresJournalStore(source, time);
        }
        catch (NpgsqlException problem)
        {
            source.Dispose();
            throw Fault(problem);
        }
        catch (StoreException)
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Whether a text says which database to connect to.</summary>
    public static bool IsConnectionString(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0, Database.Length: > 0 };
        }
        catch (Exception problem) when (problem is ArgumentException or FormatException or InvalidCastException)
        {
            return false;
        }
    }

    public async ValueTask<JournalLease> LeaseAsync(JournalKey journal, CancellationToken cancellation)
    {
        try
        {
            var lease = await PostgresLease.TakeAsync(source, journal, cancellation);
            uncertain.TryRemove(journal, out _);
            return lease;
        }
        catch (NpgsqlException problem)
        {
            throw Fault(problem, journal);
        }
    }

    /// <summary>
    /// Waits for an append of that journal that the database still has in hand, though its connection was lost: what is said
    /// afterwards holds, also of one that has not even reached it. Waits, too, as long as the database cannot be reached.
    /// </summary>
    public async ValueTask<JournalLease?> RenewAsync(JournalLease lease, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closing.Token);
        while (true)
        {
            try
            {
                var renewed = await PostgresLease.RenewAsync(source, lease, uncertain.TryGetValue(lease.Journal, out var number) ? number : null, either.Token);
                uncertain.TryRemove(lease.Journal, out _);
                return renewed;
            }
            catch (NpgsqlException problem) when (problem.IsTransient)
            {
                await Task.Delay(AskAgain, time, either.Token);
            }
            catch (NpgsqlException problem)
            {
                throw Fault(problem, lease.Journal);
            }
        }
    }

    public async ValueTask<IReadOnlyDictionary<JournalKey, DroppedOut>> AppendAsync(IReadOnlyList<JournalAppend> batch, CancellationToken cancellation)
    {
        var dropped = new Dictionary<JournalKey, DroppedOut>();
        var journals = new List<JournalLease>();
        await using var append = source.CreateBatch();
        // Always in the same order: two processes that append to the same journals wait for each other, and never crosswise.
        foreach (var appends in batch.GroupBy(append => append.Lease.Journal).OrderBy(journal => journal.Key.Body, StringComparer.Ordinal).ThenBy(journal => journal.Key.Epoch))
        {
            var lease = appends.First().Lease;
            if (PostgresAppend.Of([.. appends]) is not { } command)
            {
                dropped.Add(appends.Key, appends.All(append => append.Lease.Number == lease.Number) ? DroppedOut.WrongIndex : DroppedOut.LeaseTaken);
                continue;
            }
            journals.Add(lease);
            append.BatchCommands.Add(command);
        }
        if (journals.Count == 0)
            return dropped;
        var refused = await StoreAsync(append, journals, cancellation);
        foreach (var lease in refused)
            dropped.Add(lease.Journal, await IsNewestAsync(lease, cancellation) ? DroppedOut.WrongIndex : DroppedOut.LeaseTaken);
        return dropped;
    }

    /// <summary>Makes what is to be appended durable, and answers with the leases under which it did not fit.</summary>
    private async Task<List<JournalLease>> StoreAsync(NpgsqlBatch append, List<JournalLease> journals, CancellationToken cancellation)
    {
        var refused = new List<JournalLease>();
        try
        {
            await using var rows = await append.ExecuteReaderAsync(cancellation);
            foreach (var lease in journals)
            {
                if (!await rows.ReadAsync(cancellation))
                    refused.Add(lease);
                // After the last one this waits for the commit.
                await rows.NextResultAsync(cancellation);
            }
            return refused;
        }
        catch (Exception problem)
        {
            // Whatever it was, the database may have it in hand, or not even have received it yet, unless it says that it had no room.
            if (problem is not PostgresException { SqlState: PostgresErrorCodes.DiskFull })
                foreach (var lease in journals)
                    uncertain[lease.Journal] = PostgresLease.Later(lease);
            if (problem is NpgsqlException known)
                throw Fault(known);
            throw;
        }
    }

    /// <summary>Whether a lease is still the newest. What did not fit under it then begins at another index than the journal's end.</summary>
    private async Task<bool> IsNewestAsync(JournalLease lease, CancellationToken cancellation)
    {
        await using var select = Command("SELECT lease FROM journals WHERE body = $1 AND epoch = $2", lease.Journal);
        try
        {
            return await select.ExecuteScalarAsync(cancellation) is long number && number == lease.Number;
        }
        catch (NpgsqlException)
        {
            // The rest of the batch is stored, and only the reason is missing.
            return false;
        }
    }

    /// <summary>A table of so many bytes is made in a transaction that is given up: the server takes the room for it, and gives it back.</summary>
    public async ValueTask<bool> HasRoomAsync(long bytes, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var take = new NpgsqlCommand(
                FormattableString.Invariant($"CREATE TABLE room AS SELECT repeat(md5(n::text), 32) AS filler FROM generate_series(1, {(bytes / 1_024) + 1}) AS n"), connection, transaction);
            await take.ExecuteNonQueryAsync(cancellation);
            await transaction.RollbackAsync(cancellation);
            return true;
        }
        catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.DiskFull)
        {
            return false;
        }
        catch (NpgsqlException problem)
        {
            throw Fault(problem);
        }
    }

    public async ValueTask<IReadOnlyList<byte[]>> ReadAsync(JournalKey journal, long from, int most, CancellationToken cancellation)
    {
        await using var select = Command($"""
            SELECT place, command, sum, bytes FROM (
              SELECT place, command, sum, bytes, sum(octet_length(bytes)) OVER (ORDER BY place ROWS UNBOUNDED PRECEDING) AS total
              FROM entries WHERE journal = (SELECT id FROM journals WHERE body = $1 AND epoch = $2) AND place >= $3 ORDER BY place LIMIT $4) AS page
            WHERE total <= {MostBytes} OR total = octet_length(bytes) ORDER BY place
            """, journal, Value(from), Value((long)most));
        return await RunAsync(journal, select, async rows =>
        {
            var entries = new List<byte[]>();
            while (await rows.ReadAsync(cancellation))
            {
                var bytes = rows.GetFieldValue<byte[]>(3);
                var command = rows.IsDBNull(1) ? [] : rows.GetGuid(1).ToByteArray(bigEndian: true);
                RowSum.Check(journal, from + entries.Count, rows.GetInt64(0), rows.GetInt32(2), command, bytes);
                entries.Add(bytes);
            }
            return entries;
        }, cancellation);
    }

    public async ValueTask<long?> FindCommandAsync(JournalKey journal, Guid commandId, CancellationToken cancellation)
    {
        await using var select = Command(
            "SELECT place FROM entries WHERE journal = (SELECT id FROM journals WHERE body = $1 AND epoch = $2) AND command = $3", journal, Value(commandId));
        return await RunAsync(journal, select, async row => await row.ReadAsync(cancellation) ? row.GetInt64(0) : (long?)null, cancellation);
    }

    public async ValueTask<IReadOnlyList<uint>> EpochsAsync(string body, CancellationToken cancellation)
    {
        await using var select = source.CreateCommand("SELECT epoch FROM journals WHERE body = $1 AND size > 0 ORDER BY epoch DESC");
        select.Parameters.Add(Value(body));
        return await RunAsync(new JournalKey(body, 0), select, async rows =>
        {
            var epochs = new List<uint>();
            while (await rows.ReadAsync(cancellation))
                epochs.Add((uint)rows.GetInt64(0));
            return epochs;
        }, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await source.DisposeAsync();
        closing.Dispose();
    }

    /// <summary>What an error of PostgreSQL, or of the connection to it, means here.</summary>
    internal static StoreException Fault(NpgsqlException problem) => problem switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => new StoreException(StoreFault.Full, "The disk that holds the journals is full.", problem),
        PostgresException known => new StoreException(StoreFault.Failed, $"The store failed: {known.MessageText}", problem),
        _ => new StoreException(StoreFault.Failed, $"The store cannot be reached: {problem.Message}", problem),
    };

    /// <summary>The same where one journal was asked for: what the database finds damaged is not believed.</summary>
    private static Exception Fault(NpgsqlException problem, JournalKey journal) =>
        problem is PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } known
            ? JournalCorruptException.AsStored(journal, $"the database is damaged where it stands ({known.MessageText.TrimEnd('.')})", problem)
            : Fault(problem);

    private static string Settings(string connectionString, string schema)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = schema,
            MaxAutoPrepare = 16,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Enlist = false,
        };
        // Whatever the server's own settings say: what is acknowledged is on its disk.
        settings.Options = $"{settings.Options} -c synchronous_commit=on".TrimStart();
        settings.ApplicationName ??= "FundingFlows";
        return settings.ConnectionString;
    }

    private static NpgsqlParameter<T> Value<T>(T value) => new() { TypedValue = value };

    /// <summary>A command of which the first two parameters say which journal.</summary>
    private NpgsqlCommand Command(string sql, JournalKey journal, params NpgsqlParameter[] more)
    {
        var command = source.CreateCommand(sql);
        command.Parameters.Add(Value(journal.Body));
        command.Parameters.Add(Value((long)journal.Epoch));
        foreach (var parameter in more)
            command.Parameters.Add(parameter);
        return command;
    }

    private static async Task<T> RunAsync<T>(JournalKey journal, NpgsqlCommand command, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            T result;
            await using (var rows = await command.ExecuteReaderAsync(cancellation))
            {
                result = await read(rows);
                await rows.NextResultAsync(cancellation);
            }
            return result;
        }
        catch (NpgsqlException problem)
        {
            throw Fault(problem, journal);
        }
    }
}
