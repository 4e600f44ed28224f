using System.Diagnostics;
using FundingFlows.Support;

namespace FundingFlows.Journal.Tests;

/// <summary>A PostgreSQL server of a test's own, which it may kill and start again. It ends with the test, and with this process.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>
    /// Makes a cluster in the folder $1 with the programs of $2 and does what standard input says, until its end. After a kill
    /// the next server starts once nothing is left of the one before.
    /// </summary>
    private const string Script = """
        set -e
        trap '' INT
        folder=$1 programs=$2
        shift 2
        "$programs/initdb" --pgdata "$folder/data" --username fundingflows --auth trust --encoding UTF8 --no-locale --no-instructions >"$folder/log" 2>&1
        while read -r word; do
          case $word in
            start)
              while :; do
                "$programs/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= "$@" >>"$folder/log" 2>&1 &
                server=$!
                until "$programs/pg_isready" --quiet --host "$folder"; do kill -0 $server 2>/dev/null || break; done
                kill -0 $server 2>/dev/null && break
              done ;;
            kill) kill -KILL $server; wait $server || true ;;
          esac
          echo done
        done
        kill -QUIT $server && wait $server || true
        """;

    /// <summary>What is done before, where this may be done: the folder $0, and in it a small disk, are there for the server's user alone.</summary>
    private const string SmallDisk = "mkdir \"$0/small\" && mount -t tmpfs -o size=20m,mode=700,uid=postgres tmpfs \"$0/small\" && exec \"$@\"";

    private readonly TempFolder folder = new();
    private readonly Process process;

    private PostgresCluster(bool hasSmallDisk, string[] settings)
    {
        var path = folder.File("");
        string[] asWhom = Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
        if (Environment.IsPrivilegedProcess)
            Process.Start("chown", ["postgres", path]).WaitForExit();
        string[] command = [.. hasSmallDisk ? (string[])["unshare", "--mount", "sh", "-c", SmallDisk, path] : [], .. asWhom, "sh", "-c", Script, "sh", path, PostgresServer.Programs, .. settings];
        process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
    }

    /// <summary>A server that recovers on a busy machine answers late, and is waited for: what never comes ends with the test's own time.</summary>
    public string ConnectionString => $"Host={folder.File("")};Username=fundingflows;Database=postgres;Command Timeout=0;Timeout=120";

    /// <summary>A folder of the server on a disk of 20 MiB.</summary>
    public string SmallFolder => folder.File("small");

    /// <param name="settings">What the server is started with: <c>-c name=value</c>, in two.</param>
    public static async Task<PostgresCluster> StartAsync(bool hasSmallDisk = false, params string[] settings)
    {
        var cluster = new PostgresCluster(hasSmallDisk, settings);
        await cluster.DoAsync("start");
        return cluster;
    }

    /// <summary>Ends the server at once, as a loss of power would for all that a server can tell (SIGKILL).</summary>
    public Task KillAsync() => DoAsync("kill");

    public Task StartAgainAsync() => DoAsync("start");

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Dispose();
    }

    private async Task DoAsync(string word)
    {
        await process.StandardInput.WriteLineAsync(word);
        if (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) != "done")
            throw new InvalidOperationException($"The server did not {word}: {await process.StandardError.ReadToEndAsync()} {File.ReadAllText(folder.File("log"))}");
    }
}
