using static FundingFlows.Journal.Tests.State;

namespace FundingFlows.Journal.Tests;

/// <summary>A full disk refuses what would be written, serves what is read, and is tried again after a second.</summary>
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
    public async Task Commands_OnceThereIsRoom_GoOnAfterASecondByThemselves()
    {
        var body = await instance.OpenAsync();
        instance.Store.IsFull = true;
        await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1)));
        await body.ServesAsync();
        instance.Store.IsFull = false;

        instance.Time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Equal(Unavailability.Full, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))));
        instance.Time.Advance(TimeSpan.FromTicks(1));

        var outcome = await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        Assert.Equal((1, false), (outcome.First.Index, outcome.WasRepeated));
        Assert.Equal(0, instance.Committer.Waiting);
    }

    [Fact]
    public async Task Disk_ThatIsStillFullAfterASecond_IsFoundFullAgain()
    {
        var body = await instance.OpenAsync();
        instance.Store.IsFull = true;
        for (var i = 0; i < 3; i++)
        {
            await body.ServesAsync();
            Assert.Equal(Unavailability.Full, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))));
            instance.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(4, instance.Store.Batches.Count);
        Assert.Single(await instance.StoredAsync());
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
}
