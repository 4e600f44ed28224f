using System.Diagnostics;
using FundingFlows.Fire;
using FundingFlows.Support;

namespace FundingFlows.Topologies.Tests;

/// <summary>A process that the driver pauses stands still until it is let go on, and no longer.</summary>
public sealed class PausedProcessTests
{
    /// <summary>What a terminal, a time limit and a log-out send to all processes of a group, and what whoever writes to nobody is sent.</summary>
    private static readonly int[] SignalsToGroups = [2, 15, 1, 13];

    [Fact]
    public async Task Process_Paused_StandsStillUntilItGoesOn()
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "read -r _"]) { RedirectStandardInput = true, UseShellExecute = false })!;
        await using (await PausedProcess.PauseAsync(process.Id, TestContext.Current.CancellationToken))
            await Wait.UntilAsync(() => LocalHost.IsStopped(process.Id), "that it stands still");
        await Wait.UntilAsync(() => !LocalHost.IsStopped(process.Id), "that it goes on");
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

    [Fact]
    public async Task Process_WhoseKeeperIsToldToEndToo_StillGoesOn()
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "read -r _"]) { RedirectStandardInput = true, UseShellExecute = false })!;
        await using (var paused = await PausedProcess.PauseAsync(process.Id, TestContext.Current.CancellationToken))
            foreach (var signal in SignalsToGroups)
                LocalHost.Send(paused.KeeperId, signal);
        await Wait.UntilAsync(() => !LocalHost.IsStopped(process.Id), "that it goes on");
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Process_ThatIsPausedWhenThatIsCalledOff_GoesOn()
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "read -r _"]) { RedirectStandardInput = true, UseShellExecute = false })!;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PausedProcess.PauseAsync(process.Id, new CancellationToken(canceled: true)));
        Assert.False(LocalHost.IsStopped(process.Id));
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
