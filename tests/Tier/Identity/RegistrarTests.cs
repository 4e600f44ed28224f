using Google.Protobuf;

namespace FundingFlows.Tiers.Tests;

/// <summary>Only who is itself known, stands above and registers as the rules permit can make another known.</summary>
public sealed class RegistrarTests : ThreeTiers
{
    [Fact]
    public async Task Body_WhoseRegistrarIsNotRegistered_IsNotKnown()
    {
        Council.Say(new Fact { BodyRegistered = Forum.Registration });
        Show();
        await using var follower = New();
        await follower.AppliedAsync(Root);

        Assert.Null(await follower.FindAsync(Forum));

        Assert.Null(follower.Follow(Council).Replica);
        Assert.Equal(0, Host.Calls("FollowJournal", Council.Body));
    }

    [Theory]
    [InlineData(Tier.Council)]
    [InlineData(Tier.CombinedAuthority)]
    [InlineData(Tier.CentralGovernment)]
    public async Task Body_RegisteredByOneThatIsNotAboveIt_IsNotKnown(Tier tier)
    {
        using var upstart = new MadeJournal("upstart", tier, Council.Body);
        Root.Say(new Fact { BodyRegistered = Council.Registration });
        Council.Say(new Fact { BodyRegistered = upstart.Registration });
        Show();
        Host.Show(upstart);
        await using var follower = New(upstart);
        await follower.AppliedAsync(Council);

        Assert.Null(await follower.FindAsync(upstart));
    }

    [Theory]
    [InlineData("origin")]
    [InlineData("epoch")]
    [InlineData("key")]
    public async Task Body_RegisteredAsNoRulePermits_IsNotKnownAndTheOthersAre(string what)
    {
        var registration = Council.Registration;
        if (what == "origin")
            registration.Origin = "another-federation/durham/1";
        else if (what == "epoch")
            registration.Epoch = 0;
        else
            registration.PublicKey = ByteString.CopyFrom(new byte[31]);
        using var other = new MadeJournal("newcastle", Tier.Council, Root.Body);
        Root.Say(new Fact { BodyRegistered = registration });
        Root.Say(new Fact { BodyRegistered = other.Registration });
        Show();
        Host.Show(other);
        await using var follower = New(other);
        await follower.AppliedAsync(Root);

        Assert.Null(await follower.FindAsync(Council));

        Assert.NotNull(await follower.FindAsync(other));
    }

    [Fact]
    public async Task Body_ThatHasNoAddress_IsNotLookedFor()
    {
        Show();
        await using var follower = new Follower(Host, Root, [Root]);

        Assert.Null(await follower.FindAsync(Council));

        Assert.Equal((0, 0), (Host.Calls("GetEntry", Council.Body), Host.Calls("FollowJournal", Root.Body)));
    }

    [Fact]
    public async Task Body_ThatNamesARegistrarWithoutAddress_IsNotLookedFor()
    {
        using var orphan = new MadeJournal("orphan", Tier.Council, "nobody");
        Host.Show(orphan);
        await using var follower = New(orphan);

        Assert.Null(await follower.FindAsync(orphan));
        Assert.Equal(0, Host.Calls("FollowJournal", "nobody"));
    }

    [Fact]
    public async Task Body_ThatNamesItselfAsRegistrar_IsNotKnown()
    {
        using var selfMade = new MadeJournal("selfmade", Tier.Council);
        selfMade.Say(new Fact { BodyRegistered = selfMade.Registration });
        Host.Show(selfMade);
        await using var follower = New(selfMade);

        Assert.Null(await follower.FindAsync(selfMade));
        Assert.Equal(0, Host.Calls("FollowJournal", selfMade.Body));
    }

    private Follower New(params MadeJournal[] further) => new(Host, Root, [.. All, .. further]);
}
