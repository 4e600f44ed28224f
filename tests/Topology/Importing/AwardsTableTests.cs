namespace FundingFlows.Topologies.Tests;

/// <summary>A table of awards is read to the pound; a bad one is refused with the line, the fault and the remedy.</summary>
public sealed class AwardsTableTests
{
    [Fact]
    public void Table_ThatIsGood_GivesEachAwardInPence()
    {
        var awards = AwardsTable.Parse(SmallCountry.Awards, "awards.csv", SmallCountry.Topology);
        Assert.Equal(
            [(2, "E06000001", 2_001_087_500L), (2, "E06000058", 1_999_386_400L), (1, "E07000032", 100_000_000L), (2, "E07000032", 200L), (1, "E07000008", 33_333_300L), (2, "E07000008", 33_333_300L)],
            awards.Select(award => (award.Round, award.Body, award.AmountPence)));
        Assert.Equal(SmallCountry.AwardedPence, awards.Sum(award => award.AmountPence));
    }

    [Theory]
    [InlineData("round_1_pounds", "round_one", 1, "the header lacks round_1_pounds; add this column.")]
    [InlineData("E06000058", "E06000059", 3, "gss_code is \"E06000059\", which is no body of the topology; correct it, or import a topology that has it.")]
    [InlineData("E06000058", "E47000006", 3, "E47000006 is not a council; attribute its award to councils.")]
    [InlineData("E06000058", "E06000001", 3, "E06000001 stands twice, first in line 2")]
    [InlineData("19993864", "-5", 3, "round_2_pounds is \"-5\"; write a whole number")]
    [InlineData("19993864", "1.50", 3, "round_2_pounds is \"1.50\"")]
    [InlineData("19993864", "", 3, "round_2_pounds is \"\"")]
    [InlineData("19993864", "10000000000001", 3, "round_2_pounds is \"10000000000001\"; write a whole number from 0 to 10,000,000,000,000")]
    [InlineData("19993864", "10000000000000", 1, "all rows together award more than the £10,000,000,000,000 that one fund may issue")]
    public void Table_WithAFault_IsRefusedWithItsLine(string good, string bad, int line, string fault)
    {
        Assert.Contains(good, SmallCountry.Awards, StringComparison.Ordinal);
        var problem = Assert.Throws<TableException>(() => AwardsTable.Parse(SmallCountry.Awards.Replace(good, bad, StringComparison.Ordinal), "awards.csv", SmallCountry.Topology));
        Assert.StartsWith($"awards.csv, line {line}: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(fault, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Table_ThatAwardsNothing_IsRefused() => Assert.Contains(
        "no row awards anything",
        Assert.Throws<TableException>(() => AwardsTable.Parse("gss_code,round_1_pounds,round_2_pounds\nE06000001,0,0\n", "awards.csv", SmallCountry.Topology)).Message, StringComparison.Ordinal);
}
