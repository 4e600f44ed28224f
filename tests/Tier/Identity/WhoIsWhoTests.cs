using Google.Protobuf;

namespace FundingFlows.Tiers.Tests;

/// <summary>A body's key is known when a chain of registrations, each by a body of a tier above, leads to it from the pinned root.</summary>
public sealed class WhoIsWhoTests : IAsyncLifetime
{
    private readonly MadeJournal root = new("mhclg", Tier.CentralGovernment);
    private readonly MadeJournal council = new("durham", Tier.Council, "mhclg");
    private readonly MadeJournal forum = new("easington", Tier.NeighbourhoodForum, "durham");
    private MadeHost host = null!;

    public async ValueTask InitializeAsync() => host = await MadeHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Array.ForEach([root, council, forum], journal => journal.Dispose());
    }

    [Fact]
    public async Task Root_IsKnownFromTheSettingsAlone()
    {
        await using var follower = New();

        var known = await follower.FindAsync(root);

        Assert.Equal((root.Verifier.ToString(), 1u, null), (known?.Key.ToString(), known!.Epoch, known.Registration));
        Assert.Equal(0, host.Calls("GetEntry", root.Body));
    }

    [Fact]
    public async Task Root_WithAnotherKeyThanPinned_VouchesForNobody()
    {
        using var pretender = new MadeJournal(root.Body, root.Tier);
        pretender.Say(new Fact { BodyRegistered = council.Registration });
        host.Show(pretender);
        host.Show(council);
        await using var follower = New();

        Assert.Null(await follower.FindAsync(council));

        Assert.Equal("The journal of mhclg is not believed: its genesis is not that of the registered body", follower.Look(root, replica => replica.Quarantined));
        Assert.Equal(root.Verifier.ToString(), (await follower.FindAsync(root))?.Key.ToString());
    }

    [Fact]
    public async Task Body_AtTheEndOfAChain_IsKnownByItsRegistrationOnly()
    {
        root.Say(new Fact { BodyRegistered = council.Registration });
        council.Say(new Fact { BodyRegistered = forum.Registration });
        Show();
        await using var follower = New();

        var known = await follower.FindAsync(forum);

        Assert.Equal((forum.Verifier.ToString(), forum.Registration), (known?.Key.ToString(), known!.Registration));
        Assert.Equal(council.Verifier.ToString(), (await follower.FindAsync(council))?.Key.ToString());
    }

    [Fact]
    public async Task Body_WhoseRegistrationIsNotSeenYet_IsKnownOnceItIs()
    {
        Show();
        await using var follower = New();
        Assert.Null(await follower.FindAsync(council));

        root.Say(new Fact { BodyRegistered = council.Registration });
        host.Show(root, note: root.Note(1));
        await follower.SeenAsync(root, replica => replica.Next == 2, "the registration, not yet signed");
        Assert.Null(await follower.FindAsync(council));
        host.Show(root);

        Assert.Equal(council.Verifier.ToString(), (await Wait.UntilAsync(() => follower.FindAsync(council), known => known is not null, "the registration"))?.Key.ToString());
    }

    [Fact]
    public async Task Body_WhoseRegistrarIsNotRegistered_IsNotKnown()
    {
        council.Say(new Fact { BodyRegistered = forum.Registration });
        Show();
        await using var follower = New();

        Assert.Null(await follower.FindAsync(forum));

        Assert.Null(follower.Follow(council).Replica);
        Assert.Equal(0, host.Calls("FollowJournal", council.Body));
    }

    [Theory]
    [InlineData(Tier.Council)]
    [InlineData(Tier.CombinedAuthority)]
    [InlineData(Tier.CentralGovernment)]
    public async Task Body_RegisteredByOneThatIsNotAboveIt_IsNotKnown(Tier tier)
    {
        using var upstart = new MadeJournal("upstart", tier, council.Body);
        root.Say(new Fact { BodyRegistered = council.Registration });
        council.Say(new Fact { BodyRegistered = upstart.Registration });
        Show();
        host.Show(upstart);
        await using var follower = New(upstart);

        Assert.Null(await follower.FindAsync(upstart));

        await follower.AppliedAsync(council);
    }

    [Theory]
    [InlineData("origin")]
    [InlineData("epoch")]
    [InlineData("key")]
    public async Task Body_RegisteredAsNoRulePermits_IsNotKnownAndTheOthersAre(string what)
    {
        var registration = council.Registration;
        if (what == "origin")
            registration.Origin = "another-federation/durham/1";
        else if (what == "epoch")
            registration.Epoch = 0;
        else
            registration.PublicKey = ByteString.CopyFrom(new byte[31]);
        root.Say(new Fact { BodyRegistered = registration });
        root.Say(new Fact { BodyRegistered = forum.Registration });
        Show();
        await using var follower = New();

        Assert.Null(await follower.FindAsync(council));

        Assert.NotNull(await follower.FindAsync(forum));
    }

    [Fact]
    public async Task Body_ThatHasNoAddress_IsNotLookedFor()
    {
        Show();
        await using var follower = new Follower(host, root, [root]);

        Assert.Null(await follower.FindAsync(council));

        Assert.Equal((0, 0), (host.Calls("GetEntry", council.Body), host.Calls("FollowJournal", root.Body)));
    }

    [Fact]
    public async Task Body_ThatNamesARegistrarWithoutAddress_IsNotLookedFor()
    {
        using var orphan = new MadeJournal("orphan", Tier.Council, "nobody");
        host.Show(orphan);
        await using var follower = New(orphan);

        Assert.Null(await follower.FindAsync(orphan));
        Assert.Equal(0, host.Calls("FollowJournal", "nobody"));
    }

    [Fact]
    public async Task Body_ThatNamesItselfAsRegistrar_IsNotKnown()
    {
        using var selfMade = new MadeJournal("selfmade", Tier.Council);
        selfMade.Say(new Fact { BodyRegistered = selfMade.Registration });
        host.Show(selfMade);
        await using var follower = New(selfMade);

        Assert.Null(await follower.FindAsync(selfMade));
        Assert.Null(follower.Follow(selfMade).Replica);
    }

    [Fact]
    public async Task Body_ThatCannotBeAsked_IsNotKnownUntilItCan()
    {
        root.Say(new Fact { BodyRegistered = council.Registration });
        host.Show(root);
        await using var follower = New();
        Assert.Null(await follower.FindAsync(council));

        host.Show(council);

        Assert.NotNull(await follower.FindAsync(council));
    }

    private Follower New(params MadeJournal[] further) => new(host, root, [root, council, forum, .. further]);

    private void Show() => Array.ForEach([root, council, forum], journal => host.Show(journal));
}
