namespace FundingFlows.Topologies.Tests;

/// <summary>The tables of all England. They are not part of the project, so these run only when they are asked for.</summary>
public sealed class EnglandTests
{
    [Fact(Explicit = true)]
    public void England_Imported_HasEveryBody()
    {
        var topology = England();
        Assert.Equal(557, topology.Bodies.Count);
        Assert.Equal(
            (1, 14, 296 + 21, 225),
            (topology.OfTier(Tier.CentralGovernment).Count(), topology.OfTier(Tier.CombinedAuthority).Count(), topology.OfTier(Tier.Council).Count(), topology.OfTier(Tier.NeighbourhoodForum).Count()));
        Assert.Equal(58_620_101, topology.OfTier(Tier.Council).Sum(council => council.Population ?? 0));
        Assert.Equal(7, topology.Instances.Count);
    }

    [Fact(Explicit = true)]
    public void Awards_OfEngland_AddUpToThePublishedTotal()
    {
        var awards = AwardsTable.Read(Table("levelling-up-fund-awards.csv"), England());
        Assert.Equal((1_351_429_917_00L, 1_631_780_348_00L), (Round(1), Round(2)));

        long Round(int round) => awards.Where(award => award.Round == round).Sum(award => award.AmountPence);
    }

    private static Topology England()
    {
        using var data = new DataFolder();
        return PlacesImport.Run(Table("places.csv"), data["england.json"]);
    }

    private static string Table(string name)
    {
        var path = Path.Combine(Environment.GetEnvironmentVariable("FUNDINGFLOWS_TABLES") ?? "", name);
        Assert.True(File.Exists(path), $"{name} is not here: name the folder that holds it in the environment as FUNDINGFLOWS_TABLES.");
        return path;
    }
}
