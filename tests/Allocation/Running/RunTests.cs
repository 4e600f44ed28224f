namespace FundingFlows.Allocations.Tests;

/// <summary>What formulas give, worked out by hand.</summary>
public sealed class RunTests
{
    private static readonly IndicatorTable Three = Some.Table([Some.People(), Some.Score(), Some.Pounds(), Some.Score("left_behind")],
        [100m, 10m, 5_000m, 0m], [200m, 20m, 3_000m, 1m], [100m, 40m, 2_000m, 2m]);

    [Fact]
    public void PerHead_GoesByTheCount() =>
        Assert.Equal([250_00, 500_00, 250_00], Some.Pence(Some.Formula([Some.ByPeople]), Three, 1_000_00));

    [Fact]
    public void Pennies_GoToTheLargestRemainders_TiesById()
    {
        var table = Some.Table([Some.People()], [1m], [1m], [1m]);
        Assert.Equal([34, 33, 33], Some.Pence(Some.Formula([Some.ByPeople]), table, 100));
        Assert.Equal([34, 34, 33], Some.Pence(Some.Formula([Some.ByPeople]), table, 101));
    }

    [Theory]
    // 100 x 10, 200 x 20, 100 x 40: 1, 4 and 4 of nine.
    [InlineData(4, 100, 400, 400)]
    // Squares: 100 x 100, 200 x 400, 100 x 1600: 1, 8 and 16 of 25.
    [InlineData(8, 36, 288, 576)]
    // Square roots, of 900: 1, 2.828... and 2 of 5.828...
    [InlineData(2, 154, 437, 309)]
    public void ByNeed_GoesByTheIndexToItsPower(int quarters, long a, long b, long c) =>
        Assert.Equal([a, b, c], Some.Pence(Some.Formula([new ByNeed("need", 10_000, "population", "need", new Power(quarters))]), Three, 900));

    [Fact]
    public void Flat_IsTheSameForAll() =>
        Assert.Equal([300, 300, 300], Some.Pence(Some.Formula([new Flat("flat", 10_000)]), Three, 900));

    [Fact]
    public void OnlyWhere_LeavesOutWhoIsNotMarked() =>
        Assert.Equal([0, 600, 300], Some.Pence(Some.Formula([new PerHead("left behind", 10_000, "population", "left_behind")]), Three, 900));

    [Fact]
    public void ByGap_GoesByWhatIsMissingToTheStandard()
    {
        // 20, 10 and 0 short of 30, for each head: 2000, 2000 and 0.
        Assert.Equal([450, 450, 0], Some.Pence(Some.Formula([new ByGap("gap", 10_000, "population", "need", 30, Below: true)]), Three, 900));
        // 0, 5 and 25 above 15, once for each.
        Assert.Equal([0, 150, 750], Some.Pence(Some.Formula([new ByGap("gap", 10_000, null, "need", 15, Below: false)]), Three, 900));
    }

    [Fact]
    public void Equalising_MeetsNeedEqually()
    {
        // Need 100, 200, 100; they have £5,000, £3,000, £2,000. With £1,000 the second and third come to (1000 + 5000) / 300 = £20 for each
        // of need; the first has £50 already.
        var equalising = new Equalising("equalising", 10_000, "population", null, Power.One, "last_year");
        Assert.Equal([0, 1_000_00, 0], Some.Pence(Some.Formula([equalising]), Three, 1_000_00));
        // £4,000: £9,000 over 300 is £30.
        Assert.Equal([0, 3_000_00, 1_000_00], Some.Pence(Some.Formula([equalising]), Three, 4_000_00));
        // £10,000: all three, £20,000 over 400 is £50.
        Assert.Equal([0, 7_000_00, 3_000_00], Some.Pence(Some.Formula([equalising]), Three, 10_000_00));
        Assert.Equal([1_000_00, 9_000_00, 4_000_00], Some.Pence(Some.Formula([equalising]), Three, 14_000_00));
    }

    [Fact]
    public void Components_ShareThePotByTheirShares_AndAreShown()
    {
        var result = Some.Result(Some.Formula([new PerHead("heads", 6_000, "population"), new Flat("flat", 4_000)]), Three, 1_000);
        var year = result.Years.Single();
        Assert.Equal([150m, 300m, 150m], year.Components[0].Select(Fine.InPence));
        Assert.Equal([133.333333333m, 133.333333333m, 133.333333333m], year.Components[1].Select(Fine.InPence));
        Assert.Equal([284, 433, 283], year.Pence);
        Assert.Equal(0.666666667m, Fine.InPence(year.Rounding(0)));
        Assert.Equal(-0.333333333m, Fine.InPence(year.Rounding(1)));
    }

    [Fact]
    public void Floor_IsPaidByAllOthersInProportion()
    {
        var floor = new Bound("floor", BoundSide.Floor, new PoundsLimit(400_00));
        Assert.Equal([400_00, 400_00, 400_00], Some.Pence(Some.Formula([Some.ByPeople], floor), Three, 1_200_00));
        // 250, 500, 250 of 1,000 with a floor for the first: the others keep 2 to 1.
        var first = new Bound("floor", BoundSide.Floor, new PoundsLimit(400_00), "only_first");
        var table = Some.Table([Some.People(), Some.Score("only_first")], [100m, 1m], [200m, 0m], [100m, 0m]);
        Assert.Equal([400_00, 400_00, 200_00], Some.Pence(Some.Formula([Some.ByPeople], first), table, 1_000_00));
    }

