namespace FundingFlows.Allocations.Tests;

/// <summary>Working in plain words, whose amounts add up to the penny.</summary>
public sealed class ExplainerTests
{
    /// <summary>Populations (ONS, mid-2024) and average scores (MHCLG, Indices of Deprivation 2025) of two councils; what they had last year is made up.</summary>
    private static readonly IndicatorTable Places = IndicatorTable.Of(
        [Some.People(), Some.Score(), Some.Pounds()],
        [
            (new Recipient("E06000001", "Hartlepool"), [98_180m, 37.58m, 600_000m]),
            (new Recipient("E06000002", "Middlesbrough"), [156_161m, 40.037m, 400_000m]),
        ]).Value;

    private static Working Explain(Formula formula, long pence, int place)
    {
        var result = Some.Result(formula with { Population = "population" }, Places, pence);
        return new Explainer(result).Explain(result.Years.Single(), place);
    }

    [Fact]
    public void Working_SaysWhy_InWords()
    {
        var formula = Some.Formula(
            [new PerHead("heads", 6_000, "population"), new ByNeed("need", 4_000, "population", "need", new Power(8))],
            new Bound("loss", BoundSide.Floor, new LastYearLimit(9_500, "last_year")));
        Assert.Equal(
            [
                "Hartlepool gets £570,000 in 2026-27: £231,610.32 because 98,180 people live there, £142,585.20 because need there is 0.96 times the average (to the power of 2), £195,804.48 more because no place may lose more than 5 % in a year.",
                "That is £5.80 for each person.",
            ],
            Explain(formula, 1_000_000_00, 0).Sentences);
        Assert.Equal(
            [
                "Middlesbrough gets £430,000 in 2026-27: £368,389.68 because 156,161 people live there, £257,414.80 because need there is 1.02 times the average (to the power of 2), £195,804.48 less, which others need because no place may lose more than 5 % in a year.",
                "That is £2.75 for each person.",
            ],
            Explain(formula, 1_000_000_00, 1).Sentences);
    }

    /// <summary>Who is not marked has what those that are cannot have, and is told so.</summary>
    [Fact]
    public void Bound_OfMarkedPlaces_IsToldAsTheirs()
    {
        var table = Some.Table([Some.People(), Some.Score("rural_area")], [10m, 1m], [10m, 0m]);
        var result = Some.Result(Some.Formula([Some.ByPeople], new Bound("cap", BoundSide.Cap, new PoundsLimit(300_00), "rural_area")), table, 1_000_00);
        Assert.Equal(
            [
                "Place a gets £300 in 2026-27: £500 because 10 people live there, £200 less because no place marked by rural area may get more than £300.",
                "Place b gets £700 in 2026-27: £500 because 10 people live there, £200 more, which others cannot have because no place marked by rural area may get more than £300.",
            ],
            Enumerable.Range(0, 2).SelectMany(place => new Explainer(result).Explain(result.Years.Single(), place).Sentences));
    }

    [Theory]
    [InlineData(0.02, "Place a gets £0.20 in 2026-27: £0.20 because 1,000 people live there and need there is less than a hundredth of the average.")]
    [InlineData(0.5, "Place a gets £4.76 in 2026-27: £4.76 because 1,000 people live there and need there is 0.1 times the average.")]
    [InlineData(10.04, "Place a gets £50.10 in 2026-27: £50.10 because 1,000 people live there and need there is the average.")]
    public void Need_IsToldAgainstTheAverageToAHundredth(double index, string sentence)
    {
        var table = Some.Table([Some.People(), Some.Score()], [1_000m, (decimal)index], [1_000m, 10m]);
        var result = Some.Result(Some.Formula([new ByNeed("need", 10_000, "population", "need", Power.One)]), table, 100_00);
        Assert.Equal([sentence], new Explainer(result).Explain(result.Years.Single(), 0).Sentences);
    }

    [Theory]
    [InlineData("Hartlepool gets £500,000 in 2026-27: £500,000 that each gets alike.", 0)]
    [InlineData("Hartlepool gets £1,000,000 in 2026-27: £1,000,000 because its need of 37.58 is below the standard of 40.", 1)]
    [InlineData("Hartlepool gets £172,034.39 in 2026-27: £172,034.39 so that what it can raise itself, £600,000, is made up to the same standard as everywhere.", 2)]
    [InlineData("Hartlepool gets £443,022.22 in 2026-27: £386,017.20 because 98,180 people live there, £57,005.02 more because only 73.36 % of a change since last year counts.", 3)]
    [InlineData("Hartlepool gets £300,000 in 2026-27: £386,017.20 because 98,180 people live there, £86,017.20 less because no place marked by mark may get more than £300,000.", 4)]
    [InlineData("Hartlepool gets £392,720 in 2026-27: £386,017.20 because 98,180 people live there, £6,702.80 more because no place marked by mark may get less than £4 a head.", 5)]
    public void EachRule_HasItsWords(string sentence, int rule)
    {
        var formula = rule switch
        {
            0 => Some.Formula([new Flat("flat", 10_000)]),
            1 => Some.Formula([new ByGap("gap", 10_000, "population", "need", 40, Below: true)]),
            2 => Some.Formula([new Equalising("even", 10_000, "population", null, Power.One, "last_year")]),
            3 => Some.Formula([Some.ByPeople], new Damping("slow", 7_336, "last_year")),
            4 => Some.Formula([Some.ByPeople], new Bound("cap", BoundSide.Cap, new PoundsLimit(300_000_00), "mark")),
            _ => Some.Formula([Some.ByPeople], new Bound("floor", BoundSide.Floor, new PerHeadLimit(4_00, "population"), "mark")),
        };
        var rows = Places.Recipients.Select((recipient, i) => (recipient,
            (IReadOnlyList<decimal?>)[Places.Find("population")!.Figure(i), Places.Find("need")!.Figure(i), Places.Find("last_year")!.Figure(i), i == 0 ? 1m : 0m])).ToList();
        var table = IndicatorTable.Of([Some.People(), Some.Score(), Some.Pounds(), Some.Score("mark")], rows).Value;
        var result = Some.Result(formula, table, 1_000_000_00);
        Assert.Equal([sentence], new Explainer(result).Explain(result.Years.Single(), 0).Sentences);
    }
}
