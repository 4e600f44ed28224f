namespace FundingFlows.Journal.Tests;

/// <summary>An accepted command binds its id for ever: the same again gets the first answer, anything else is refused.</summary>
public abstract class RepeatTests(StoreKind kind) : IAsyncDisposable
{
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task Command_SentAgain_GetsTheOriginalOutcome()
    {
        var body = await instance.OpenAsync();
        var original = await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        instance.Time.Advance(TimeSpan.FromDays(400));

        await AssertRepeatedAsync(body, original, Ask.Fund("homes"), Ask.By(1));

        Assert.Equal(2, body.CommittedSize);
    }

    [Fact]
    public async Task Command_OfSeveralFactsSentAgain_GetsTheOriginalOutcome()
    {
        var body = await instance.OpenAsync();
        var original = await body.SubmitAsync(Ask.Funds("homes", "roads"), Ask.By(1));

        await AssertRepeatedAsync(body, original, Ask.Funds("homes", "roads"), Ask.By(1));
        await instance.RestartAsync();
        await AssertRepeatedAsync(await instance.OpenAsync(), original, Ask.Funds("homes", "roads"), Ask.By(1));
    }

    [Fact]
    public async Task Command_SentAgainAfterARestart_GetsTheOriginalOutcome()
    {
        var original = await (await instance.OpenAsync()).SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await instance.RestartAsync();
        var body = await instance.OpenAsync();

        await AssertRepeatedAsync(body, original, Ask.Fund("homes"), Ask.By(1));
        Assert.Equal(2, body.CommittedSize);
    }

    [Fact]
    public async Task Command_SentAgainWhileTheFirstWaits_GetsTheSameOutcomeOnceThatIsDurable()
    {
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var first = body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await hold.Reached;

        var second = body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        var altered = body.SubmitAsync(Ask.Fund("roads"), Ask.By(1, "altered"));
        Assert.False(first.IsCompleted || second.IsCompleted || altered.IsCompleted);
        hold.Release();

        AssertRepeat(await first, await second);
        Assert.Equal("COMMAND_ID_REUSED", (await altered).Refusal!.Reason);
        Assert.Equal(2, body.CommittedSize);
    }

    [Theory]
    [InlineData("other content", "treasurer")]
    [InlineData("", "director")]
    public async Task Command_OfTheSameIdAndOtherContentOrActor_IsRefused(string content, string actor)
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));

        await AssertReusedAsync(body, Ask.By(1, content, actor));
        await instance.RestartAsync();
        await AssertReusedAsync(await instance.OpenAsync(), Ask.By(1, content, actor));
    }

    [Fact]
    public async Task Command_OlderThanMemory_IsFoundInTheStore()
    {
        var body = await OpenWithMemoryOfAsync(4);
        var outcomes = new List<Outcome>();
        for (var i = 0; i < 12; i++)
            outcomes.Add(await body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(Ask.Id(i, instance.Time.GetUtcNow().AddSeconds(i)))));

        foreach (var (i, original) in outcomes.Index())
            await AssertRepeatedAsync(body, original, Ask.Fund($"fund-{i}"), Ask.By(Ask.Id(i, instance.Time.GetUtcNow().AddSeconds(i))));
        await AssertReusedAsync(body, Ask.By(Ask.Id(0, instance.Time.GetUtcNow()), "altered"));

        await instance.RestartAsync();
        body = await OpenWithMemoryOfAsync(4);
        foreach (var (i, original) in outcomes.Index())
            await AssertRepeatedAsync(body, original, Ask.Fund($"fund-{i}"), Ask.By(Ask.Id(i, instance.Time.GetUtcNow().AddSeconds(i))));
        Assert.Equal(13, body.CommittedSize);
    }

    [Fact]
    public async Task Command_WhoseIdSaysAnOlderTimeThanMemoryHolds_IsAccepted()
    {
        var body = await OpenWithMemoryOfAsync(2);
        for (var i = 0; i < 5; i++)
            await body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(i));

        var late = await body.SubmitAsync(Ask.Fund("late"), Ask.By(Ask.Id(99, instance.Time.GetUtcNow().AddYears(-1))));

        Assert.Null(late.Refusal);
        Assert.False(late.WasRepeated);
    }

    [Fact]
    public async Task Command_ThatSaysItWasRecordedBefore_GetsThatOutcome()
    {
        var body = await instance.OpenAsync();
        var original = await body.SubmitAsync(Ask.Funds("homes", "roads"));

        var again = await body.SubmitAsync(Ask.That((_, _) => Decision.AlreadyRecorded(original.First, original.Entries)));

        AssertRepeat(original, again);
        Assert.Equal(0, instance.Committer.Waiting);
    }

    private static async Task AssertRepeatedAsync(Sequencer body, Outcome original, ICommand command, CommandIdentity identity) =>
        AssertRepeat(original, await body.SubmitAsync(command, identity));

    private static void AssertRepeat(Outcome original, Outcome again)
    {
        Assert.Null(original.Refusal);
        Assert.True(again.WasRepeated);
        Assert.Equal(original, again with { WasRepeated = false, LeafHash = original.LeafHash });
        Assert.Equal(original.LeafHash, again.LeafHash);
    }

    private static async Task AssertReusedAsync(Sequencer body, CommandIdentity identity)
    {
        var size = body.CommittedSize;
        var outcome = await body.SubmitAsync(Ask.Fund("roads"), identity);

        Assert.Equal(("COMMAND_ID_REUSED", RefusalClass.AlreadyUsed), (outcome.Refusal!.Reason, outcome.Refusal.Sort));
        Assert.Equal("DLUHC.1.1", outcome.Refusal.Details["entry"]);
        Assert.Equal(size, body.CommittedSize);
    }

    private Task<Sequencer> OpenWithMemoryOfAsync(int ids) =>
        Sequencer.OpenAsync(instance.Settings() with { RecentIds = ids }, TestContext.Current.CancellationToken);
}
