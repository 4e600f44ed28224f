using static FundingFlows.Journal.Tests.State;

namespace FundingFlows.Journal.Tests;

/// <summary>A body whose lease another process has taken stops; the others of its process go on.</summary>
public abstract class FencingTests(StoreKind kind) : IAsyncDisposable
{
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task Body_WhoseLeaseWasTaken_StopsAndOthersGoOn()
    {
        var (fenced, other) = (await instance.OpenAsync("DLUHC"), await instance.OpenAsync("HMT"));
        var state = await fenced.StateAsync();
        await TakeLeaseAsync("DLUHC");
        var hold = instance.Store.HoldNextAppend();
        var first = other.SubmitAsync(Ask.Fund("first"), Ask.By(0));
        await hold.Reached;

        var replies = new[] { fenced.SubmitAsync(Ask.Fund("homes"), Ask.By(1)), fenced.SubmitAsync(Ask.Fund("roads"), Ask.By(2)) };
        var beside = other.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        hold.Release();

        foreach (var reply in replies)
            Assert.Equal(Unavailability.Stopped, await WhyUnavailableAsync(() => reply));
        Assert.Null((await beside).Refusal);
        Assert.Null((await first).Refusal);
        Assert.Equal("Another writer has taken over this journal.", fenced.ClosedBecause);
        Assert.Equal(Unavailability.Stopped, await WhyUnavailableAsync(() => fenced.SubmitAsync(Ask.Fund("homes"), Ask.By(1))));
        Assert.Equal(Unavailability.Stopped, await WhyUnavailableAsync(() => fenced.IssuedAsync()));
        Assert.Null((await other.SubmitAsync(Ask.Fund("roads"), Ask.By(2))).Refusal);
        Assert.Equal((1, 4), (fenced.CommittedSize, other.CommittedSize));
        Assert.Single(await instance.StoredAsync("DLUHC"));
        Assert.EndsWith(Convert.ToHexString(fenced.Head().Root), state.Split('\n')[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_WhoseLeaseWasTakenWhenAnAppendFails_Stops()
    {
        var body = await instance.OpenAsync();
        await TakeLeaseAsync("DLUHC");
        instance.Store.FailNextAppend(new StoreException(StoreFault.Failed, "The store failed."));

        Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))));

        Assert.Equal("Another writer has taken over this journal.", await body.StoppedAsync());
    }

    [Fact]
    public async Task Body_WhoseJournalDoesNotEndWhereItAppends_StopsAndSaysSo()
    {
        var (body, other) = (await instance.OpenAsync("DLUHC"), await instance.OpenAsync("HMT"));
        await using (var store = instance.OpenStore())
            Assert.Empty(await store.AppendAsync(
                [new JournalAppend(new JournalLease(body.Key, 1, 1, []), 1, [StoreUnderTest.Entry("stranger")], StoreUnderTest.Root("stranger"))], CancellationToken.None));

        Assert.Equal(Unavailability.Stopped, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))));

        Assert.Equal("Entry 1 cannot be appended: the journal does not end there any more as it is stored.", body.ClosedBecause);
        Assert.Null((await other.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).Refusal);
    }

    [Fact]
    public async Task Body_TakenOverByAnotherProcess_ServesThereWithAllThatWasRecorded()
    {
        var here = await instance.OpenAsync();
        await here.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await using var store = instance.OpenStore();
        await using var committer = new GroupCommitter(store, instance.Time, instance.FailStops.Enqueue);

        var there = await Sequencer.OpenAsync(instance.Settings() with { Store = store, Committer = committer }, TestContext.Current.CancellationToken);
        await there.SubmitAsync(Ask.Money("homes", 100), Ask.By(2));

        Assert.Equal(Unavailability.Stopped, await WhyUnavailableAsync(() => here.SubmitAsync(Ask.Money("homes", 999), Ask.By(3))));
        Assert.Equal(100, await there.IssuedAsync());
        Assert.Equal(3, (await instance.StoredAsync()).Count);
    }

    private async Task TakeLeaseAsync(string body)
    {
        await using var store = instance.OpenStore();
        await store.LeaseAsync(Instance.JournalOf(body), CancellationToken.None);
    }
}
