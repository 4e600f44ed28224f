using static FundingFlows.Journal.Tests.StoreUnderTest;

namespace FundingFlows.Journal.Tests;

/// <summary>Taking a lease makes every earlier one of that journal worthless.</summary>
public abstract class LeaseTests(StoreKind kind) : IAsyncDisposable
{
    private readonly StoreUnderTest under = new(kind);

    public ValueTask DisposeAsync() => under.DisposeAsync();

    [Fact]
    public async Task Number_OfEachLease_GrowsForItsJournalAlone()
    {
        for (var number = 1; number <= 3; number++)
            Assert.Equal(number, (await under.LeaseAsync(Council)).Number);
        await under.ReopenAsync();

        Assert.Equal(4, (await under.LeaseAsync(Council)).Number);
        Assert.Equal(1, (await under.LeaseAsync(Forum)).Number);
        Assert.Equal(1, (await under.LeaseAsync(Council with { Epoch = 2 })).Number);
    }

    [Fact]
    public async Task Renewal_OfTheNewestLease_SaysSizeAndRootOfNow()
    {
        var lease = await under.LeaseAsync(Council);
        await under.AppendAsync(Append(lease, 0, "a", "b"));

        var renewed = await under.Store.RenewAsync(lease, CancellationToken.None);

        Assert.Equal((lease.Journal, lease.Number, 2), (renewed!.Journal, renewed.Number, renewed.Size));
        Assert.Equal(Root("a", "b"), renewed.Root);
    }

    [Fact]
    public async Task Renewal_OfAnOlderLease_IsRefused()
    {
        var older = await under.LeaseAsync(Council);
        var newer = await under.LeaseAsync(Council);

        Assert.Null(await under.Store.RenewAsync(older, CancellationToken.None));
        Assert.NotNull(await under.Store.RenewAsync(newer, CancellationToken.None));
        Assert.Null(await under.Store.RenewAsync(newer with { Journal = Forum }, CancellationToken.None));
    }

    [Fact]
    public async Task Lease_TakenThroughAnotherConnection_FencesThisOne()
    {
        var lease = await under.LeaseAsync(Council);
        await using (var other = under.OpenAnother())
            Assert.Equal(2, (await other.LeaseAsync(Council, CancellationToken.None)).Number);

        Assert.Equal([Council], await under.AppendAsync(Append(lease, 0, "a")));
    }
}
