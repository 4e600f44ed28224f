namespace FundingFlows.Allocations.Tests;

/// <summary>What formula, pot and table must be together.</summary>
public sealed class RunRulesTests
{
    private static readonly Adjustment[] Held = [new Bound("loss", BoundSide.Floor, new LastYearLimit(9_000, "last_year"))];

    private static PotLine Line(int year) => new(year, Kind.Revenue, [], 1_000_00);

    [Fact]
    public void Years_ThatDoNotFollowOneAnother_AreRefusedWhereTheYearBeforeCounts()
    {
        var table = Some.Table([Some.People(), Some.Pounds()], [1m, 100m], [2m, 200m]);
        IReadOnlyList<PotLine> apart = [Line(2031), Line(2026)];

        var fault = Assert.Single(Run.Of(new RunInputs(Some.Formula([Some.ByPeople], Held), apart, table)).Faults);
        Assert.Equal(("pot", "loss goes by the year before, and after 2026-27 the pot has 2031-32: name the years between, or share them out apart."), (fault.Item, fault.Sentence));
        Assert.False(Run.Of(new RunInputs(Some.Formula([Some.ByPeople]), apart, table)).IsRefused);
        Assert.False(Run.Of(new RunInputs(Some.Formula([Some.ByPeople], Held), [Line(2027), Line(2026)], table)).IsRefused);
    }

    [Fact]
    public void Run_OfMoreFiguresThanAreKept_IsRefused()
    {
        var table = Some.Table([Some.People()], [.. Enumerable.Range(0, 70_000).Select(_ => (decimal?[])[1m])]);
        var formula = Some.Formula([.. Enumerable.Range(0, 10).Select(i => new Flat($"flat {i}", 1_000))]);

        var fault = Assert.Single(Run.Of(new RunInputs(formula, [.. Enumerable.Range(2026, 6).Select(Line)], table)).Faults);
        Assert.Equal(
            ("pot", "10 components and adjustments for 70,000 recipients in 6 years are 4,200,000 figures: at most 4,194,304 are worked out at once, so take fewer years."),
            (fault.Item, fault.Sentence));
        Assert.False(Run.Of(new RunInputs(formula, [Line(2026)], table)).IsRefused);
    }
}
