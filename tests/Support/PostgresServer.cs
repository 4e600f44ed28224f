using System.Diagnostics;

namespace FundingFlows.Support;

/// <summary>
/// The PostgreSQL server of the tests: the one that the environment names, or a private one made of the machine's server
/// programs, with a folder and a socket of its own and no port. It ends with this process, however that ends.
/// </summary>
public static class PostgresServer
{
    /// <summary>The environment variable with a connection string. Its user may make schemas and databases.</summary>
    private const string Named = "FUNDINGFLOWS_TEST_POSTGRES";
    private const string Installed = "/usr/lib/postgresql";

    /// <summary>
    /// Starts a server in the folder $1 with the programs of $2 and waits for the end of standard input, which comes with
    /// the end of this process. A socket alone: nobody else's port is taken, and nobody else is let in.
    /// </summary>
    private const string Script = """
        set -e
        trap '' INT
        mkdir -m 700 "$1"
        "$2/initdb" --pgdata "$1/data" --username fundingflows --auth trust --encoding UTF8 --no-locale --no-instructions >"$1/log" 2>&1 || { cat "$1/log" >&2; rm -rf "$1"; exit 1; }
        "$2/postgres" -D "$1/data" -k "$1" -c listen_addresses= -c max_connections=300 >>"$1/log" 2>&1 &
        server=$!
        until "$2/pg_isready" --quiet --host "$1"; do kill -0 $server || { cat "$1/log" >&2; rm -rf "$1"; exit 1; }; done
        echo ready
        read -r end || true
        kill -QUIT $server
        wait $server || true
        rm -rf "$1"
        """;

    private static readonly Lazy<string> Server = new(() => Environment.GetEnvironmentVariable(Named) is { Length: > 0 } named ? named : Start());

    /// <summary>The folder of the machine's newest server programs.</summary>
    public static string Programs =>
        (Directory.Exists(Installed)
            ? Directory.GetDirectories(Installed).Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "initdb"))).Max(StringComparer.Ordinal)
            : null) ?? throw new InvalidOperationException($"There is no PostgreSQL server: install one (apt-get install postgresql), or name one in {Named}.");

    /// <summary>How its database is reached.</summary>
    public static string ConnectionString => Server.Value;

    private static string Start()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"fundingflows-postgres-{Environment.ProcessId}-{Stopwatch.GetTimestamp()}");
        // The server does not run as root; its package brings a user for it.
        string[] asWhom = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        string[] command = [.. asWhom, "sh", "-c", Script, "sh", folder, Programs];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        var process = Process.Start(start)!;
        if (process.StandardOutput.ReadLine() != "ready")
            throw new InvalidOperationException($"PostgreSQL did not start: {process.StandardError.ReadToEnd()}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            process.StandardInput.Close();
            process.WaitForExit();
        };
        return $"Host={folder};Username=fundingflows;Database=postgres";
    }
}
