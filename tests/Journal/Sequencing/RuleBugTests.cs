using static FundingFlows.Journal.Tests.State;

namespace FundingFlows.Journal.Tests;

/// <summary>
/// A bug in the rules may decide what cannot be applied. Nothing of it reaches the store, and the body goes on, whatever else
/// it has under way.
/// </summary>
public abstract class RuleBugTests(StoreKind kind) : IAsyncDisposable
{
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task Fact_ThatCannotBeApplied_NeverReachesTheStore()
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        var (state, batches) = (await body.StateAsync(), instance.Store.Batches.Count);

        await Assert.ThrowsAsync<InvalidOperationException>(() => body.SubmitAsync(Ask.Bug(), Ask.By(2)));

        await body.ServesAsync();
        Assert.Equal(state, await body.StateAsync());
        Assert.Equal((batches, 0), (instance.Store.Batches.Count, instance.Committer.Waiting));
        Assert.Equal(2, (await body.SubmitAsync(Ask.Money("homes", 100), Ask.By(2))).First.Index);
    }

    [Fact]
    public async Task Fact_ThatCannotBeAppliedWhileAnAppendIsUnderWay_LosesNothingOfIt()
    {
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var underWay = body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await hold.Reached;
        var waiting = body.SubmitAsync(Ask.Fund("roads"), Ask.By(2));

        await Assert.ThrowsAsync<InvalidOperationException>(() => body.SubmitAsync(Ask.Bug(), Ask.By(3)));
        // What was begun by now has every chance to run before the append ends.
        for (var i = 0; i < 1_000; i++)
            await Task.Yield();
        Assert.Equal((1, 1), (body.Head().Size, body.CommittedSize));
        hold.Release();

        Assert.Equal(1, (await underWay).First.Index);
        Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => waiting));
        await body.ServesAsync();
        Assert.False(instance.Store.RenewedDuringAppend);
        Assert.True((await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).WasRepeated);
        Assert.Equal(2, (await body.SubmitAsync(Ask.Money("homes", 100), Ask.By(4))).First.Index);
        await AssertReplaysAsync(body);
    }

    [Fact]
    public async Task Fact_ThatCannotBeAppliedWhileABatchIsGathered_LosesNothingOfIt()
    {
        var (body, other) = (await instance.OpenAsync(), await instance.OpenAsync("HMT"));
        var size = body.CommittedSize;
        for (var round = 0; round < 40; round++)
        {
            var hold = instance.Store.HoldNextAppend();
            var first = other.SubmitAsync(Ask.Fund($"first-{round}"));
            await hold.Reached;
            var waiting = Enumerable.Range(0, 500).Select(i => body.SubmitAsync(Ask.Fund($"fund-{round}-{i}"))).ToList();
            var bug = Task.Run(() => body.SubmitAsync(Ask.Bug()), TestContext.Current.CancellationToken);
            hold.Release();
            await Assert.ThrowsAsync<InvalidOperationException>(() => bug);
            await first;

            var acknowledged = (await Task.WhenAll(waiting.Select(IsAcknowledgedAsync))).Count(one => one);
            await body.ServesAsync();
            size += acknowledged;
            Assert.Equal((size, size), (body.CommittedSize, await body.ReadAsync(books => books.Size, TestContext.Current.CancellationToken)));
            Assert.False(instance.Store.RenewedDuringAppend);
        }
        await AssertReplaysAsync(body);
    }

    [Fact]
    public async Task Fact_ThatCannotBeAppliedWhileAnAppendFails_LeavesTheBodyServing()
    {
        var body = await instance.OpenAsync();
        for (var i = 0; i < 30; i++)
        {
            var hold = instance.Store.HoldNextAppend();
            instance.Store.FailNextAppend(new StoreException(StoreFault.Failed, "The store failed."));
            var underWay = body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(i));
            await hold.Reached;
            await Assert.ThrowsAsync<InvalidOperationException>(() => body.SubmitAsync(Ask.Bug(), Ask.By(1_000 + i)));
            hold.Release();
            await Assert.ThrowsAsync<JournalUnavailableException>(() => underWay);

            await body.ServesAsync();
            Assert.Equal(i + 1, (await body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(i))).First.Index);
        }
        await AssertReplaysAsync(body);
    }

    [Fact]
    public async Task Fact_ThatCannotBeAppliedWhileTheBodyIsFenced_LeavesItStopped()
    {
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var underWay = body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await hold.Reached;
        await instance.Store.LeaseAsync(body.Key, CancellationToken.None);

        await Assert.ThrowsAsync<InvalidOperationException>(() => body.SubmitAsync(Ask.Bug(), Ask.By(2)));
        hold.Release();

        Assert.Equal(Unavailability.Stopped, await WhyUnavailableAsync(() => underWay));
        Assert.Equal("Another writer has taken over this journal.", await body.StoppedAsync());
    }

    [Fact]
    public async Task Rule_ThatThrows_ChangesNothing()
    {
        var body = await instance.OpenAsync();
        var state = await body.StateAsync();

        await Assert.ThrowsAsync<NotSupportedException>(() => body.SubmitAsync(Ask.That((_, _) => throw new NotSupportedException()), Ask.By(1)));

        Assert.Null(body.ClosedBecause);
        Assert.Equal(state, await body.StateAsync());
        Assert.Null((await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).Refusal);
    }

    private static async Task<bool> IsAcknowledgedAsync(Task<Outcome> reply)
    {
        try
        {
            return (await reply).Refusal is null;
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
    }

    private async Task AssertReplaysAsync(Sequencer body)
    {
        var state = await body.StateAsync();
        await instance.RestartAsync();
        Assert.Equal(state, await (await instance.OpenAsync()).StateAsync());
    }
}
