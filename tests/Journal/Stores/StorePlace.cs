using System.Data.Common;
using FundingFlows.Support;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace FundingFlows.Journal.Tests;

/// <summary>The stores that keep journals. What is asked of one is asked of each.</summary>
public enum StoreKind
{
    Sqlite,
    Postgres,
}

/// <summary>Where a test's journals are kept: opened as often as it likes, and gone after it.</summary>
internal abstract class StorePlace : IDisposable
{
    public static StorePlace Of(StoreKind kind) => kind switch
    {
        StoreKind.Sqlite => new SqlitePlace(),
        _ => new PostgresPlace(),
    };

    public abstract IJournalStore Open();

    /// <summary>Does something beside the store to what it keeps, and answers with all rows. Parameters are called $1, $2 and so on.</summary>
    public abstract List<object?[]> Ask(string sql, params object?[] values);

    /// <summary>What it consists of: files or tables.</summary>
    public abstract IReadOnlyList<string> Files();

    /// <summary>A command id as it is kept.</summary>
    public abstract object Kept(byte[] command);

    public abstract void Dispose();

    protected static List<object?[]> Rows(DbDataReader reader)
    {
        var rows = new List<object?[]>();
        while (reader.Read())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    }
}

/// <summary>A file in a folder of its own.</summary>
internal sealed class SqlitePlace : StorePlace
{
    private readonly TempFolder folder = new();

    public string Path => folder.File("journals.db");

    public override IJournalStore Open() => SqliteJournalStore.Open(Path);

    public override List<object?[]> Ask(string sql, params object?[] values)
    {
        using var connection = new SqliteConnection($"Data Source={Path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA synchronous = OFF; {sql}";
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        using var rows = command.ExecuteReader();
        return Rows(rows);
    }

    public override object Kept(byte[] command) => command;

    public override IReadOnlyList<string> Files() => [.. Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!).Order(StringComparer.Ordinal)];

    public override void Dispose() => folder.Dispose();
}

/// <summary>A schema of its own in the tests' database.</summary>
internal sealed class PostgresPlace(string connectionString) : StorePlace
{
    private static int made;
    // A machine that is busy answers late: that is no fault. A test that waits in vain ends with its time.
    private readonly NpgsqlDataSource server = NpgsqlDataSource.Create(connectionString + ";Maximum Pool Size=1;Command Timeout=0");

    public PostgresPlace() : this(PostgresServer.ConnectionString) { }

    public string ConnectionString => connectionString;

    public string Schema { get; } = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref made)}";

    public override IJournalStore Open() => PostgresJournalStore.Open(connectionString, Schema, TimeProvider.System);

    public override List<object?[]> Ask(string sql, params object?[] values)
    {
        using var batch = server.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SET search_path TO {Schema}"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SET synchronous_commit = off"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        foreach (var value in values)
            batch.BatchCommands[^1].Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        using var rows = batch.ExecuteReader();
        return Rows(rows);
    }

    public override object Kept(byte[] command) => new Guid(command, bigEndian: true);

    public override IReadOnlyList<string> Files() =>
        [.. Ask("SELECT relname::text FROM pg_class WHERE relnamespace = $1::regnamespace ORDER BY 1", Schema).Select(row => (string)row[0]!)];

    /// <summary>Does something beside the store, in its schema.</summary>
    public object? Run(string sql)
    {
        using var batch = server.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand($"SET search_path TO {Schema}"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        using var rows = batch.ExecuteReader();
        return rows.Read() ? rows[0] : null;
    }

    /// <summary>From now on the connection of whoever stores an entry is lost in the middle of it.</summary>
    public void LoseConnections()
    {
        Run("""
            CREATE FUNCTION leave() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN new; END $$
            """);
        Run("CREATE TRIGGER leave AFTER INSERT ON entries EXECUTE FUNCTION leave()");
    }

    /// <summary>From now on whoever stores entries is held in the middle of it, until what is answered is closed.</summary>
    public NpgsqlConnection HoldAppends()
    {
        Run($"""
            CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_advisory_xact_lock_shared(hashtextextended('{Schema}', 1)); RETURN NULL; END $$
            """);
        Run("CREATE TRIGGER hold AFTER INSERT ON entries FOR EACH STATEMENT EXECUTE FUNCTION hold()");
        var holder = new NpgsqlConnection(connectionString + ";Pooling=False");
        holder.Open();
        using var command = new NpgsqlCommand($"SELECT pg_advisory_lock(hashtextextended('{Schema}', 1))", holder);
        command.ExecuteNonQuery();
        return holder;
    }

    /// <summary>A server process that waits for another one. 0: none does.</summary>
    public int BlockedBy(int process) => Run($"SELECT pid FROM pg_stat_activity WHERE {process} = ANY (pg_blocking_pids(pid)) LIMIT 1") as int? ?? 0;

    public void LoseNoMoreConnections() => Run("DROP TRIGGER leave ON entries");

    public override void Dispose()
    {
        Run($"DROP SCHEMA IF EXISTS {Schema} CASCADE");
        server.Dispose();
    }
}
