namespace FundingFlows.Tiers.Tests;

/// <summary>A journal is followed by its stream and by news at once: whichever is first brings an entry, and the other costs nothing.</summary>
public sealed class BothWaysTests : IAsyncLifetime
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
    public async Task News_OfWhatAStreamKeepsBack_IsFetched()
    {
        await using var follower = new Follower(host, root, [root], time: TimeProvider.System);
        await follower.AppliedAsync(root);
        host.HoldsStreams = true;
        for (var i = 0; i < 120; i++)
            root.Issue(1);
        host.Show(root);

        follower.Journals.Hear(News.Of(root.Body, root.Note(), root.Size - 1));

        await follower.AppliedAsync(root);
        // Pages of fifty: the gap is fetched to its end, and no further.
        Assert.InRange(host.Calls("ReadJournal", root.Body), 3, 6);
        host.HoldsStreams = false;
        root.Issue(1);
        host.Show(root);
        await follower.AppliedAsync(root);
        Assert.Null(follower.Look(root, replica => replica.Quarantined));
    }

    [Fact]
    public async Task News_OfWhatTheStreamBrought_CostsNothing()
    {
        await using var follower = new Follower(host, root, [root], time: TimeProvider.System);
        root.Issue(1);
        host.Show(root);
        await follower.AppliedAsync(root);

        for (var i = 0; i < 100; i++)
            follower.Journals.Hear(News.Of(root.Body, root.Note(), root.Size - 1));
        root.Issue(1);
        host.Show(root);
        await follower.AppliedAsync(root);

        Assert.Equal((0, 1), (host.Calls("ReadJournal", root.Body), host.Calls("FollowJournal", root.Body)));
    }

    [Fact]
    public async Task News_AndStreamAtOnce_ApplyEveryEntryOnceAndInOrder()
    {
        await using var follower = new Follower(host, root, [root], time: TimeProvider.System);
        var applied = new List<ulong>();
        follower.Journals.Applied += (_, entry) => applied.Add(entry.Entry.Index);
        await follower.AppliedAsync(root, 1);

        for (var i = 0; i < 200; i++)
        {
            root.Issue(1);
            host.Show(root);
            follower.Journals.Hear(News.Of(root.Body, root.Note(), root.Size - 1));
            follower.Journals.Hear(News.Of(root.Body, root.Note(), root.Size - 1));
        }
        await follower.AppliedAsync(root);

        Assert.Equal(Enumerable.Range(0, root.Size).Select(i => (ulong)i), applied);
        Assert.Empty(follower.Security.All());
    }

    [Fact]
    public async Task News_ThatContradictsTheJournal_IsRefusedAndRememberedAndHasNoEffect()
    {
        using var another = new MadeJournal(root.Body, root.Tier);
        await using var follower = new Follower(host, root, [root], time: TimeProvider.System);
        await follower.AppliedAsync(root);
        var before = follower.Look(root, replica => (replica.Books.Size, replica.Checkpoint));

        follower.Journals.Hear(News.Of(root.Body, root.Note(), 999));
        follower.Journals.Hear(News.Of(root.Body, another.Note(), 0));
        follower.Journals.Hear(new JournalMoved(root.Body, 1, 9, 3, ""));

        await Wait.UntilAsync(() => follower.Security.All().Count == 3, "what is remembered");
        Assert.Equal(["EVENT_BEYOND_JOURNAL", "EVENT_INDEXES_WRONG", "EVENT_NOT_SIGNED"], follower.Security.All().Select(one => one.Reason).Order(StringComparer.Ordinal));
        Assert.All(follower.Security.All(), one => Assert.Equal((root.Body, root.Body), (one.ClaimedSender, one.Receiver)));
        Assert.Equal(before, follower.Look(root, replica => (replica.Books.Size, replica.Checkpoint)));
        Assert.Null(follower.Look(root, replica => replica.Quarantined));
    }

    [Fact]
    public async Task News_OfMadeUpEpochs_IsRememberedAndDoesNotInterruptTheStream()
    {
        await using var follower = new Follower(host, root, [root], time: TimeProvider.System);
        await follower.AppliedAsync(root);

        for (var asked = 0; asked < 5; asked++)
        {
            follower.Journals.Hear(new JournalMoved(root.Body, (uint)asked + 2, 0, 0, ""));
            // The body was asked for it, and the entry comes over the stream meanwhile.
            await Wait.UntilAsync(() => follower.Security.All().SingleOrDefault()?.Count == (ulong)asked + 1, "what is remembered");
            root.Issue(1);
            host.Show(root);
            await follower.AppliedAsync(root);
        }

        Assert.Equal("EVENT_EPOCH_UNKNOWN", follower.Security.All().Single().Reason);
        Assert.Equal((1, 5), (host.Calls("FollowJournal", root.Body), host.Calls("ReadJournal", root.Body)));
    }

    /// <summary>It may be merely new here: what the body cannot be asked for is not held against anybody.</summary>
    [Fact]
    public async Task News_OfAnEpochThatTheBodyHas_IsNotRemembered()
    {
        host.HasLaterEpochs = true;
        await using var follower = new Follower(host, root, [root], time: TimeProvider.System);
        await follower.AppliedAsync(root);

        follower.Journals.Hear(new JournalMoved(root.Body, 2, 0, 0, ""));
        await Wait.UntilAsync(() => host.Calls("ReadJournal", root.Body) == 1, "the question");
        host.HasLaterEpochs = false;
        follower.Journals.Hear(new JournalMoved(root.Body, 3, 0, 0, ""));

        await Wait.UntilAsync(() => follower.Security.All().Count > 0, "what is remembered of the made-up one");
        Assert.Equal((1ul, 2, 1), (follower.Security.All().Single().Count, host.Calls("ReadJournal", root.Body), host.Calls("FollowJournal", root.Body)));
    }

    /// <summary>It is not the news that is believed, but the body's own signature.</summary>
    [Fact]
    public async Task News_WithACheckpointOfAnotherHistoryThatTheBodySigned_QuarantinesIt()
    {
        await using var follower = new Follower(host, root, [root], time: TimeProvider.System);
        await follower.AppliedAsync(root);
        var other = new Journal.Checkpoint(root.Verifier.Name, root.Size, new byte[32]).Sign(root.Verifier, root.Key);

        follower.Journals.Hear(News.Of(root.Body, other, 0));

        await follower.SeenAsync(root, replica => replica is { Quarantined: not null, Evidence: not null }, "quarantined with evidence");
    }
}
