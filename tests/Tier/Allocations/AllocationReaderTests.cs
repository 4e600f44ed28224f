using FundingFlows.Contracts.Allocation.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Anyone works formulas out, and nothing is recorded.</summary>
[Collection(OneTown.Name)]
public sealed class AllocationReaderTests(Town town)
{
    private AllocationService.AllocationServiceClient Client => new(town.Federation.ToBody(Central));

    [Fact]
    public async Task Simulation_ShowsTheWorking_AndChangesNothing()
    {
        var before = await town.QuietAsync();
        var response = await Client.SimulateAllocationAsync(SomeAllocation.Simulation(Central));

        Assert.Equal(["E06000001", "E06000002", "E06000047"], response.Workings.Select(working => working.Recipient));
        Assert.Equal([123_909_57, 197_085_39, 679_005_04], response.Workings.Select(working => working.AmountPence));
        Assert.Equal((3, 1_000_000_00, ""), (response.Recipients, response.TotalPence, response.NextPageToken));
        var durham = response.Workings[2];
        Assert.Equal(
            ["County Durham gets £679,005.04 in 2026-27: £679,005.04 because 538,011 people live there.", "That is £1.26 for each person."], durham.Sentences);
        Assert.Equal(("67900503.816485602", 679_005_04, "0.183514398", 126), (durham.Parts.Single().ExactPence, durham.Parts.Single().AmountPence, durham.RoundingPence, durham.PencePerHead));
        Assert.Equal(new PotLine { FinancialYear = 2026, Kind = Kind.Revenue, AmountPence = 679_005_04 }, durham.Lines.Single());
        Assert.Equal(before, town.Sizes());
    }

