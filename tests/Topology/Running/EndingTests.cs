using System.Diagnostics;
using FundingFlows.Support;

namespace FundingFlows.Topologies.Tests;

/// <summary>Everything that the host started ends with it, however it ends; and a service that dies ends the run.</summary>
[Collection(nameof(WholeRuns))]
public sealed class EndingTests
{
    [Fact]
    public async Task Host_ThatIsKilled_LeavesNothingRunning()
    {
        using var data = new DataFolder();
        await using var host = LocalHost.Start(["--data", data.Path, "--port", "0"]);
        await Wait.UntilAsync(() => LocalHost.ProcessesOf(data.Path).Count == 8, "that all services run");
        host.Kill();
        await host.EndAsync();
        await LocalHost.NothingLeftAsync(data.Path);
    }

    [Fact]
    public async Task Service_ThatDies_EndsTheRunWithASentence()
    {
        using var data = new DataFolder();
        await using var host = LocalHost.Start(["--data", data.Path, "--port", "0"]);
        await host.SaidAsync("gateway");
        using (var audit = Process.GetProcessById(Audit(data.Path)))
            audit.Kill();
        Assert.Equal(2, await host.EndAsync());
        Assert.StartsWith("audit ended by itself", Assert.Single(host.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        await LocalHost.NothingLeftAsync(data.Path);
    }

    [Fact]
    public async Task Year_ThatWasCutShort_IsFinishedByTheNextRun()
    {
        using var data = new DataFolder();
        await using (var host = LocalHost.Start(["--data", data.Path, "--port", "0"]))
        {
            await host.SaidAsync("gateway");
            // In the middle of the year: some council has recorded something beyond its genesis.
            await Wait.UntilAsync(() => File.Exists(data["council-a/journals.db-wal"]) && new FileInfo(data["council-a/journals.db-wal"]).Length > 200_000, "that the year is under way");
            host.Kill();
            await host.EndAsync();
        }
        await LocalHost.NothingLeftAsync(data.Path);
        var (code, output, errors) = await LocalHost.RunAsync("--data", data.Path, "--port", "0", "--once", "--json", data["figures.json"]);
        Assert.True(code == 0, output + errors);
        Assert.Equal((229, 218, 94), (Of("transfers"), Of("payments"), Of("reports")));

        int Of(string name) => data.Figures().GetProperty(name).GetInt32();
    }

    private static int Audit(string data) => LocalHost.ProcessesOf(Path.Combine(data, "audit")).Single();
}
