namespace FundingFlows.Allocations.Tests;

/// <summary>The largest and smallest figures that a table may hold: an answer or a refusal, and nothing that overflows.</summary>
public sealed class ExtremesTests
{
    private const decimal Least = 0.000001m;

    private static IndicatorTable Of(int recipients, params decimal?[] figures) =>
        Some.Table([Some.People(), Some.Score(), Some.Pounds()], [.. Enumerable.Repeat(figures, recipients)]);

    [Fact]
    public void FloorsBeyondAllMeasure_AreRefused() =>
        Assert.Equal(
            ["The floors (floor) add up to £92,233,720,368,547,758.07 in 2026-27; the pot is £10,000,000,000,000."],
            Some.Faults(
                Some.Formula([Some.ByPeople], new Bound("floor", BoundSide.Floor, new PerHeadLimit(Pence.Most, "population"))),
                Of(1_000, Column.Most, 1m, 1m), Pence.Most));

    [Fact]
    public void LargestFigures_OfAllRules_AreSharedAlike()
    {
        var table = Of(1_000, Column.Most, 1m, Column.Most);
        var formula = Some.Formula(
            [new PerHead("heads", 5_000, "population"), new Equalising("even", 5_000, "population", "need", Power.One, "last_year")],
            new Damping("slow", 5_000, "last_year"),
            new Bound("floor", BoundSide.Floor, new LastYearLimit(0, "last_year")), new Bound("cap", BoundSide.Cap, new PerHeadLimit(Pence.Most, "population")));
        Assert.All(Some.Pence(formula, table, Pence.Most), pence => Assert.Equal(Pence.Most / 1_000, pence));
    }

    [Fact]
    public void LessThanOnePerson_HasNoAmountPerHead()
    {
        var result = Some.Result(Some.Formula([new Flat("flat", 10_000)]) with { Population = "population" }, Of(1, Least, 1m, 1m), Pence.Most);
        var working = new Explainer(result).Explain(result.Years.Single(), 0);
        Assert.Null(working.PencePerHead);
        Assert.Single(working.Sentences);
    }

    [Fact]
    public void NeedBeyondAllMeasure_IsSaidInWords()
    {
        var table = Some.Table([Some.People(), Some.Score()], [Least, Column.Most], [Column.Most, 0m]);
        var result = Some.Result(Some.Formula([new ByNeed("need", 10_000, "population", "need", Power.One)]), table, 100_00);
        Assert.Equal(
            ["Place a gets £100 in 2026-27: £100 because 0.000001 people live there and need there is more than 1,000,000 times the average."], new Explainer(result).Explain(result.Years.Single(), 0).Sentences);
    }
}