    [Fact]
    public async Task Simulation_OfYearsAndPages_AddsUp()
    {
        var request = SomeAllocation.Simulation(Central);
        request.Pot.Add(SomeAllocation.Pot(2_000_000_01, 2027));
        request.Formula.Adjustments.Add(new Adjustment { Name = "no more than a tenth less", Floor = new Bound { LastYear = new LastYearLimit { BasisPoints = 9_000, LastYear = "last_year" } } });
        request.PageSize = 1;
        var workings = new List<Working>();
        do
        {
            var page = await Client.SimulateAllocationAsync(request);
            Assert.Equal((3, 3_000_000_01), (page.Recipients, page.TotalPence));
            workings.AddRange(page.Workings);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal([2026, 2027, 2026, 2027, 2026, 2027], workings.Select(working => working.FinancialYear));
        Assert.Equal(3_000_000_01, workings.Sum(working => working.AmountPence));
        // Hartlepool: 90 % of what it had, and then of that.
        Assert.Equal([540_000_00, 486_000_00], workings.Take(2).Select(working => working.AmountPence));
    }

    [Fact]
    public async Task Simulation_WithEveryKindOfRule_IsWorkedOut()
    {
        var request = SomeAllocation.Simulation(Central);
        request.Formula.Components.Clear();
        request.Formula.Components.Add(
        [
            new Component { Name = "a", ShareBasisPoints = 2_000, Flat = new Flat() },
            new Component { Name = "b", ShareBasisPoints = 2_000, OnlyWhere = "need", PerHead = new PerHead { Count = "population" } },
            new Component { Name = "c", ShareBasisPoints = 2_000, ByNeed = new ByNeed { Count = "population", Index = "need", PowerQuarters = 6 } },
            new Component { Name = "d", ShareBasisPoints = 2_000, ByGap = new ByGap { Count = "population", Figure = "need", Standard = "39.5", Below = true } },
            new Component { Name = "e", ShareBasisPoints = 2_000, Equalising = new Equalising { Count = "population", Index = "need", PowerQuarters = 4, Resources = "last_year" } },
        ]);
        request.Formula.Adjustments.Add(
        [
            new Adjustment { Name = "f", Damping = new Damping { CountedBasisPoints = 9_000, LastYear = "last_year" } },
            new Adjustment { Name = "g", Floor = new Bound { PerHead = new PerHeadLimit { AmountPence = 60, Count = "population" } } },
            new Adjustment { Name = "h", Cap = new Bound { AmountPence = 700_000_00, OnlyWhere = "need" } },
        ]);
        var response = await Client.SimulateAllocationAsync(request);
        Assert.Equal(1_000_000_00, response.Workings.Sum(working => working.AmountPence));
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g", "h"], response.Workings[0].Parts.Select(part => part.Name));
        // Middlesbrough meets the standard of need.
        Assert.Equal(0, response.Workings[1].Parts[3].AmountPence);
        Assert.All(response.Workings, working => Assert.Equal(working.AmountPence, working.Parts.Sum(part => part.AmountPence)));
    }

    [Fact]
    public async Task Comparison_SaysWhoGainsAndHowFarMoneyIsFromNeed()
    {
        var response = await Client.CompareAllocationsAsync(SomeAllocation.Comparison(Central));
        Assert.Equal([true, true, false], response.Changes.Select(change => change.AfterPence > change.BeforePence));
        Assert.Equal((2, 1), (response.Gainers, response.Losers));
        Assert.Equal(response.Changes[2].BeforePence - response.Changes[2].AfterPence, response.MovedPence);
        Assert.Equal(0, response.After.MisplacedBasisPoints);
        Assert.InRange(response.Before.MisplacedBasisPoints, 1, 10_000);
        Assert.False(response.Before.HasMarkedBasisPoints);
        Assert.Equal("Tees Valley", response.Groups.Single().Group);
        Assert.Equal(0, response.Groups.Single().AfterBasisPoints);
    }

    public static TheoryData<string, Action<SimulateAllocationRequest>> Wrong => new()
    {
        { "formula must be there", request => request.Formula = null },
        { "formula.components[0] must name one rule", request => request.Formula.Components[0].ClearRule() },
        { "formula.adjustments[0] must name one rule", request => request.Formula.Adjustments.Add(new Adjustment { Name = "x" }) },
        { "formula.adjustments[0].cap must name one limit", request => request.Formula.Adjustments.Add(new Adjustment { Name = "x", Cap = new Bound() }) },
        { "formula.components[0].by_gap.standard must be a number", request => request.Formula.Components[0].ByGap = new ByGap { Figure = "need", Standard = "1e3" } },
        { "add up to 99 %: they must add up to 100 %", request => request.Formula.Components[0].ShareBasisPoints = 9_900 },
        { "The pot has 0 lines", request => request.Pot.Clear() },
        { "pot[0].kind must be capital, revenue or either", request => request.Pot[0].Kind = Kind.Unspecified },
        { "indicators.figures_csv, line 3, column population: -1 is below zero", request => request.Indicators.FiguresCsv = request.Indicators.FiguresCsv.Replace("98180", "-1", StringComparison.Ordinal) },
        { "E06000001 stands twice, first in line 3", request => request.Indicators.FiguresCsv += "\nE06000001,Hartlepool,,1,1,1" },
        { "indicators.descriptions_csv, line 1, column indicator: the header lacks it", request => request.Indicators = null },
        { "The floors (at least half) add up to", request => request.Formula.Adjustments.Add(new Adjustment { Name = "at least half", Floor = new Bound { AmountPence = 500_000_00 } }) },
        { "page_size must be 1 to 1000", request => request.PageSize = 1_001 },
        { "page_token is not one", request => request.PageToken = "x" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Simulation_OfWhatCannotBe_IsRefusedByName(string sentence, Action<SimulateAllocationRequest> spoil)
    {
        var request = SomeAllocation.Simulation(Central);
        spoil(request);
        var failure = await Failure.OfAsync(async () => await Client.SimulateAllocationAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, failure.Code);
        Assert.Contains(sentence, failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comparison_WithoutTheIndicator_IsRefusedByName()
    {
        var request = SomeAllocation.Comparison(Central);
        request.Mark = "left_behind";
        var failure = await Failure.OfAsync(async () => await Client.CompareAllocationsAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, failure.Code);
        Assert.Contains("The comparison needs the indicator left_behind, which is not in the table.", failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GrowthShare_IsWorkedOutForAnyone_AndChangesNothing()
    {
        var before = await town.QuietAsync();
        var response = await Client.WorkOutGrowthShareAsync(SomeAllocation.Growth(Central));
        Assert.Equal([(2026, 1_234_567_89), (2027, 0), (2028, 820_000_05)], response.Years.Select(year => (year.FinancialYear, year.SharePence)));
        Assert.Equal((412_345_678_95, 410_000_000_00, 0), (response.Years[1].BeforePence, response.Years[1].NowPence, response.Years[1].GrowthPence));
        Assert.Equal(
            "Business rates of the region (invented): £412,345,678.95 in 2026-27 (Regional accounts, invented, 2027-06-30), after £400,000,000 in 2025-26 (Regional accounts, invented, 2026-06-30). "
            + "That is £12,345,678.95 more, and 10 % of it, rounded down to the penny, goes into the fund: £1,234,567.89.",
            response.Years[0].Sentence);
        Assert.Equal(before, town.Sizes());
    }

    [Fact]
    public async Task GrowthShare_OfFiguresThatAreMissing_IsRefusedByLineAndColumn()
    {
        var request = SomeAllocation.Growth(Central);
        (request.Name, request.FiguresCsv) = ("", request.FiguresCsv.Replace("410000000", "", StringComparison.Ordinal));
        var failure = await Failure.OfAsync(async () => await Client.WorkOutGrowthShareAsync(request));
        Assert.Equal((StatusCode.InvalidArgument, "MALFORMED"), (failure.Code, failure.Reason));
        Assert.Contains("The figure has no name", failure.Sentence, StringComparison.Ordinal);
        Assert.Contains("figures_csv, line 4, column pounds: there is no figure", failure.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allocations_OfAnotherBody_AreNotHere() =>
        Assert.Equal(StatusCode.NotFound, (await Failure.OfAsync(async () => await Client.SimulateAllocationAsync(SomeAllocation.Simulation("nobody")))).Code);
}
