namespace FundingFlows.Topologies.Tests;

/// <summary>A table of councils becomes a topology; a bad one is refused with the line, the fault and the remedy.</summary>
public sealed class PlacesImportTests
{
    [Fact]
    public void Table_ThatIsGood_BecomesEveryBodyThatItNames()
    {
        var topology = SmallCountry.Topology;
        Assert.Equal(
            (1, 3, 10, 14),
            (topology.OfTier(Tier.CentralGovernment).Count(), topology.OfTier(Tier.CombinedAuthority).Count(), topology.OfTier(Tier.Council).Count(), topology.OfTier(Tier.NeighbourhoodForum).Count()));
        Assert.Equal(
            ["E06000001-f1", "E06000001-f2", "E06000002-f1", "E06000058-f1", "E07000033-f1", "E07000033-f2", "E07000033-f3", "E07000010-f1", "E07000010-f2", "E07000010-f3", "E07000010-f4", "E07000010-f5", "E07000010-f6", "E09000002-f1"],
            topology.OfTier(Tier.NeighbourhoodForum).Select(forum => forum.Id));
        var council = topology.Body("E06000058");
        Assert.Equal(("Bournemouth, Christchurch and Poole Council", LegalForm.LocalAuthority, 409_000L, 17.5m), (council.Name, council.LegalForm, council.Population, council.Deprivation));
        Assert.Null(topology.Body("E09000002").Deprivation);
        Assert.Equal("Bolsover Neighbourhood Forum 3", topology.Body("E07000033-f3").Name);
        Assert.Equal(
            [LegalForm.ParishCouncil, LegalForm.Charity, LegalForm.CommunityInterestCompany, LegalForm.Unincorporated, LegalForm.ParishCouncil],
            topology.OfTier(Tier.NeighbourhoodForum).Take(5).Select(forum => forum.LegalForm));
    }

    [Theory]
    [InlineData("E47000006", "mhclg")]
    [InlineData("E06000001", "E47000006")]
    [InlineData("E06000058", "mhclg")]
    [InlineData("E07000033", "mhclg")]
    [InlineData("E07000010", "E47000008")]
    [InlineData("E10000003", "E47000008")]
    [InlineData("E10000007", "mhclg")]
    [InlineData("E09000002", "E12000007")]
    [InlineData("E07000010-f1", "E07000010")]
    public void Body_OfTheTable_IsFundedByTheOneAboveIt(string body, string funder)
    {
        Assert.Equal([funder], SmallCountry.Topology.Body(body).FundedBy);
        Assert.Equal(body.Contains('-', StringComparison.Ordinal) ? funder : "mhclg", SmallCountry.Topology.Body(body).RegisteredBy);
    }

    [Fact]
    public void Councils_OfASmallTable_RunInTwoInstances() =>
        Assert.Equal([("council-a", 5), ("council-b", 5)], SmallCountry.Topology.OfTier(Tier.Council).GroupBy(council => council.Instance).Select(same => (same.Key, same.Count())));

    [Fact]
    public void Councils_OfALargeTable_AreSpreadOverInstances()
    {
        var rows = Enumerable.Range(1, 7_000).Select(i => $"E0{7_000_000 + i},Council {i},Council {i},,,,,,,,0");
        var topology = TopologyReader.Parse(PlacesImport.TextOf($"{SmallCountry.Header}\n{string.Join('\n', rows)}", "many.csv"), "many.json");
        var sizes = topology.OfTier(Tier.Council).GroupBy(council => council.Instance).ToDictionary(same => same.Key, same => same.Count());
        Assert.Equal(28, sizes.Count);
        Assert.All(sizes, one => Assert.Equal(250, one.Value));
        Assert.Contains("council-ab", sizes.Keys);
        Assert.DoesNotContain(topology.Instances, instance => instance.Service is ServiceKind.NeighbourhoodForum or ServiceKind.CombinedAuthority);
    }

