using static FundingFlows.Journal.Tests.State;

namespace FundingFlows.Journal.Tests;

/// <summary>When an append fails, who waits is told, memory is dropped, and the journal says what is true.</summary>
public abstract class FailureTests(StoreKind kind) : IAsyncDisposable
{
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    public static TheoryData<bool> StoreOrBug => [true, false];

    [Theory]
    [MemberData(nameof(StoreOrBug))]
    public async Task Append_ThatFailsBeforeTheCommit_LeavesNothingAndTheBodyGoesOn(bool store)
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        var state = await body.StateAsync();
        instance.Store.FailNextAppend(store ? new StoreException(StoreFault.Failed, "The store failed.") : new InvalidCastException("A bug."));

        Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Money("homes", 100), Ask.By(2))));

        await body.ServesAsync();
        Assert.Equal(state, await body.StateAsync());
        var again = await body.SubmitAsync(Ask.Money("homes", 100), Ask.By(2));
        Assert.Equal((2, false), (again.First.Index, again.WasRepeated));
        Assert.Equal(100, await body.IssuedAsync());
        Assert.Empty(instance.FailStops);
    }

    [Fact]
    public async Task Append_ThatFailsOnceStored_IsFoundWhenTheCommandIsSentAgain()
    {
        var body = await instance.OpenAsync();
        instance.Store.FailNextAppendOnceStored(new StoreException(StoreFault.Failed, "The connection was lost."));

        Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))));

        await body.ServesAsync();
        Assert.Equal(2, body.CommittedSize);
        var again = await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        Assert.Equal((1, true), (again.First.Index, again.WasRepeated));
        Assert.Equal(2, (await instance.StoredAsync()).Count);
    }

    [Fact]
    public async Task Commands_BehindAnAppendThatFails_FailToo()
    {
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        instance.Store.FailNextAppend(new StoreException(StoreFault.Failed, "The store failed."));
        var first = body.SubmitAsync(Ask.Fund("homes"), Ask.By(0));
        await hold.Reached;
        var waiting = Enumerable.Range(1, 50).Select(i => body.SubmitAsync(Ask.Money("homes", i), Ask.By(i))).ToList();
        var read = body.IssuedAsync();
        hold.Release();

        Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => first));
        foreach (var reply in waiting)
            Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => reply));
        Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => read));
        await body.ServesAsync();
        Assert.Single(await instance.StoredAsync());
        Assert.Equal((1, 0), (body.CommittedSize, instance.Committer.Waiting));
        Assert.Equal(1, (await body.SubmitAsync(Ask.Fund("homes"), Ask.By(0))).First.Index);
    }

    [Fact]
    public async Task Bodies_InABatchThatFails_ReplayAndOthersGoOn()
    {
        var (one, other, third) = (await instance.OpenAsync("DLUHC"), await instance.OpenAsync("HMT"), await instance.OpenAsync("DfE"));
        var hold = instance.Store.HoldNextAppend();
        var first = third.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await hold.Reached;
        var replies = new[] { one.SubmitAsync(Ask.Fund("homes"), Ask.By(1)), other.SubmitAsync(Ask.Fund("homes"), Ask.By(1)) };
        var next = instance.Store.HoldNextAppend();
        hold.Release();
        await next.Reached;
        instance.Store.FailNextAppend(new StoreException(StoreFault.Failed, "The store failed."));
        next.Release();

        Assert.Equal(1, (await first).First.Index);
        foreach (var reply in replies)
            Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => reply));
        Assert.Null(third.ClosedBecause);
        foreach (var body in (Sequencer[])[one, other])
        {
            await body.ServesAsync();
            Assert.Equal(1, (await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).First.Index);
        }
    }

    [Fact]
    public async Task Commands_WhileTheJournalIsReadAfresh_AreTurnedAway()
    {
        var body = await instance.OpenAsync();
        instance.Store.FailNextAppend(new StoreException(StoreFault.Failed, "The store failed."));
        var hold = instance.Store.HoldNextRead();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1)));
        await hold.Reached;

        Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))));
        Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => body.IssuedAsync()));
        Assert.Equal((1, 1), (body.Head().Size, body.CommittedSize));
        Assert.Equal("An append failed; the body reads its journal afresh.", body.ClosedBecause);
        hold.Release();

        await body.ServesAsync();
        Assert.Equal(1, (await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).First.Index);
    }

    [Fact]
    public async Task Journal_ThatCannotBeReadAfreshJustNow_IsReadAgainLaterAndLater()
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        var state = await body.StateAsync();
        instance.Store.FailNextAppend(new StoreException(StoreFault.Failed, "The store failed."));
        instance.Store.FailReads(3, new StoreException(StoreFault.Failed, "The disk is gone."));

        await Assert.ThrowsAsync<JournalUnavailableException>(() => body.SubmitAsync(Ask.Money("homes", 100), Ask.By(2)));
        await body.ClosedAsync("The journal could not be read afresh, which is tried again: The disk is gone.");
        Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Money("homes", 100), Ask.By(2))));
        Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => body.IssuedAsync()));
        while (body.ClosedBecause is not null)
        {
            instance.Time.Advance(TimeSpan.FromMilliseconds(25));
            await Task.Yield();
        }

        Assert.Equal(state, await body.StateAsync());
        Assert.Equal(2, (await body.SubmitAsync(Ask.Money("homes", 100), Ask.By(2))).First.Index);
    }

    [Fact]
    public async Task Journal_ThatCannotBeBelieved_StaysStopped()
    {
        var body = await instance.OpenAsync();
        instance.Store.FailNextAppend(new StoreException(StoreFault.Failed, "The store failed."));
        instance.Store.FailReads(1, new JournalCorruptException("An entry was altered."));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1)));

        Assert.Equal("The journal could not be read afresh: An entry was altered.", await body.StoppedAsync());
        Assert.Equal(Unavailability.Stopped, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))));
    }

    [Fact]
    public async Task Process_ThatEndsWhileAJournalIsReadAgain_DoesNotWaitForIt()
    {
        var body = await instance.OpenAsync();
        instance.Store.FailNextAppend(new StoreException(StoreFault.Failed, "The store failed."));
        instance.Store.FailReads(1, new StoreException(StoreFault.Failed, "The disk is gone."));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1)));
        await body.ClosedAsync("The journal could not be read afresh, which is tried again: The disk is gone.");

        await instance.RestartAsync();

        Assert.Equal(1, (await (await instance.OpenAsync()).SubmitAsync(Ask.Fund("homes"), Ask.By(1))).First.Index);
    }

    [Fact]
    public async Task Append_ThatIsNotDurable_EndsTheProcess()
    {
        var body = await instance.OpenAsync();
        instance.Store.FailNextAppend(new StoreException(StoreFault.NotDurable, "The sync failed."));

        await Assert.ThrowsAsync<JournalUnavailableException>(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1)));

        Assert.Equal(["The sync failed."], instance.FailStops);
    }
}
