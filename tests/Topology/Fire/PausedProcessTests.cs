using System.Diagnostics;
using FundingFlows.Fire;
using FundingFlows.Support;

namespace FundingFlows.Topologies.Tests;

/// <summary>A process that the driver pauses stands still until it is let go on, and no longer.</summary>
public sealed class PausedProcessTests
{
    private const char Stopped = 'T';

    [Fact]
    public async Task Process_Paused_StandsStillUntilItGoesOn()
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "read -r _"]) { RedirectStandardInput = true, UseShellExecute = false })!;
        await using (await PausedProcess.PauseAsync(process.Id, TestContext.Current.CancellationToken))
            await Wait.UntilAsync(() => StateOf(process.Id) == Stopped, "that it stands still");
        await Wait.UntilAsync(() => StateOf(process.Id) != Stopped, "that it goes on");
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Process_ThatIsKilledMeanwhile_IsNoHindrance()
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "read -r _"]) { RedirectStandardInput = true, UseShellExecute = false })!;
        await using (await PausedProcess.PauseAsync(process.Id, TestContext.Current.CancellationToken))
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>As the system gives it, behind the name in brackets.</summary>
    private static char StateOf(int id)
    {
        var line = File.ReadAllText($"/proc/{id}/stat");
        return line[line.LastIndexOf(')') + 2];
    }
}