    [Fact]
    public void Cap_GoesToAllOthers_AndNobodyIsPushedPastAnother()
    {
        var cap = new Bound("cap", BoundSide.Cap, new PoundsLimit(300_00));
        Assert.Equal([300_00, 300_00, 300_00], Some.Pence(Some.Formula([Some.ByPeople], cap), Three, 900_00));
        // £290 for each head is more than anybody gets: nothing changes.
        var perHead = new Bound("290 a head", BoundSide.Cap, new PerHeadLimit(290_00, "population"));
        Assert.Equal([240_00, 480_00, 240_00], Some.Pence(Some.Formula([Some.ByPeople], perHead), Three, 960_00));
    }

    [Fact]
    public void Caps_OneAfterTheOther_PushNobodyPastAnother()
    {
        // 100, 200 and 100 of 400. At most 150 leaves 125 for each of the others; at most 1.20 a head then stops them at 120, which does not add up.
        var cap = new Bound("at most £150", BoundSide.Cap, new PoundsLimit(150_00));
        var perHead = new Bound("at most £1.20 a head", BoundSide.Cap, new PerHeadLimit(1_20, "population"), "left_behind");
        Assert.Equal([125_00, 150_00, 125_00], Some.Pence(Some.Formula([Some.ByPeople], cap), Three, 400_00));
        // Only the second and third are marked: what the third may not have goes to the first, for the second is at its cap.
        Assert.Equal([130_00, 150_00, 120_00], Some.Pence(Some.Formula([Some.ByPeople], cap, perHead), Three, 400_00));
    }

    [Fact]
    public void LastYear_LimitsLosses()
    {
        // 50, 30, 20 of a hundred last year; 25, 50, 25 by the formula. No one loses more than 5 %: 47.50 for the first.
        var table = Some.Table([Some.People(), Some.Pounds()], [100m, 50m], [200m, 30m], [100m, 20m]);
        var floor = new Bound("no more than 5 % less", BoundSide.Floor, new LastYearLimit(9_500, "last_year"));
        Assert.Equal([25_00, 50_00, 25_00], Some.Pence(Some.Formula([Some.ByPeople]), table, 100_00));
        // The first is at its floor; the others share 52.50 two to one: 35 and 17.50, but the third had 20 and gets 19.
        Assert.Equal([47_50, 33_50, 19_00], Some.Pence(Some.Formula([Some.ByPeople], floor), table, 100_00));
    }

    [Fact]
    public void LastYear_OfALaterYear_IsTheYearBefore()
    {
        var table = Some.Table([Some.People(), Some.Pounds()], [100m, 90m], [100m, 10m]);
        var floor = new Bound("no more than a tenth less", BoundSide.Floor, new LastYearLimit(9_000, "last_year"));
        PotLine[] pot = [.. Enumerable.Range(0, 3).Select(i => new PotLine(Some.Year + 2 - i, Kind.Revenue, [], 100_00))];
        var years = Run.Of(new RunInputs(Some.Formula([Some.ByPeople], floor), pot, table)).Value.Years;
        Assert.Equal([Some.Year, Some.Year + 1, Some.Year + 2], years.Select(year => year.FinancialYear));
        Assert.Equal([81_00, 72_90, 65_61], years.Select(year => year.Pence[0]));
    }

    [Fact]
    public void Lines_OfAYear_AddUpBothWays()
    {
        PotLine[] pot = [new(Some.Year, Kind.Capital, [], 1_001), new(Some.Year, Kind.Revenue, [], 499), new(Some.Year, Kind.Either, ["neighbourhood-led"], 500)];
        var year = Run.Of(new RunInputs(Some.Formula([Some.ByPeople]), pot, Three)).Value.Years.Single();
        Assert.Equal([500, 1_000, 500], year.Pence);
        Assert.Equal([1_001, 499, 500], year.LinePence.Select(line => line.Sum()));
        Assert.Equal(year.Pence, Enumerable.Range(0, 3).Select(i => year.LinePence.Sum(line => line[i])));
        Assert.Equal([250, 501, 250], year.LinePence[0]);
    }

    [Fact]
    public void Damping_CountsAPartOfTheChange()
    {
        var table = Some.Table([Some.People(), Some.Pounds()], [100m, 50m], [200m, 30m], [100m, 20m]);
        var damping = new Damping("half", 5_000, "last_year");
        // Half of 25, 50, 25 and half of 50, 30, 20.
        Assert.Equal([37_50, 40_00, 22_50], Some.Pence(Some.Formula([Some.ByPeople], damping), table, 100_00));
        // Of a pot twice as large last year's shares are twice as large.
        Assert.Equal([75_00, 80_00, 45_00], Some.Pence(Some.Formula([Some.ByPeople], damping), table, 200_00));
    }
}
