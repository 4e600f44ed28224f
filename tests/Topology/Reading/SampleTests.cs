using System.Text.Json;

namespace FundingFlows.Topologies.Tests;

/// <summary>The sample is the real North East.</summary>
public sealed class SampleTests
{
    private static readonly Topology Sample = TopologyReader.Read(Topology.SamplePath);

    [Theory]
    [InlineData(Tier.CentralGovernment, 1)]
    [InlineData(Tier.CombinedAuthority, 2)]
    [InlineData(Tier.Council, 13)]
    [InlineData(Tier.NeighbourhoodForum, 57)]
    public void Sample_OfEachTier_HasItsBodies(Tier tier, int bodies) => Assert.Equal(bodies, Sample.OfTier(tier).Count());

    [Theory]
    [InlineData("E06000001", 4)]
    [InlineData("E06000002", 5)]
    [InlineData("E06000003", 3)]
    [InlineData("E06000004", 6)]
    [InlineData("E06000005", 0)]
    [InlineData("E06000047", 16)]
    [InlineData("E06000057", 6)]
    [InlineData("E08000021", 3)]
    [InlineData("E08000022", 0)]
    [InlineData("E08000023", 4)]
    [InlineData("E08000024", 8)]
    [InlineData("E08000037", 1)]
    public void Council_OfTheSample_HasAForumForEachLeftBehindWard(string council, int forums) => Assert.Equal(forums, Sample.FundedFrom(council).Count());

    [Fact]
    public void Councils_OfTheSample_HaveTheirPopulations() =>
        Assert.Equal(2_760_678, Sample.OfTier(Tier.Council).Where(council => council.SucceededBy.Count == 0).Sum(council => council.Population!.Value));

    [Fact]
    public void CouncilThatIsAbolished_InTheSample_SaysThatItIsInventedAndGoesToRealOnes()
    {
        var invented = Assert.Single(Sample.Bodies, body => body.SucceededBy.Count > 0);
        Assert.EndsWith("(invented)", invented.Name, StringComparison.Ordinal);
        Assert.Equal(["Durham County Council", "Darlington Borough Council"], invented.SucceededBy.Select(id => Sample.Body(id).Name));
    }

    [Fact]
    public void ForumThatIsClosed_InTheSample_SaysThatItIsInventedAndHasNoFunderAlongTheTiers()
    {
        var invented = Assert.Single(Sample.OfTier(Tier.NeighbourhoodForum), forum => forum.FundedBy.Count == 0);
        Assert.EndsWith("(invented)", invented.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Councils_OfTheSample_RunInTwoInstances() =>
        Assert.Equal(["council-a", "council-b"], Sample.OfTier(Tier.Council).Select(council => council.Instance).Distinct().Order());

    [Fact]
    public void Awards_OfTheSample_AddUpToThePublishedTotal()
    {
        var path = Path.Combine(LocalHost.Folder, "Sample", "levelling-up-fund.json");
        using var file = JsonDocument.Parse(File.ReadAllBytes(path));
        var awards = file.RootElement.GetProperty("awards").EnumerateArray().ToList();
        Assert.Equal(208_348_482, awards.Sum(award => award.GetProperty("pounds").GetInt64()));
        Assert.All(awards, award => Sample.Body(award.GetProperty("body").GetString()!));
    }
}
