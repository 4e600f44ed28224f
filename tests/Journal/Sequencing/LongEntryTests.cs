namespace FundingFlows.Journal.Tests;

/// <summary>What no entry can hold is refused like anything else that may not be: nothing has changed, and nobody else notices.</summary>
public abstract class LongEntryTests(StoreKind kind) : IAsyncDisposable
{
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Fact_OfTheMostBytesAnEntryHas_IsStoredAndOfOneMoreRefused(int more, bool refused)
    {
        var body = await instance.OpenAsync();
        // Measured once: the rest of the entry is as long as the clock and the id make it.
        await body.SubmitAsync(Ask.That((_, _) => Decision.Accept(Ask.Long(60_000))), Ask.By(1));
        var bytes = (await body.ReadEntriesAsync(1, 1, TestContext.Current.CancellationToken))[0].Length - 60_000;

        var outcome = await body.SubmitAsync(Ask.That((_, _) => Decision.Accept(Ask.Long(Sequencer.MostEntryBytes + more - bytes))), Ask.By(2));

        Assert.Equal(refused ? "COMMAND_ENTRY_TOO_LONG" : null, outcome.Refusal?.Reason);
        if (refused)
            Assert.Equal(
                (RefusalClass.Malformed, "What this would record takes 65,536 bytes, and an entry of a journal holds 65,535 at most: say it in fewer words, or in several commands."),
                (outcome.Refusal!.Sort, outcome.Refusal.Sentence));
        else
            Assert.Equal(Sequencer.MostEntryBytes, (await body.ReadEntriesAsync(outcome.First.Index, 1, TestContext.Current.CancellationToken))[0].Length);
    }

    [Fact]
    public async Task Command_OfWhichOnePartIsTooLong_ChangesNothingAndBindsNothing()
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        var (state, batches) = (await body.StateAsync(), instance.Store.Batches.Count);

        Assert.Equal("COMMAND_ENTRY_TOO_LONG", (await body.SubmitAsync(Ask.TooLong("one", "two"), Ask.By(2))).Refusal?.Reason);

        Assert.Null(body.ClosedBecause);
        Assert.Equal(state, await body.StateAsync());
        Assert.Equal((batches, 0), (instance.Store.Batches.Count, instance.Committer.Waiting));
        Assert.Equal(2, (await body.SubmitAsync(Ask.Funds("one", "two"), Ask.By(2))).First.Index);
    }

    [Fact]
    public async Task Command_ThatIsTooLong_LeavesThoseBesideIt()
    {
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var underWay = body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await hold.Reached;
        var waiting = body.SubmitAsync(Ask.Fund("roads"), Ask.By(2));

        var outcomes = await body.DecideAsync(
            [new Submission(Ask.Fund("parks"), Ask.By(3)), new Submission(Ask.TooLong("one"), Ask.By(4)), new Submission(Ask.Funds("two", "three"), Ask.By(5))],
            TestContext.Current.CancellationToken);
        var tooLong = body.SubmitAsync(Ask.TooLong(), Ask.By(6));
        hold.Release();

        Assert.Equal(1, (await underWay).First.Index);
        Assert.Equal(2, (await waiting).First.Index);
        Assert.Equal([(null, 3), ("COMMAND_ENTRY_TOO_LONG", 0), (null, 4)], (await outcomes).Select(outcome => (outcome.Refusal?.Reason, (int)outcome.First.Index)));
        Assert.Equal("COMMAND_ENTRY_TOO_LONG", (await tooLong).Refusal?.Reason);
        Assert.Null(body.ClosedBecause);
        var state = await body.StateAsync();
        await instance.RestartAsync();
        Assert.Equal(state, await (await instance.OpenAsync()).StateAsync());
    }

    [Fact]
    public async Task Append_OfAnEntryThatIsTooLong_IsRefusedAndStoresNothing()
    {
        await using var under = new StoreUnderTest(kind);
        var lease = await under.LeaseAsync(StoreUnderTest.Council);
        var other = await under.LeaseAsync(StoreUnderTest.Forum);

        await Assert.ThrowsAsync<ArgumentException>(() => under.AppendAsync(
            StoreUnderTest.Append(other, 0, "x"), StoreUnderTest.Append(lease, 0, "a", new string('b', Sequencer.MostEntryBytes + 1))));

        Assert.Empty(await under.WordsAsync(StoreUnderTest.Council));
        Assert.Empty(await under.WordsAsync(StoreUnderTest.Forum));
        Assert.Empty(await under.AppendAsync(StoreUnderTest.Append(lease, 0, "a", new string('b', Sequencer.MostEntryBytes))));
        Assert.Equal(2, (await under.WordsAsync(StoreUnderTest.Council)).Count);
    }
}
