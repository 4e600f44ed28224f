namespace FundingFlows.Allocations.Tests;

/// <summary>Two allocations side by side.</summary>
public sealed class ComparingTests
{
    private static readonly IndicatorTable Four = IndicatorTable.Of(
        [Some.People(), Some.Score(), Some.Score("left_behind")],
        [
            (new Recipient("a", "A", "North"), [100m, 30m, 1m]),
            (new Recipient("b", "B", "North"), [100m, 10m, 0m]),
            (new Recipient("c", "C", "South"), [100m, 20m, 0m]),
            (new Recipient("d", "D", "South"), [100m, 20m, 1m]),
        ]).Value;

    private static AllocationResult Flat(long pot = 800) => Some.Result(Some.Formula([new Flat("flat", 10_000)]), Four, pot);

    private static AllocationResult ByNeed => Some.Result(Some.Formula([new ByNeed("need", 10_000, "population", "need", Power.One)]), Four, 800);

    [Fact]
    public void Comparison_TellsGainersLosersAndHowFarMoneyIsFromNeed()
    {
        // 200 each; by need 300, 100, 200, 200.
        var comparison = Comparing.Compare(Flat(), ByNeed, "population", "need", "left_behind").Value;
        Assert.Equal([100, -100, 0, 0], comparison.Changes.Select(change => change.ChangePence));
        Assert.Equal((1, 1, 100), (comparison.Gainers, comparison.Losers, comparison.MovedPence));
        // One eighth of all is in the wrong place, all of it within the north, where it is a quarter.
        Assert.Equal(new Findings(1_250, 0, 5_000), comparison.Before);
        Assert.Equal(new Findings(0, 0, 6_250), comparison.After);
        Assert.Equal([new GroupGap("North", 2_500, 0), new GroupGap("South", 0, 0)], comparison.Groups);
    }

    [Fact]
    public void Comparison_WithoutIndexOrMark_GoesByTheCount()
    {
        var comparison = Comparing.Compare(Flat(), ByNeed, "population", null, null).Value;
        Assert.Equal(new Findings(0, 0, null), comparison.Before);
        Assert.Equal(new Findings(1_250, 0, null), comparison.After);
    }

    [Fact]
    public void Comparison_OfDifferentRecipients_OrWithoutTheIndicator_IsRefused()
    {
        var other = Some.Result(Some.Formula([new Flat("flat", 10_000)]), Some.Table([Some.People()], [1m]), 1);
        Assert.Equal(
            ["The two allocations have different recipients: compare allocations to the same.", "The comparison needs the indicator roads, which is not in the table."],
            Comparing.Compare(Flat(), other, "population", "roads", null).Faults.Select(fault => fault.Sentence));
    }
}
