namespace FundingFlows.Journal.Tests;

/// <summary>A refused command changes nothing and binds nothing.</summary>
public abstract class RefusalTests(StoreKind kind) : IAsyncDisposable
{
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task Command_ThatIsRefused_ChangesNothing()
    {
        var body = await instance.OpenAsync();
        var state = await body.StateAsync();
        var batches = instance.Store.Batches.Count;

        var outcome = await body.SubmitAsync(Ask.Money("homes", 100), Ask.By(1));

        Assert.Equal("ISSUE_MONEY_FUND_UNKNOWN", outcome.Refusal!.Reason);
        Assert.Equal((0, 0, null, false), (outcome.Entries, outcome.LeafHash.Length, outcome.RecordedAt, outcome.WasRepeated));
        Assert.Equal(state, await body.StateAsync());
        Assert.Equal(batches, instance.Store.Batches.Count);
        Assert.Equal(0, instance.Committer.Waiting);
    }

    [Fact]
    public async Task Id_OfARefusedCommand_IsNotBound()
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Money("homes", 100), Ask.By(1, "money"));
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(2));

        Assert.Null((await body.SubmitAsync(Ask.Money("homes", 100), Ask.By(1, "money"))).Refusal);
        Assert.Equal("COMMAND_ID_REUSED", (await body.SubmitAsync(Ask.Fund("roads"), Ask.By(1, "fund"))).Refusal!.Reason);
        Assert.Equal(100, await body.IssuedAsync());
    }

    [Fact]
    public async Task Id_OfARefusedCommand_MayNameAnotherCommand()
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Money("homes", 100), Ask.By(1, "money"));

        Assert.Null((await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1, "fund", "director"))).Refusal);
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(5, 0, false)]
    [InlineData(5, 1, true)]
    [InlineData(1_000_000, 0, true)]
    public async Task Id_OfATimeAhead_IsRefusedBeyondFiveMinutes(int minutes, int milliseconds, bool refused)
    {
        var body = await instance.OpenAsync();
        var id = Ask.Id(1, instance.Time.GetUtcNow().AddMinutes(minutes).AddMilliseconds(milliseconds));

        var outcome = await body.SubmitAsync(Ask.Fund("homes"), Ask.By(id));

        Assert.Equal(refused ? "COMMAND_ID_TOO_FAR_AHEAD" : null, outcome.Refusal?.Reason);
        Assert.Equal(refused ? 1 : 2, body.CommittedSize);
    }

    [Fact]
    public async Task Id_ThatWasTooFarAhead_IsAcceptedOnceItsTimeIsNear()
    {
        var body = await instance.OpenAsync();
        var identity = Ask.By(Ask.Id(1, instance.Time.GetUtcNow().AddMinutes(6)));
        Assert.NotNull((await body.SubmitAsync(Ask.Fund("homes"), identity)).Refusal);

        instance.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null((await body.SubmitAsync(Ask.Fund("homes"), identity)).Refusal);
    }
}
