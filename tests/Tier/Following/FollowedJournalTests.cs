namespace FundingFlows.Tiers.Tests;

/// <summary>Journals are followed alike by their streams and, where there is a sidecar, by pages.</summary>
public sealed class FollowedJournalTests : IAsyncLifetime
{
    private readonly MadeJournal root = new("mhclg", Tier.CentralGovernment);
    private readonly MadeJournal council;
    private readonly MadeJournal forum;
    private MadeHost host = null!;

    public FollowedJournalTests()
    {
        council = new MadeJournal("durham", Tier.Council, root.Body);
        forum = new MadeJournal("easington", Tier.NeighbourhoodForum, council.Body);
        root.Say(new Fact { BodyRegistered = council.Registration });
        council.Say(new Fact { BodyRegistered = forum.Registration });
    }

    private MadeJournal[] All => [root, council, forum];

    public async ValueTask InitializeAsync() => host = await MadeHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        foreach (var journal in All)
            journal.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Journals_OfManyPages_AreTakenInWhole(bool withSidecar)
    {
        root.Fund(council, 1_000_00);
        council.Fund(forum, 500_00);
        while (root.Size < 200)
            root.Issue(1);
        Show();
        await using var follower = new Follower(host, root, All, withSidecar);

        foreach (var journal in All)
            await follower.AppliedAsync(journal);

        Assert.All(All, journal => Assert.Equal(
            (journal.Books.Accounts.Total[Ledger.Account.Cash], journal.Books.Reports.Submitted.Count, journal.Note(), null),
            follower.Look(journal, replica => (replica.Books.Accounts.Total[Ledger.Account.Cash], replica.Books.Reports.Submitted.Count, replica.Checkpoint, replica.Quarantined))));
        Assert.Equal(withSidecar, host.Calls("ReadJournal", root.Body) > 0);
        Assert.Equal(!withSidecar, host.Calls("FollowJournal", root.Body) > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Journal_ThatCannotBeBelieved_IsSaidOnceAndTheOthersGoOn(bool withSidecar)
    {
        Show();
        await using var follower = new Follower(host, root, All, withSidecar);
        foreach (var journal in All)
            await follower.AppliedAsync(journal);

        council.Append([0xff, 0xff]);
        root.Issue(1);
        forum.Issue(1);
        Show();
        Array.ForEach(All, journal => follower.Journals.Hear(journal.Body, ""));

        await follower.SeenAsync(council, replica => replica.Quarantined == "The journal of durham is not believed: entry 2 cannot be read", "named");
        await follower.AppliedAsync(root);
        await follower.AppliedAsync(forum);
        await follower.AppliedAsync(council, 2);
        await Wait.UntilAsync(() => follower.Log.Lines.Any(line => line.Level == Microsoft.Extensions.Logging.LogLevel.Critical), "the log");
        Assert.Single(follower.Log.Lines, line => line.Level == Microsoft.Extensions.Logging.LogLevel.Critical && line.Line.Contains("durham is quarantined", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Journal_ThatWithholdsWhatItSigned_IsKnownToBeLonger(bool withSidecar)
    {
        root.Issue(1);
        host.Show(root, size: 2, note: root.Note(2));
        await using var follower = new Follower(host, root, All, withSidecar);
        await follower.AppliedAsync(root, 2);
        Assert.Equal(2, follower.Follow(root).Known);

        host.Show(root, size: 2, note: root.Note());
        follower.Journals.Hear(root.Body, "");

        await Wait.UntilAsync(() => follower.Follow(root).Known == root.Size, "what it signed");
        Assert.Equal((2, null), follower.Look(root, replica => (replica.Books.Size, replica.Quarantined)));
        Show();
        follower.Journals.Hear(root.Body, "");
        await follower.AppliedAsync(root);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Journal_OfABodyThatIsNotRegisteredYet_IsFollowedOnceItIs(bool withSidecar)
    {
        host.Show(root, size: 1);
        host.Show(council);
        await using var follower = new Follower(host, root, All, withSidecar, lookAnyway: TimeSpan.FromSeconds(1));
        follower.Follow(council);
        await Wait.UntilAsync(() => host.Calls("GetEntry", council.Body) > 1, "asking again");
        Assert.Null(follower.Follow(council).Replica);

        host.Show(root);

        await follower.AppliedAsync(council);
    }

    [Fact]
    public async Task Journal_ThatCannotBeReached_IsFollowedOnceItCan()
    {
        await using var follower = new Follower(host, root, All);
        var journal = follower.Follow(root);
        await Wait.UntilAsync(() => host.Calls("FollowJournal", root.Body) > 2, "three attempts");
        Assert.Equal(0, journal.Known);

        Show();

        await follower.AppliedAsync(root);
    }

    [Fact]
    public async Task Stream_ThatBreaksOff_IsTakenUpAgainWithoutGrowingPauses()
    {
        var time = new HurriedTime();
        host.BreaksOff = true;
        Show();
        await using var follower = new Follower(host, root, All, time: time);
        follower.Follow(root);

        await Wait.UntilAsync(() => host.Calls("FollowJournal", root.Body) > 8, "streams");

        Assert.All(time.Set, pause => Assert.Equal(TimeSpan.FromMilliseconds(100), pause));
    }

    [Fact]
    public async Task Pauses_WhileNothingComes_GrowToTwoSeconds()
    {
        var time = new HurriedTime();
        await using var follower = new Follower(host, root, All, time: time);
        follower.Follow(root);

        await Wait.UntilAsync(() => time.Set.Count >= 7, "attempts");

        Assert.Equal([100, 200, 400, 800, 1_600, 2_000, 2_000], time.Set.Take(7).Select(pause => pause.TotalMilliseconds));
    }

    private void Show() => Array.ForEach(All, journal => host.Show(journal));
}
