namespace FundingFlows.Tiers.Tests;

/// <summary>Runs for anyone do not crowd out the commands of officers.</summary>
public sealed class AllocationDeskTests
{
    [Fact]
    public async Task Runs_BeyondThoseThatWait_AreToldToComeAgain_AndOthersGoOn()
    {
        using var desk = new AllocationDesk();
        using var release = new ManualResetEventSlim();
        var cancellation = TestContext.Current.CancellationToken;
        var running = Enumerable.Range(0, AllocationDesk.MostWaiting).Select(i => Task.Run(() => desk.InTurnAsync(() =>
        {
            release.Wait(cancellation);
            return i;
        }, cancellation), cancellation)).ToList();
        await Wait.UntilAsync(() => desk.Waiting == AllocationDesk.MostWaiting, "A full desk");

        var failure = await Failure.OfAsync(() => desk.InTurnAsync(() => 0, cancellation));
        Assert.Equal((StatusCode.ResourceExhausted, "ALLOCATIONS_BUSY", true), (failure.Code, failure.Reason, failure.TellsWhenToRetry));
        release.Set();
        Assert.Equal(Enumerable.Range(0, AllocationDesk.MostWaiting), await Task.WhenAll(running));
        Assert.Equal(7, await desk.InTurnAsync(() => 7, cancellation));
    }

    [Fact]
    public async Task Run_ThatFails_LeavesItsTurn()
    {
        using var desk = new AllocationDesk();
        var cancellation = TestContext.Current.CancellationToken;
        for (var i = 0; i <= AllocationDesk.MostWaiting; i++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => desk.InTurnAsync<int>(() => throw new InvalidOperationException(), cancellation));
        Assert.Equal(7, await desk.InTurnAsync(() => 7, cancellation));
    }
}
