using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace FundingFlows.Benchmarks;

/// <summary>
/// What one would write by hand: double entry in PostgreSQL, a transfer in one statement. It locks two accounts, refuses what the
/// source does not hold and an id that was used, and writes the transfer and two postings. The server commits as it does by default: durable.
/// </summary>
internal sealed class PostgresPeer : IDisposable
{
    private const int Batch = 1_000;

    /// <summary>What both sides are compared by.</summary>
    public const string Says =
        "Double entry by hand in PostgreSQL, one statement with common table expressions for a transfer: it refuses an overdraft and a used id, moves two of 1,000 balances and writes the transfer and two postings. "
        + "No lots, ring-fences or other rules, no roles, no hashes, no service before the database (pgbench, prepared statements, a socket on this machine).";

    private const string Schema = """
        CREATE TABLE accounts (id int PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0)) WITH (fillfactor = 50);
        CREATE TABLE transfers (id uuid PRIMARY KEY, source int NOT NULL, target int NOT NULL, amount bigint NOT NULL CHECK (amount > 0), at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE postings (transfer uuid NOT NULL REFERENCES transfers, account int NOT NULL REFERENCES accounts, amount bigint NOT NULL, PRIMARY KEY (transfer, account));
        INSERT INTO accounts SELECT id, 1000000000000 FROM generate_series(1, 1000) id;
        """;

    private const string One = """
        \set source random(1, 500)
        \set target random(501, 1000)
        WITH taken AS (UPDATE accounts SET balance = balance - 1 WHERE id = :source AND balance >= 1 RETURNING id),
          given AS (UPDATE accounts SET balance = balance + 1 WHERE id = :target AND EXISTS (SELECT FROM taken) RETURNING id),
          made AS (INSERT INTO transfers (id, source, target, amount) SELECT gen_random_uuid(), taken.id, given.id, 1 FROM taken, given RETURNING id, source, target, amount)
        INSERT INTO postings SELECT id, source, -amount FROM made UNION ALL SELECT id, target, amount FROM made;
        """;

    private const string Many = """
        WITH asked AS (SELECT gen_random_uuid() AS id, 1 + floor(random() * 500)::int AS source, 501 + floor(random() * 500)::int AS target, 1::bigint AS amount FROM generate_series(1, 1000)),
          moves AS (SELECT account, sum(amount) AS amount FROM (SELECT source AS account, -amount AS amount FROM asked UNION ALL SELECT target, amount FROM asked) AS parts GROUP BY account),
          moved AS (UPDATE accounts SET balance = balance + moves.amount FROM moves WHERE accounts.id = moves.account RETURNING accounts.id),
          made AS (INSERT INTO transfers (id, source, target, amount) SELECT id, source, target, amount FROM asked RETURNING id, source, target, amount)
        INSERT INTO postings SELECT id, source, -amount FROM made UNION ALL SELECT id, target, amount FROM made;
        """;

    private static readonly int[] Clients = [1, 8, 16];

    private readonly DirectoryInfo scripts;
    private readonly NpgsqlConnectionStringBuilder connection;
    private readonly string programs;

    private PostgresPeer(DirectoryInfo scripts, NpgsqlConnectionStringBuilder connection, string programs) => (this.scripts, this.connection, this.programs) = (scripts, connection, programs);

    /// <summary>Makes the schema in a database of its own. Null, with a sentence on the screen: there is no PostgreSQL here.</summary>
    public static PostgresPeer? Start()
    {
        try
        {
            var programs = Directory.GetDirectories("/usr/lib/postgresql").Max(StringComparer.Ordinal) + "/bin";
            var connection = new NpgsqlConnectionStringBuilder(PostgresServer.ConnectionString) { Pooling = false };
            var name = $"byhand{Environment.ProcessId}";
            Run(connection.ConnectionString, $"CREATE DATABASE {name}");
            connection.Database = name;
            Run(connection.ConnectionString, Schema);
            var scripts = Directory.CreateTempSubdirectory("fundingflows-pgbench-");
            File.WriteAllText(Path.Combine(scripts.FullName, "one.sql"), One.ReplaceLineEndings(" ").Replace(" WITH taken", "\nWITH taken", StringComparison.Ordinal).Replace(" \\set", "\n\\set", StringComparison.Ordinal));
            File.WriteAllText(Path.Combine(scripts.FullName, "many.sql"), Many.ReplaceLineEndings(" "));
            return new PostgresPeer(scripts, connection, programs);
        }
        catch (Exception problem) when (problem is InvalidOperationException or IOException or NpgsqlException)
        {
            Console.WriteLine($"PostgreSQL is not measured: {problem.Message}");
            return null;
        }
    }

    public Measure[] Measures() =>
    [
        .. Clients.Select(clients => new Measure(
            $"handwritten_postgres_{clients}_per_second", $"PostgreSQL by hand, a transfer in a commit, clients: {clients}, transfers a second", length => Task.FromResult(Bench("one.sql", clients, length, 1)))),
        new("handwritten_postgres_batched_per_second", "PostgreSQL by hand, 1,000 transfers in a statement, transfers a second", length => Task.FromResult(Bench("many.sql", 1, length, Batch))) { Says = Says },
    ];

    public void Dispose() => scripts.Delete(recursive: true);

    private Done Bench(string script, int clients, TimeSpan length, int transfers)
    {
        var start = new ProcessStartInfo(
            Path.Combine(programs, "pgbench"),
            [
                "--host", connection.Host!, "--username", connection.Username!, "--no-vacuum", "--protocol", "prepared", "--client", $"{clients}", "--jobs", $"{Math.Min(clients, 2)}",
                "--time", $"{(int)Math.Max(1, length.TotalSeconds)}", "--file", Path.Combine(scripts.FullName, script), connection.Database!,
            ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var tps = said.Split('\n').FirstOrDefault(line => line.StartsWith("tps = ", StringComparison.Ordinal)) ?? throw new InvalidOperationException($"pgbench: {errors.Result}");
        return new Done(transfers * double.Parse(tps.Split(' ')[2], CultureInfo.InvariantCulture), TimeSpan.FromSeconds(1));
    }

    private static void Run(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
