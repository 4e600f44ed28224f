using System.Diagnostics;
using FundingFlows.Crashing;
using Npgsql;

namespace FundingFlows.Journal.Tests;

/// <summary>
/// With a disk that is full the body turns commands away, serves what is read, and goes on by itself once there is room. The
/// disk is a small one of memory, which only a user who may mount one can have.
/// </summary>
public sealed class FullDiskForRealTests
{
    private const int Each = 3 * Commands.Writers;

    [Fact]
    public async Task Sqlite_OnAFullDisk_TurnsCommandsAwayAndGoesOn()
    {
        string[] withDisk = ["unshare", "--mount", "--map-root-user", "sh", "-c", "mount -t tmpfs -o size=2m tmpfs \"$0\" && exec \"$@\"", Path.GetTempPath()];
        Assert.SkipUnless(Runs([.. withDisk, "true"]), "This user may not mount a disk of their own (unshare --mount --map-root-user).");
        using var folder = new TempFolder();
        withDisk[^1] = folder.File("");
        using var writer = Writer.Start(withDisk);
        writer.Go(new Plan(folder.File("journals.db"), "", new int[Commands.Writers], Last: 3));
        await writer.SaidAsync("sqlite ack", Each);
        writer.Tell($"fill {folder.File("filler")}");
        await writer.SaidAsync("the disk is full");

        // What room the files still have is used up first.
        writer.Tell("more 200");
        await writer.SaidAsync("sqlite turned away DLUHC Full");
        await MustReadAsync(writer, "sqlite");
        writer.Tell($"free {folder.File("filler")}");
        await writer.SaidAsync("there is room");

        var said = await writer.SaidAsync("sqlite ack", 5 * Commands.Writers);
        Assert.DoesNotContain(said, line => line.Contains(" stopped ", StringComparison.Ordinal));
        await MustReadAsync(writer, "sqlite");
    }

    [Fact]
    public async Task Postgres_OnAFullDisk_TurnsCommandsAwayAndGoesOn()
    {
        Assert.SkipUnless(
            Environment.IsPrivilegedProcess && Runs("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"), "Only root may give the server a small disk (unshare --mount).");
        await using var cluster = await PostgresCluster.StartAsync(hasSmallDisk: true);
        await using var server = NpgsqlDataSource.Create(cluster.ConnectionString);
        await RunAsync(server, $"CREATE TABLESPACE small LOCATION '{cluster.SmallFolder}'");
        await RunAsync(server, "CREATE DATABASE journals TABLESPACE small");
        var connection = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = "journals" }.ConnectionString;
        await using var journals = NpgsqlDataSource.Create(connection);
        using var writer = Writer.Start();
        writer.Go(new Plan(connection, "journals", new int[Commands.Writers], Last: 3));
        await writer.SaidAsync("postgres ack", Each);
        await FillAsync(journals);

        writer.Tell("more 2000");
        await writer.SaidAsync("postgres turned away DLUHC Full");
        await MustReadAsync(writer, "postgres");
        await RunAsync(journals, "DROP TABLE filler");

        var said = await writer.SaidAsync("postgres ack", 5 * Commands.Writers);
        Assert.DoesNotContain(said, line => line.Contains(" stopped ", StringComparison.Ordinal));
        await MustReadAsync(writer, "postgres");
    }

    private static async Task MustReadAsync(Writer writer, string store)
    {
        writer.Tell("read");
        foreach (var body in Commands.Bodies)
            Assert.EndsWith(" whole", (await writer.SaidAsync($"{store} read {body}"))[^1], StringComparison.Ordinal);
    }

    /// <summary>Fills the disk of a database to the last page.</summary>
    private static async Task FillAsync(NpgsqlDataSource database)
    {
        await RunAsync(database, "CREATE TABLE filler (bytes text)");
        await RunAsync(database, "ALTER TABLE filler ALTER COLUMN bytes SET STORAGE PLAIN");
        foreach (var pages in new[] { 500, 50, 5, 1 })
            try
            {
                while (true)
                    await RunAsync(database, $"INSERT INTO filler SELECT repeat('x', 7000) FROM generate_series(1, {pages})");
            }
            catch (PostgresException problem) when (problem.SqlState == PostgresErrorCodes.DiskFull)
            {
                // So many do not fit any more.
            }
    }

    private static async Task RunAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static bool Runs(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
