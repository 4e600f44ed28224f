namespace FundingFlows.Tiers.Tests;

/// <summary>Where there is a sidecar, news says when to look at a journal, and nothing else.</summary>
public sealed class EventModeTests : IAsyncLifetime
{
    private readonly MadeJournal root = new("mhclg", Tier.CentralGovernment);
    private MadeHost host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await MadeHost.StartAsync();
        host.Show(root);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        root.Dispose();
    }

    [Fact]
    public async Task News_OfAJournal_HasItLookedAtOnce()
    {
        await using var follower = new Follower(host, root, [root], byEventsAlone: true, time: TimeProvider.System);
        await follower.AppliedAsync(root);
        Assert.Equal(1, Looks);

        root.Issue(1);
        host.Show(root);
        follower.Journals.Hear(News.Of(root.Body, root.Note()));

        await follower.AppliedAsync(root);
        Assert.Equal(2, Looks);
    }

    [Fact]
    public async Task News_WithoutAnythingNew_ChangesNothing()
    {
        await using var follower = new Follower(host, root, [root], byEventsAlone: true, time: TimeProvider.System);
        await follower.AppliedAsync(root);

        for (var looks = 2; looks < 6; looks++)
        {
            follower.Journals.Hear(News.Of(root.Body, root.Note()));
            await Wait.UntilAsync(() => Looks == looks, "a look");
        }

        Assert.Equal((1, 1, null), follower.Look(root, replica => (replica.Books.Size, replica.Verified, replica.Quarantined)));
    }

    [Fact]
    public async Task News_OfABodyThatIsNotFollowed_HasNothingLookedAt()
    {
        await using var follower = new Follower(host, root, [root], byEventsAlone: true, time: TimeProvider.System);
        await follower.AppliedAsync(root);

        follower.Journals.Hear(News.Of("nobody", ""));
        follower.Journals.Hear(News.Of("", ""));
        follower.Journals.Hear(News.Of(root.Body, ""));

        await Wait.UntilAsync(() => Looks == 2, "the look at what is followed");
        Assert.Equal(0, host.Calls("ReadJournal", "nobody"));
        Assert.Equal(0, host.Calls("GetEntry", "nobody"));
    }

    [Fact]
    public async Task News_TellsOfASizeOnlyWhenTheBodySignedIt()
    {
        using var another = new MadeJournal(root.Body, root.Tier);
        await using var follower = new Follower(host, root, [root], byEventsAlone: true, time: TimeProvider.System);
        await follower.AppliedAsync(root);
        another.Issue(1);
        root.Issue(1);

        foreach (var forged in new[] { another.Note(), root.Note().Replace("\n3\n", "\n9\n", StringComparison.Ordinal), "made-federation/mhclg/1\n9\n", "", "\ud800", "\n\n\n" })
            follower.Journals.Hear(News.Of(root.Body, forged));
        Assert.Equal(1, follower.Follow(root).Known);

        follower.Journals.Hear(News.Of(root.Body, root.Note()));
        Assert.Equal(3, follower.Follow(root).Known);
    }

    [Fact]
    public async Task News_ThatNeverComes_IsMadeUpForByLookingAnyway()
    {
        var time = new HurriedTime();
        await using var follower = new Follower(host, root, [root], byEventsAlone: true, time, TimeSpan.FromSeconds(5));
        await follower.AppliedAsync(root);

        root.Issue(1);
        host.Show(root);

        await follower.AppliedAsync(root);
        Assert.Contains(TimeSpan.FromSeconds(5), time.Set);
    }

    [Fact]
    public async Task Entries_NotCoveredYet_AreLookedAtAgainAsSoonAsACheckpointMayBeThere()
    {
        var time = new HurriedTime();
        root.Issue(1);
        host.Show(root, note: root.Note(1));
        await using var follower = new Follower(host, root, [root], byEventsAlone: true, time);
        await follower.AppliedAsync(root, 1);

        host.Show(root);

        await follower.AppliedAsync(root);
        Assert.Contains(TimeSpan.FromMilliseconds(100), time.Set);
    }

    private int Looks => host.Calls("ReadJournal", root.Body);
}
