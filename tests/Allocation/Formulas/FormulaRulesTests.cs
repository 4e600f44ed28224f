namespace FundingFlows.Allocations.Tests;

/// <summary>A row for everything that a formula, pot or table is refused for, with the sentence that names the item.</summary>
public sealed class FormulaRulesTests
{
    private static readonly IndicatorTable Table = Some.Table([Some.People(), Some.Score(), Some.Pounds(), Some.Score("zero"), Some.Score("gappy")],
        [100m, 10m, 50m, 0m, null], [200m, 20m, 30m, 0m, 1m]);

    private static Bound Floor(string name, Limit limit, string? onlyWhere = null) => new(name, BoundSide.Floor, limit, onlyWhere);

    private static Bound Cap(string name, Limit limit) => new(name, BoundSide.Cap, limit);

    public static TheoryData<string, Formula> Refused => new()
    {
        { "The formula needs a name of 1 to 100 characters.", Some.Formula([Some.ByPeople]) with { Name = "" } },
        { "The formula has 0 components: name 1 to 16.", Some.Formula([]) },
        { "The formula has 17 adjustments: name at most 16.", Some.Formula([Some.ByPeople], [.. Enumerable.Range(0, 17).Select(i => Floor($"f{i}", new PoundsLimit(0)))]) },
        { "Each component and adjustment needs a name of 1 to 100 characters.", Some.Formula([Some.ByPeople], Floor("", new PoundsLimit(0))) },
        { "The name per head is there 2 times: each component and adjustment needs its own.", Some.Formula([Some.ByPeople], Floor("per head", new PoundsLimit(0))) },
        { "The shares of the components (half, third) add up to 83.33 %: they must add up to 100 %.", Some.Formula([new Flat("half", 5_000), new Flat("third", 3_333)]) },
        { "none has a share of 0 %: write one above 0 %, at most 100 %.", Some.Formula([new Flat("all", 10_000), new Flat("none", 0)]) },
        { "roads needs the indicator miles_of_road, which is not in the table.", Some.Formula([new PerHead("roads", 10_000, "miles_of_road")]) },
        { "gappy needs gappy of Place a (a), and there is no figure.", Some.Formula([new PerHead("gappy", 10_000, "gappy")]) },
        { "marked needs gappy of Place a (a), and there is no figure.", Some.Formula([new Flat("marked", 10_000, "gappy")]) },
        { "The formula needs the indicator people, which is not in the table.", Some.Formula([Some.ByPeople]) with { Population = "people" } },
        { "The power of need must be a quarter to 4, in quarters.", Some.Formula([new ByNeed("need", 10_000, "population", "need", new Power(17))]) },
        { "The power of even must be a quarter to 4, in quarters.", Some.Formula([new Equalising("even", 10_000, "population", "need", new Power(0), "last_year")]) },
        { "even needs need in pounds, and it is in score.", Some.Formula([new Equalising("even", 10_000, "population", null, Power.One, "need")]) },
        { "The standard of gap is -1: write at least 0, at most 1,000,000,000,000, with at most 6 decimal places.", Some.Formula([new ByGap("gap", 10_000, null, "need", -1, true)]) },
        { "half counts 100.01 % of a change: write at most 100 %.", Some.Formula([Some.ByPeople], new Damping("half", 10_001, "last_year")) },
        { "half needs need in pounds, and it is in score.", Some.Formula([Some.ByPeople], new Damping("half", 5_000, "need")) },
        { "least is 10000.01 % of last year: write at most 10000 %.", Some.Formula([Some.ByPeople], Floor("least", new LastYearLimit(1_000_001, "last_year"))) },
        { "least needs population in pounds, and it is in people.", Some.Formula([Some.ByPeople], Floor("least", new LastYearLimit(9_500, "population"))) },
        { "least is -£0.01: write at least £0, at most £10,000,000,000,000.", Some.Formula([Some.ByPeople], Floor("least", new PoundsLimit(-1))) },
        { "least is -£0.01: write at least £0, at most £10,000,000,000,000.", Some.Formula([Some.ByPeople], Floor("least", new PerHeadLimit(-1, "population"))) },
        { "odd is neither a floor nor a cap.", Some.Formula([Some.ByPeople], new Bound("odd", 0, new PoundsLimit(0))) },
        { "Nobody would get any of the component zero: all its figures (zero) are zero.", Some.Formula([new PerHead("zero", 10_000, "zero")]) },
        { "Nobody would get any of the component marked: no recipient that zero marks has a figure above zero.", Some.Formula([new Flat("marked", 10_000, "zero")]) },
        { "Nobody would get any of the component gap: nobody's need is below the standard of 10.", Some.Formula([new ByGap("gap", 10_000, null, "need", 10, true)]) },
        { "Nobody would get any of the component gap: nobody's need is above the standard of 20.", Some.Formula([new ByGap("gap", 10_000, null, "need", 20, false)]) },
        { "half needs what each got last year, and last_year is zero for all.", Some.Formula([Some.ByPeople], new Damping("half", 5_000, "last_year")) },
        { "The floors (no less, £60) add up to £120 in 2026-27; the pot is £100.", Some.Formula([Some.ByPeople], Floor("no less", new LastYearLimit(10_000, "last_year")), Floor("£60", new PoundsLimit(60_00))) },
        { "The caps (at most) leave room for £98 in 2026-27; the pot is £100.", Some.Formula([Some.ByPeople], Cap("at most", new PoundsLimit(49_00))) },
        { "Place a (a) cannot get at least £47.50 (at least 95 %) and at most £40 (40p a head) in 2026-27.", Some.Formula([Some.ByPeople], Cap("40p a head", new PerHeadLimit(40, "population")), Floor("at least 95 %", new LastYearLimit(9_500, "last_year"))) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Formula_ThatCannotBe_IsRefusedByName(string sentence, Formula formula)
    {
        var table = sentence.Contains("zero for all", StringComparison.Ordinal) ? Some.Table([Some.People(), Some.Pounds()], [1m, 0m], [1m, 0m]) : Table;
        Assert.Contains(sentence, Some.Faults(formula, table));
    }

    [Fact]
    public void AllFaults_AreToldAtOnce() =>
        Assert.Equal(
            ["The shares of the components (a, b) add up to 90 %: they must add up to 100 %.", "a needs the indicator x, which is not in the table.", "b needs the indicator y, which is not in the table."],
            Some.Faults(Some.Formula([new PerHead("a", 4_500, "x"), new PerHead("b", 4_500, "y")]), Table));

    [Fact]
    public void FiguresTooLargeForTheirPower_AreRefused() =>
        Assert.Equal(
            ["The figures that the component need needs are too large or have too many decimal places for its power."],
            Some.Faults(Some.Formula([new ByNeed("need", 10_000, "population", "need", new Power(16))]), Some.Table([Some.People(), Some.Score()], [1_000_000m, 999_999.999999m])));

    [Fact]
    public void MarkedRecipientsAlone_NeedTheFigure() =>
        Assert.Equal([0, 10_000], Some.Pence(
            Some.Formula([new PerHead("marked", 10_000, "gappy", "mark")]), Some.Table([Some.Score("gappy"), Some.Score("mark")], [null, 0m], [5m, 1m]), 10_000));

    public static TheoryData<string, PotLine[]> RefusedPots => new()
    {
        { "The pot has 0 lines: name 1 to 120.", [] },
        { "1999 is no financial year: write one from 2000 to 2199.", [new(1999, Kind.Capital, [], 1)] },
        { "2026 capital is £0: write an amount above zero, at most £10,000,000,000,000.", [new(2026, Kind.Capital, [], 0)] },
        { "2026 capital is -£0.01: write an amount above zero, at most £10,000,000,000,000.", [new(2026, Kind.Capital, [], -1)] },
        { "The pot has 2026 either kept for forums 2 times: add them up to one line.", [new(2026, Kind.Either, ["forums"], 1), new(2026, Kind.Either, ["forums"], 2)] },
        { "The pot of 2026 is above £10,000,000,000,000 in all its lines.", [new(2026, Kind.Either, [], Pence.Most), new(2026, Kind.Capital, [], 1)] },
    };

    [Theory]
    [MemberData(nameof(RefusedPots))]
    public void Pot_ThatCannotBe_IsRefused(string sentence, PotLine[] pot) =>
        Assert.Equal([sentence], Run.Of(new RunInputs(Some.Formula([Some.ByPeople]), pot, Table)).Faults.Select(fault => fault.Sentence));

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("mark", null, true)]
    [InlineData("mark", "mark", true)]
    [InlineData("mark", "other", false)]
    public void Gap_ThatTwoComponentsFill_IsRefused(string? first, string? second, bool isRefused)
    {
        var table = Some.Table([Some.People(), Some.Pounds("resources"), Some.Score("mark"), Some.Score("other")], [10m, 100m, 1m, 0m], [10m, 900m, 0m, 1m]);
        var formula = Some.Formula([
            new Equalising("one", 5_000, "population", null, Power.One, "resources", first),
            new Equalising("two", 5_000, "population", null, Power.One, "resources", second)]);

        var faults = Some.Faults(formula, table, 1_600_00);

        Assert.Equal(isRefused, faults.Contains("one and two both make up for resources, so the same gap would be filled twice: make them one."));
    }
}
