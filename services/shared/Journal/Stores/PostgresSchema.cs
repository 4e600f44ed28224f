using Npgsql;

namespace FundingFlows.Journal;

/// <summary>The tables of journals in a schema of a PostgreSQL database: made, and brought up to the version of this program.</summary>
internal static class PostgresSchema
{
    /// <summary>What brings the tables from each version to the next; the first makes them. What has been released is never changed.</summary>
    private static readonly Action<NpgsqlConnection>[] Upgrades =
    [
        connection => Ask(connection, """
        CREATE TABLE journals (
          id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text COLLATE "C" NOT NULL, epoch bigint NOT NULL,
          lease bigint NOT NULL, size bigint NOT NULL, root bytea NOT NULL, UNIQUE (body, epoch));
        CREATE TABLE entries (journal bigint NOT NULL, place bigint NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (journal, place));
        CREATE TABLE commands (journal bigint NOT NULL, id uuid NOT NULL, place bigint NOT NULL, PRIMARY KEY (journal, id));
        """),
        PostgresSums.Add,
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Newest => Upgrades.Length;

    /// <summary>Sees to the tables. Of several processes that come at once one does it, and the others wait. Throws <see cref="StoreException"/>.</summary>
    public static void Upgrade(NpgsqlDataSource source, string schema)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        if (Ask(connection, "SELECT current_setting('fsync')") is not "on")
            throw new StoreException(StoreFault.Failed, "The PostgreSQL server does not sync what it writes (fsync = off): what it acknowledges may be lost.");
        Ask(connection, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", schema);
        if (Ask(connection, "SELECT true FROM pg_namespace WHERE nspname = $1", schema) is null)
            Ask(connection, $"CREATE SCHEMA {new NpgsqlCommandBuilder().QuoteIdentifier(schema)}");
        Ask(connection, "CREATE TABLE IF NOT EXISTS store_version (version integer NOT NULL)");
        var found = Ask(connection, "SELECT version FROM store_version") as int? ?? 0;
        if (found > Newest)
            throw new StoreException(StoreFault.Failed, $"Schema {schema} of the database was written by a newer version ({found}); this one knows up to {Newest}.");
        if (found == Newest)
            return;
        foreach (var upgrade in Upgrades.Skip(found))
            upgrade(connection);
        Ask(connection, $"DELETE FROM store_version; INSERT INTO store_version VALUES ({Newest})");
        transaction.Commit();
    }

    private static object? Ask(NpgsqlConnection connection, string sql, params string[] values)
    {
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        return command.ExecuteScalar();
    }
}
