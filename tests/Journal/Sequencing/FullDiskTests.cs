using static FundingFlows.Journal.Tests.State;

namespace FundingFlows.Journal.Tests;

/// <summary>A full disk refuses what would be written, serves what is read, and is looked at each second until there is room.</summary>
public abstract class FullDiskTests(StoreKind kind) : IAsyncDisposable
{
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task Commands_OnAFullDisk_AreRefusedAndReadsAreServed()
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        var state = await body.StateAsync();
        instance.Store.IsFull = true;

        Assert.Equal(Unavailability.Full, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("roads"), Ask.By(2))));
        await body.ServesAsync();

        var batches = instance.Store.Batches.Count;
        Assert.Equal(Unavailability.Full, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("roads"), Ask.By(2))));
        Assert.Equal(state, await body.StateAsync());
        Assert.True((await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).WasRepeated);
        Assert.Equal(2, (await body.ReadEntriesAsync(0, 10, TestContext.Current.CancellationToken)).Count);
        Assert.Equal(batches, instance.Store.Batches.Count);
        Assert.Empty(instance.FailStops);
    }

    [Fact]
    public async Task Commands_OnceThereIsRoom_GoOnByThemselves()
    {
        var body = await instance.OpenAsync();
        instance.Store.IsFull = true;
        await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1)));
        await body.ServesAsync();
        instance.Store.IsFull = false;

        instance.Time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Equal(Unavailability.Full, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))));
        Assert.Equal(0, instance.Store.Looks);
        instance.Time.Advance(TimeSpan.FromTicks(1));
        await HasRoomAsync();

        var outcome = await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        Assert.Equal((1, false), (outcome.First.Index, outcome.WasRepeated));
        Assert.Equal(0, instance.Committer.Waiting);
    }

    [Fact]
    public async Task Disk_ThatStaysFull_CostsOneReadingOfTheJournalHoweverOftenSomebodyTries()
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        instance.Store.IsFull = true;
        Assert.Equal(Unavailability.Full, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("roads"), Ask.By(2))));
        await body.ServesAsync();
        var (batches, hold) = (instance.Store.Batches.Count, instance.Store.HoldNextRead());

        for (var second = 1; second <= 5; second++)
        {
            await LookedAsync(second);
            Assert.Equal(Unavailability.Full, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("roads"), Ask.By(2))));
            // A reading of the journal would be held, and refuse this one.
            Assert.Null(body.ClosedBecause);
            Assert.Equal(2, await body.ReadAsync(books => books.Size, TestContext.Current.CancellationToken));
        }

        Assert.Equal(batches, instance.Store.Batches.Count);
        Assert.False(hold.Reached.IsCompleted);
        hold.Release();
        Assert.Equal(2, (await instance.StoredAsync()).Count);
    }

    [Fact]
    public async Task Process_ThatEndsWhileTheDiskIsFull_DoesNotWaitForRoom()
    {
        var body = await instance.OpenAsync();
        instance.Store.IsFull = true;
        await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1)));

        await instance.RestartAsync();

        Assert.Equal(1, (await (await instance.OpenAsync()).SubmitAsync(Ask.Fund("homes"), Ask.By(1))).First.Index);
    }

    [Fact]
    public async Task Room_ThatIsThere_IsFoundAndNothingOfTheTryingStays()
    {
        await using var under = new StoreUnderTest(kind);
        var before = under.Files();

        Assert.True(await under.Store.HasRoomAsync(3 << 20, TestContext.Current.CancellationToken));
        Assert.True(await under.Store.HasRoomAsync(1, TestContext.Current.CancellationToken));

        Assert.Equal(before, under.Files());
    }

    [Fact]
    public async Task Bodies_OfTheSameProcess_AreRefusedTogether()
    {
        var (one, other) = (await instance.OpenAsync("DLUHC"), await instance.OpenAsync("HMT"));
        instance.Store.IsFull = true;
        await WhyUnavailableAsync(() => one.SubmitAsync(Ask.Fund("homes"), Ask.By(1)));

        Assert.Equal(Unavailability.Full, await WhyUnavailableAsync(() => other.SubmitAsync(Ask.Fund("homes"), Ask.By(1))));
        Assert.Null(other.ClosedBecause);
    }

    private async Task HasRoomAsync()
    {
        while (instance.Committer.IsFull)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A second later room has been looked for once more.</summary>
    private async Task LookedAsync(int times)
    {
        while (instance.Store.Looks < times)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            instance.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }
}
