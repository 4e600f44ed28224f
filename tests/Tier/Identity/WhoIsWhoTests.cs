namespace FundingFlows.Tiers.Tests;

/// <summary>A body's key is known when a chain of registrations leads to it from the pinned root.</summary>
public sealed class WhoIsWhoTests : ThreeTiers
{
    [Fact]
    public async Task Root_IsKnownFromTheSettingsAlone()
    {
        await using var follower = New();

        var known = await follower.FindAsync(Root);

        Assert.Equal((Root.Verifier.ToString(), 1u, null), (known?.Key.ToString(), known!.Epoch, known.Registration));
        Assert.Equal(0, Host.Calls("GetEntry", Root.Body));
    }

    [Fact]
    public async Task Root_WithAnotherKeyThanPinned_VouchesForNobody()
    {
        using var pretender = new MadeJournal(Root.Body, Root.Tier);
        pretender.Say(new Fact { BodyRegistered = Council.Registration });
        Host.Show(pretender);
        Host.Show(Council);
        await using var follower = New();

        await follower.SeenAsync(Root, replica => replica.Quarantined == "The journal of mhclg is not believed: its genesis is not that of the registered body", "named");

        Assert.Null(await follower.FindAsync(Council));
        Assert.Equal(Root.Verifier.ToString(), (await follower.FindAsync(Root))?.Key.ToString());
    }

    [Fact]
    public async Task Body_AtTheEndOfAChain_IsKnownByItsRegistrationOnly()
    {
        Root.Say(new Fact { BodyRegistered = Council.Registration });
        Council.Say(new Fact { BodyRegistered = Forum.Registration });
        Show();
        await using var follower = New();

        var known = await follower.KnownAsync(Forum);

        Assert.Equal((Forum.Verifier.ToString(), Forum.Registration), (known.Key.ToString(), known.Registration));
        Assert.Equal(Council.Verifier.ToString(), (await follower.FindAsync(Council))?.Key.ToString());
    }

    [Fact]
    public async Task Body_WhoseRegistrationIsNotSeenYet_IsKnownOnceItIs()
    {
        Show();
        await using var follower = New();
        Assert.Null(await follower.FindAsync(Council));

        Root.Say(new Fact { BodyRegistered = Council.Registration });
        Host.Show(Root, note: Root.Note(1));
        await follower.SeenAsync(Root, replica => replica.Next == 2, "the registration, not yet signed");
        Assert.Null(await follower.FindAsync(Council));
        Host.Show(Root);

        Assert.Equal(Council.Verifier.ToString(), (await follower.KnownAsync(Council)).Key.ToString());
    }

    [Fact]
    public async Task Body_ThatCannotBeAsked_IsNotKnownUntilItCan()
    {
        Root.Say(new Fact { BodyRegistered = Council.Registration });
        Host.Show(Root);
        await using var follower = New();
        Assert.Null(await follower.FindAsync(Council));

        Host.Show(Council);

        Assert.Equal(Council.Verifier.ToString(), (await follower.KnownAsync(Council)).Key.ToString());
    }

    private Follower New() => new(Host, Root, All);
}