    [Theory]
    [InlineData("gss_code,official_name", "code,official_name", 1, "the header lacks gss_code; add this column.")]
    [InlineData(",region,", ",short_name,", 1, "the header names short_name twice")]
    [InlineData("E06000002,Middlesbrough", "E6,Middlesbrough", 3, "gss_code is \"E6\"; write the code of a council")]
    [InlineData("E06000002,Middlesbrough", "E10000007,Middlesbrough", 3, "E10000007 is a county; write counties only in the column county_gss_code")]
    [InlineData("E06000002,Middlesbrough", "E06000001,Middlesbrough", 3, "E06000001 stands twice, first in line 2; remove one of the two.")]
    [InlineData(",Middlesbrough Borough Council,", ",,", 3, "official_name of E06000002 must be 1 to 100 characters")]
    [InlineData(",Middlesbrough,Unitary", ", Middlesbrough,Unitary", 3, "short_name of E06000002 must be 1 to 60 characters")]
    [InlineData("E10000007,,,130000", "E10000099,,,130000", 5, "county_gss_code is \"E10000099\", which is no county council of England; correct it")]
    [InlineData("E47000006,Tees Valley Combined Authority,156000", "E47000006,Tees Valley,156000", 3, "E47000006 is called \"Tees Valley\" here and \"Tees Valley Combined Authority\" in line 2; give it one name.")]
    [InlineData("E47000006,Tees Valley Combined Authority,156000", ",Tees Valley Combined Authority,156000", 3, "combined_authority_name is given without combined_authority_gss_code")]
    [InlineData("E47000006,Tees Valley Combined Authority,156000", "E47000006,,156000", 3, "combined_authority_name of E47000006 must be 1 to 100 characters")]
    [InlineData("E47000006,Tees Valley Combined Authority,156000", "E06000001,Tees Valley Combined Authority,156000", 3, "combined_authority_gss_code is \"E06000001\"; write the code of a combined authority")]
    [InlineData("156000", "many", 3, "population_mid_2024 is \"many\"; write a whole number from 0 to 1,000,000,000")]
    [InlineData("156000", "-1", 3, "population_mid_2024 is \"-1\"; write a whole number")]
    [InlineData("156000", "99999999999999999999", 3, "population_mid_2024 is \"99999999999999999999\"")]
    [InlineData("156000", "\"156,000\"", 3, "population_mid_2024 is \"156,000\"; write a whole number from 0 to 1,000,000,000, in digits alone.")]
    [InlineData(",40,1", ",101,1", 3, "imd_2025_average_score is \"101\"; write a number from 0 to 100")]
    [InlineData(",40,1", ",40,", 3, "left_behind_wards_2019 is \"\"; write a whole number from 0 to 99")]
    [InlineData(",40,1", ",40,1.5", 3, "left_behind_wards_2019 is \"1.5\"")]
    [InlineData(",40,1", ",40", 3, "the row has 10 fields and the header 11; put quotes around a field that holds a comma.")]
    [InlineData("\"Bournemouth, Christchurch and Poole Council\"", "Bournemouth, Christchurch and Poole Council", 4, "the row has 12 fields and the header 11")]
    [InlineData("\"Bournemouth, Christchurch and Poole\"", "Bournemouth\"s", 4, "a quote stands where none may; put quotes around the whole field")]
    [InlineData("Fenland District Council", "\"Fenland District Council", 8, "a quote stands where none may")]
    public void Table_WithAFault_IsRefusedWithItsLine(string good, string bad, int line, string fault)
    {
        Assert.Contains(good, SmallCountry.Places, StringComparison.Ordinal);
        var at = SmallCountry.Places.IndexOf(good, StringComparison.Ordinal);
        var text = SmallCountry.Places[..at] + bad + SmallCountry.Places[(at + good.Length)..];
        var problem = Assert.Throws<TableException>(() => PlacesImport.TextOf(text, "places.csv"));
        Assert.StartsWith($"places.csv, line {line}: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(fault, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Theory]
    [InlineData("", "places.csv, line 1: the header lacks gss_code, official_name, ")]
    [InlineData(SmallCountry.Header, "places.csv, line 1: there is no row below the header; add one for each council.")]
    [InlineData("\"", "places.csv, line 1: a quote stands where none may")]
    public void Table_ThatHoldsNothing_IsRefused(string text, string fault) =>
        Assert.StartsWith(fault, Assert.Throws<TableException>(() => PlacesImport.TextOf(text, "places.csv")).Message, StringComparison.Ordinal);

    [Fact]
    public void Table_WithSeveralFaults_NamesTheFirstAndSaysHowManyMore()
    {
        var bad = SmallCountry.Places.Replace("98000", "few", StringComparison.Ordinal).Replace("156000", "many", StringComparison.Ordinal);
        var problem = Assert.Throws<TableException>(() => PlacesImport.TextOf(bad, "places.csv"));
        Assert.StartsWith("places.csv, line 2: ", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("(And one more fault.)", problem.Message, StringComparison.Ordinal);
    }
}
