using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>A body is who its registration says, and nobody before that.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task Journal_OfAnUnregisteredBody_IsNotBelieved()
    {
        var federation = new ForgedFederation();
        federation.PlayFourTiers();
        var stranger = federation.Add("stranger", Tier.Council, Central);
        await using var auditing = await Auditing.StartAsync(federation);
        stranger.Do(new OpenFund("own", "Own", new DocumentDigest(), new Years(Year, Year), [new SplitShare { Kind = Kind.Capital, BasisPoints = 10_000 }], [], FundRules.None));
        stranger.Do(new IssueMoney("stranger.own", new SourceId(SourceKind.Income, "printed"), 100));

        var books = await auditing.ReconciledAsync("stranger");

        var coverage = await auditing.CoverageAsync("stranger");
        Assert.False(coverage.Registered);
        Assert.Equal(0UL, coverage.Applied);
        Assert.False(books.Complete);
        Assert.Equal(1_000_00, books.IssuedPence);
        Assert.Equal("stranger", (await auditing.Audit.ListBodiesAsync(new ListBodiesRequest())).Bodies.Single(body => body.Tier == Tier.Unspecified).OfficialName);
        federation.Register("stranger");
        await auditing.ReconciledAsync();
        Assert.True((await auditing.CoverageAsync("stranger")).Registered);
    }

    [Fact]
    public async Task Journal_OfABodyRegisteredFromBelow_IsNotBelieved()
    {
        var federation = new ForgedFederation();
        federation.Add("upstart", Tier.CombinedAuthority, Council);
        federation.Register("upstart");
        await using var auditing = await Auditing.StartAsync(federation);

        await auditing.ReconciledAsync("upstart");

        Assert.False((await auditing.CoverageAsync("upstart")).Registered);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("tier")]
    public async Task Journal_OtherThanRegistered_IsNotBelieved(string what)
    {
        var federation = new ForgedFederation();
        federation.Add("other", Tier.Council, Central);
        federation.Register("other", registration =>
        {
            if (what == "key")
                registration.PublicKey = federation[Forum].Genesis.PublicKey;
            else
                registration.Tier = Tier.NeighbourhoodForum;
        });
        await using var auditing = await Auditing.StartAsync(federation);

        await auditing.ReconciledAsync();

        Assert.Equal("The journal of other is not believed: its genesis is not that of the registered body", (await auditing.CoverageAsync("other")).Quarantined);
    }

    [Fact]
    public async Task Name_OfABody_IsAsRegisteredNotAsItCallsItself()
    {
        var federation = new ForgedFederation();
        federation.Add("other", Tier.Council, Central);
        federation.Register("other", registration => registration.OfficialName = "A Small Council");
        await using var auditing = await Auditing.StartAsync(federation);

        await auditing.ReconciledAsync();

        var bodies = (await auditing.Audit.ListBodiesAsync(new ListBodiesRequest())).Bodies;
        Assert.Equal("A Small Council", bodies.Single(body => body.Id == "other").OfficialName);
        Assert.Equal("Body mhclg", bodies.Single(body => body.Id == Central).OfficialName);
    }
}
