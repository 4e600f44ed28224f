namespace FundingFlows.Journal.Tests;

/// <summary>Nobody is told of anything that is not durable: not who gave the command, and not who reads.</summary>
public abstract class DurabilityTests(StoreKind kind) : IAsyncDisposable
{
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task Reply_ToACommand_GoesOutAfterTheCommit()
    {
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();

        var reply = body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await hold.Reached;
        Assert.False(reply.IsCompleted);
        Assert.Single(await instance.StoredAsync());
        hold.Release();

        Assert.Equal(1, (await reply).First.Index);
        Assert.Equal(2, (await instance.StoredAsync()).Count);
    }

    [Fact]
    public async Task Read_OfWhatIsNotDurable_WaitsForTheCommit()
    {
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var reply = body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await hold.Reached;

        var read = body.ReadAsync(books => books.Funds.Newest("DLUHC.homes") is not null, TestContext.Current.CancellationToken);
        Assert.False(read.IsCompleted);
        hold.Release();

        Assert.True(await read);
        Assert.Null((await reply).Refusal);
    }

    [Fact]
    public async Task Refusal_ThatRestsOnWhatIsNotDurable_WaitsForTheCommit()
    {
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var first = body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await hold.Reached;

        var refused = body.SubmitAsync(Ask.Fund("homes"), Ask.By(2));
        Assert.False(refused.IsCompleted);
        hold.Release();

        Assert.Equal("OPEN_FUND_FUND_EXISTS", (await refused).Refusal!.Reason);
        Assert.Null((await first).Refusal);
    }

    [Fact]
    public async Task Entries_SizeAndHead_ShowOnlyWhatIsDurable()
    {
        var body = await instance.OpenAsync();
        var before = body.Head();
        var hold = instance.Store.HoldNextAppend();
        var reply = body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await hold.Reached;

        Assert.Equal((1, 1), (body.CommittedSize, body.Head().Size));
        Assert.Equal(before.Root, body.Head().Root);
        Assert.Empty(await body.ReadEntriesAsync(1, 10, TestContext.Current.CancellationToken));
        Assert.Single(await body.ReadEntriesAsync(0, 10, TestContext.Current.CancellationToken));
        hold.Release();
        await reply;

        Assert.Equal((2, 2), (body.CommittedSize, body.Head().Size));
        Assert.Single(await body.ReadEntriesAsync(1, 10, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Wait_ThatIsCancelled_DoesNotCancelTheCommand()
    {
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        using var cancelling = new CancellationTokenSource();
        var reply = body.SubmitAsync(Ask.Fund("homes"), Ask.By(1), cancelling.Token);
        await hold.Reached;

        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reply);
        hold.Release();

        Assert.True((await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).WasRepeated);
        Assert.Equal(2, body.CommittedSize);
    }

    [Fact]
    public async Task Page_OfEntries_EndsWhereTheDurableEntriesEnd()
    {
        var body = await instance.OpenAsync();
        for (var i = 0; i < 5; i++)
            await body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(i));
        var hold = instance.Store.HoldNextAppend();
        var reply = body.SubmitAsync(Ask.Fund("last"), Ask.By(9));
        await hold.Reached;

        Assert.Equal(3, (await body.ReadEntriesAsync(2, 3, TestContext.Current.CancellationToken)).Count);
        Assert.Equal(2, (await body.ReadEntriesAsync(4, 100, TestContext.Current.CancellationToken)).Count);
        Assert.Empty(await body.ReadEntriesAsync(long.MaxValue, 100, TestContext.Current.CancellationToken));
        hold.Release();
        await reply;
    }
}
