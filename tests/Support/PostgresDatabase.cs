using Npgsql;

namespace FundingFlows.Support;

/// <summary>A database of a test's own, gone after it.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private static int made;
    private readonly string name = $"test_{Environment.ProcessId}_{Interlocked.Increment(ref made)}";

    private PostgresDatabase() => ConnectionString = new NpgsqlConnectionStringBuilder(PostgresServer.ConnectionString) { Database = name }.ConnectionString;

    public string ConnectionString { get; }

    public static async Task<PostgresDatabase> CreateAsync()
    {
        var database = new PostgresDatabase();
        await RunAsync($"CREATE DATABASE {database.name}");
        return database;
    }

    /// <summary>The first value that a query gives.</summary>
    public async Task<object?> AskAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync() => await RunAsync($"DROP DATABASE {name} WITH (FORCE)");

    private static async Task RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(PostgresServer.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
