namespace FundingFlows.Tiers.Tests;

/// <summary>When registrations contradict each other, nobody gets another's name by coming first.</summary>
public sealed class ContradictionTests : IAsyncLifetime
{
    private readonly MadeJournal root = new("mhclg", Tier.CentralGovernment);
    private readonly MadeJournal region = new("north", Tier.CombinedAuthority, "mhclg");
    private readonly MadeJournal council = new("durham", Tier.Council, "mhclg");
    private readonly MadeJournal other = new("newcastle", Tier.Council, "mhclg");
    private readonly MadeJournal forum = new("easington", Tier.NeighbourhoodForum, "durham");
    private readonly MadeJournal impostor = new("easington", Tier.NeighbourhoodForum, "newcastle");
    private MadeHost host = null!;

    private MadeJournal[] All => [root, region, council, other, forum];

    public async ValueTask InitializeAsync()
    {
        host = await MadeHost.StartAsync();
        foreach (var journal in new[] { region, council, other })
            root.Say(new Fact { BodyRegistered = journal.Registration });
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Array.ForEach([.. All, impostor], journal => journal.Dispose());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_RegisteredByTwoEquals_IsWhoItsOwnRegistrarSays(bool impostorFirst)
    {
        council.Say(new Fact { BodyRegistered = forum.Registration });
        other.Say(new Fact { BodyRegistered = impostor.Registration });
        await using var follower = await FollowingAsync(impostorFirst ? [other, council] : [council, other]);

        Assert.Equal(forum.Verifier.ToString(), (await follower.FindAsync(forum))?.Key.ToString());
        await follower.AppliedAsync(forum);
    }

    [Fact]
    public async Task Body_RegisteredByTwoEqualsThatCannotBeAsked_IsNotKnown()
    {
        council.Say(new Fact { BodyRegistered = forum.Registration });
        other.Say(new Fact { BodyRegistered = impostor.Registration });
        await using var follower = await FollowingAsync([council, other], shown: [root, region, council, other]);

        Assert.Null(await follower.FindAsync(forum));

        host.Show(forum);
        Assert.NotNull(await follower.FindAsync(forum));
    }

    [Fact]
    public async Task Body_WhoseRegistrarIsNotSeenYet_IsNotWhoAnImpostorsRegistrarSays()
    {
        other.Say(new Fact { BodyRegistered = impostor.Registration });
        council.Say(new Fact { BodyRegistered = forum.Registration });
        await using var follower = await FollowingAsync([other], shown: [root, region, other, forum]);

        Assert.Null(await follower.FindAsync(forum));

        host.Show(council);
        Assert.Equal(forum.Verifier.ToString(), (await follower.KnownAsync(forum)).Key.ToString());
        await follower.AppliedAsync(forum);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_RegisteredByTwoTiers_IsWhoItsOwnRegistrarSaysAndNotTheHigher(bool higherFirst)
    {
        council.Say(new Fact { BodyRegistered = forum.Registration });
        region.Say(new Fact { BodyRegistered = impostor.Registration });
        await using var follower = await FollowingAsync(higherFirst ? [region, council] : [council, region]);

        Assert.Equal(forum.Verifier.ToString(), (await follower.FindAsync(forum))?.Key.ToString());
    }

    [Fact]
    public async Task Body_RegisteredOnlyByOneThatItDoesNotName_IsNotKnown()
    {
        region.Say(new Fact { BodyRegistered = forum.Registration });
        other.Say(new Fact { BodyRegistered = forum.Registration });
        await using var follower = await FollowingAsync([region, other]);

        Assert.Null(await follower.FindAsync(forum));
    }

    [Fact]
    public async Task Body_ThatShowsAnotherKeyThanItsRegistrarSays_IsNotKnownAndItsJournalNotBelieved()
    {
        council.Say(new Fact { BodyRegistered = forum.Registration });
        using var pretender = new MadeJournal("easington", Tier.NeighbourhoodForum, "durham");
        await using var follower = await FollowingAsync([council], shown: [root, region, council, other, pretender]);

        Assert.Null(await follower.FindAsync(forum));
        await follower.SeenAsync(forum, replica => replica.Quarantined == "The journal of easington is not believed: its genesis is not that of the registered body", "named");
    }

    [Fact]
    public async Task Key_RegisteredAnewByTheSameBody_IsRefusedAndTheRegistrarQuarantined()
    {
        council.Say(new Fact { BodyRegistered = forum.Registration });
        await using var follower = await FollowingAsync([council]);
        var before = await follower.FindAsync(forum);

        council.Append(new Fact { BodyRegistered = impostor.Registration });
        host.Show(council);
        await follower.SeenAsync(council, replica => replica.Quarantined is not null, "named");

        Assert.StartsWith("The journal of durham is not believed: entry 2 breaks the rules of money: ", follower.Look(council, replica => replica.Quarantined), StringComparison.Ordinal);
        Assert.Equal(before, await follower.FindAsync(forum));
        Assert.Equal(forum.Verifier.ToString(), before?.Key.ToString());
    }

    [Fact]
    public async Task Key_OnceKnown_IsNotChangedByWhoeverComesLater()
    {
        council.Say(new Fact { BodyRegistered = forum.Registration });
        await using var follower = await FollowingAsync([council, region]);
        var before = await follower.FindAsync(forum);

        region.Say(new Fact { BodyRegistered = impostor.Registration });
        host.Show(region);
        await follower.AppliedAsync(region);

        Assert.Equal(before, await follower.FindAsync(forum));
    }

    /// <summary>Follows these in this order, until all that they say is known.</summary>
    private async Task<Follower> FollowingAsync(MadeJournal[] order, MadeJournal[]? shown = null)
    {
        Array.ForEach(shown ?? All, journal => host.Show(journal));
        var follower = new Follower(host, root, All);
        foreach (var journal in order)
            await follower.AppliedAsync(journal);
        return follower;
    }
}
