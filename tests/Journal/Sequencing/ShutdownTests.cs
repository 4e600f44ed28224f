namespace FundingFlows.Journal.Tests;

/// <summary>A process that stops finishes what it accepted, and accepts nothing more.</summary>
public abstract class ShutdownTests(StoreKind kind) : IAsyncDisposable
{
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task Commands_ThatWaitWhenTheProcessStops_AreMadeDurable()
    {
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var waiting = Enumerable.Range(0, 20).Select(i => body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(i))).ToList();
        await hold.Reached;

        var stopping = instance.Committer.DisposeAsync().AsTask();
        Assert.False(stopping.IsCompleted);
        hold.Release();
        await stopping;

        Assert.All(await Task.WhenAll(waiting), outcome => Assert.Null(outcome.Refusal));
        Assert.Equal(21, (await instance.StoredAsync()).Count);
    }

    [Fact]
    public async Task Commands_AfterTheProcessStopped_AreTurnedAwayAndReadsAreServed()
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        var state = await body.StateAsync();
        await instance.Committer.DisposeAsync();

        Assert.Equal(Unavailability.Stopped, await State.WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("roads"), Ask.By(2))));
        Assert.Equal(state, await body.StateAsync());
        Assert.True((await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).WasRepeated);
        Assert.Equal((0, 2), (instance.Committer.Waiting, (await instance.StoredAsync()).Count));
    }

    [Fact]
    public async Task Command_DecidedWhileTheProcessStops_IsTurnedAwayAndChangesNothing()
    {
        var body = await instance.OpenAsync();
        var state = await body.StateAsync();
        var last = Ask.That((books, around) =>
        {
            // The last moment at which the process can stop: there is room for the command, and nothing is handed in yet.
            instance.Committer.DisposeAsync().AsTask().Wait(TestContext.Current.CancellationToken);
            return Ask.Fund("homes").Decide(books, around);
        });

        Assert.Equal(Unavailability.Stopped, await State.WhyUnavailableAsync(() => body.SubmitAsync(last, Ask.By(1))));

        await body.ServesAsync();
        Assert.Equal(state, await body.StateAsync());
        Assert.Equal((0, 1), (instance.Committer.Waiting, (await instance.StoredAsync()).Count));
    }

    [Fact]
    public async Task Committer_StoppedTwice_IsStopped()
    {
        await instance.OpenAsync();

        await instance.Committer.DisposeAsync();
        await instance.Committer.DisposeAsync();
    }
}
