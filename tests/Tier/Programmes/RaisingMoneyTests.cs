using FundingFlows.Contracts.Allocation.V1;
using FundingFlows.Ledger;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Money that places raise themselves, and that government raises for them: programmes with nothing of their own in the ledger.</summary>
public sealed class RaisingMoneyTests : IAsyncLifetime
{
    private const string Neighbourhoods = "neighbourhoods-only";
    private TestFederation federation = null!;
    private Programme programme = null!;

    private Officers Officers => federation.Officers;

    public async ValueTask InitializeAsync()
    {
        federation = await TestFederation.StartAsync();
        programme = new Programme(federation);
    }

    public ValueTask DisposeAsync() => federation.DisposeAsync();

    [Fact]
    public async Task Levies_OfACouncilAndOfARegion_ReachAForum_AndSayWhoRaisedThem()
    {
        await Officers.AgreeAsync(Region, Durham);
        await Officers.AgreeAsync(Durham, Easington);
        var own = await programme.OpenAsync(Durham, "local-levy", "Local Levy", Kind.Revenue);
        await programme.IssueAsync(own, SourceKind.LocalLevy, "council-levy-2026-27", 90_000_00);
        await programme.FundAsync(Durham, Easington, own, Kind.Revenue, 30_000_00);
        var regional = await programme.OpenAsync(Region, "regional-levy", "Regional Levy", Kind.Capital);
        await programme.IssueAsync(regional, SourceKind.LocalLevy, "regional-levy-2026-27", 120_000_00);
        await programme.FundAsync(Region, Durham, regional, Kind.Capital, 60_000_00);
        await programme.FundAsync(Durham, Easington, regional, Kind.Capital, 15_000_00);

        Assert.Equal([(SourceKind.LocalLevy, "council-levy-2026-27", 30_000_00)], await programme.SourcesAsync(Easington, own));
        Assert.Equal([(SourceKind.LocalLevy, "regional-levy-2026-27", 15_000_00)], await programme.SourcesAsync(Easington, regional));
        var central = await programme.OpenAsync(Central, "a-levy", "A Levy", Kind.Revenue);
        var refused = await Failure.OfAsync(() => programme.IssueAsync(central, SourceKind.LocalLevy, "levy", 1_00));
        Assert.Equal("ISSUE_MONEY_SOURCE_OF_OTHERS", refused.Reason);
        ProgrammesPage.MustSay("£90,000", "£30,000", "£120,000", "£60,000", "£15,000", refused.Sentence);
        Assert.True((await Officers.AuditedAsync()).Reconciled);
    }

    [Fact]
    public async Task GrowthFund_OverThreeYears_GetsTheShareThatAnyoneWorksOut_AndNothingWithoutGrowth()
    {
        string[] councils = [Durham, Newcastle, Hartlepool];
        foreach (var council in councils)
            await Officers.AgreeAsync(Region, council);
        var fund = await programme.OpenAsync(Region, "growth-fund", "Regional Community Fund", Kind.Revenue);
        var years = (await new AllocationService.AllocationServiceClient(federation.ToBody(Region)).WorkOutGrowthShareAsync(SomeAllocation.Growth(Region))).Years;
        var nothing = await Failure.OfAsync(() => programme.IssueAsync(fund, SourceKind.Income, "growth-2027-28", years[1].SharePence));
        Assert.Equal(StatusCode.InvalidArgument, nothing.Code);

        foreach (var year in years.Where(year => year.SharePence > 0))
        {
            await programme.IssueAsync(fund, SourceKind.Income, $"growth-{Years.InWords(year.FinancialYear)}", year.SharePence);
            var shares = await programme.ShareOutAsync(Region, fund, SomeAllocation.PerHead, [SomeAllocation.Pot(year.SharePence, year.FinancialYear)], People);
            Assert.Equal(year.SharePence, shares.Sum(share => share.AmountPence));
            Assert.Equal([Hartlepool, Durham, Newcastle], shares.Select(share => share.Recipient));
            Assert.All(shares, share => Assert.NotEmpty(share.Award));
            if (year.FinancialYear == Officers.Year)
                ProgrammesPage.MustSay([.. shares.Select(share => Pence.InPounds(share.AmountPence))]);
        }

        Assert.Equal(
            [(SourceKind.Income, "growth-2026-27", 1_234_567_89), (SourceKind.Income, "growth-2028-29", 820_000_05)], await programme.SourcesAsync(Region, fund));
        ProgrammesPage.MustSay([.. years.Select(year => year.Sentence)]);
        Assert.True((await Officers.AuditedAsync()).Reconciled);
    }

    [Fact]
    public async Task CommunityWealthFund_IsPromisedToNeighbourhoodsForTenYears_AndSpentByThemAlone()
    {
        await Officers.AgreeAsync(Central, Durham);
        await Officers.AgreeAsync(Durham, Easington);
        await Officers.AgreeAsync(Durham, Horden);
        var fund = await programme.OpenAsync(Central, "community-wealth-fund", "Community Wealth Fund", Kind.Either, new Earmark { Name = Neighbourhoods, Spenders = { Tier.NeighbourhoodForum } });
        await programme.IssueAsync(fund, SourceKind.DormantAssets, "dormant-assets-tranche-1", 1_000_000_00);
        var tenYears = Enumerable.Range(Officers.Year, 10).ToList();
        var toCouncil = await programme.AwardAsync(Central, Durham, fund, [.. tenYears.Select(year => Programme.Promise(year, Kind.Either, 50_000_00, Neighbourhoods))]);
        await Officers.SettledAsync(await Officers.ReleaseAsync(toCouncil, Kind.Either, 50_000_00, Neighbourhoods));
        var flat = new Formula { Name = "The same for each", Components = { new Component { Name = "each", ShareBasisPoints = 10_000, Flat = new Flat() } } };
        var pot = tenYears.Select(year => new PotLine { FinancialYear = year, Kind = Kind.Either, Earmarks = { Neighbourhoods }, AmountPence = 50_000_00 }).ToList();
        var shares = await programme.ShareOutAsync(Durham, fund, flat, pot, Forums);
        Assert.Equal([(Easington, 250_000_00, 10), (Horden, 250_000_00, 10)], shares.Select(share => (share.Recipient, share.AmountPence, share.Lines.Count)));

        var council = await Failure.OfAsync(() => PayAsync(Durham, fund, 10_000_00));
        Assert.Equal((StatusCode.FailedPrecondition, Neighbourhoods), (council.Code, council.Info!.Metadata["ring_fence"]));
        await Officers.SettledAsync(await Officers.ReleaseAsync(shares[0].Award, Kind.Either, 25_000_00, Neighbourhoods));
        var ahead = await Failure.OfAsync(() => Officers.ReleaseAsync(shares[0].Award, Kind.Either, 1, Neighbourhoods));
        Assert.Equal(StatusCode.FailedPrecondition, ahead.Code);
        await PayAsync(Easington, fund, 10_000_00);

        Assert.Equal([(SourceKind.DormantAssets, "dormant-assets-tranche-1", 15_000_00)], await programme.SourcesAsync(Easington, fund));
        ProgrammesPage.MustSay("£1,000,000", "£50,000", "£25,000", "£250,000", "£10,000", council.Sentence);
        Assert.True((await Officers.AuditedAsync()).Reconciled);
    }

    /// <summary>Two of three cannot raise what they need; the third can, and gets nothing.</summary>
    [Fact]
    public async Task Redistribution_ByCapacityToRaise_MeetsNeedPerHeadEquallyWhereverThereIsAGrant()
    {
        (string Body, long People, decimal Need, long RaisesPence)[] councils =
            [(Hartlepool, 98_180, 37.58m, 20_000_000_00), (Durham, 538_011, 28.808m, 90_000_000_00), (Newcastle, 320_605, 30.5m, 190_000_000_00)];
        foreach (var (body, _, _, _) in councils)
            await Officers.AgreeAsync(Central, body);
        var fund = await programme.OpenAsync(Central, "redistribution", "Redistribution Fund", Kind.Revenue);
        await programme.IssueAsync(fund, SourceKind.ParliamentaryVote, "estimate-2026-27", 60_000_000_00);
        var even = new Formula
        {
            Name = "By capacity to raise",
            Components = { new Component { Name = "even", ShareBasisPoints = 10_000, Equalising = new Equalising { Count = "population", Index = "need", PowerQuarters = 4, Resources = "raises" } } },
        };
        var tables = new IndicatorTables
        {
            DescriptionsCsv = "indicator,unit,source,as_of\npopulation,people,ONS,2024-06-30\nneed,score,MHCLG,2025-10-30\nraises,pounds,\"Levy bases, invented\",2026-03-31\n",
            FiguresCsv = "id,name,population,need,raises\n"
                + string.Concat(councils.Select(one => FormattableString.Invariant($"{one.Body},{one.Body},{one.People},{one.Need},{one.RaisesPence / 100}\n"))),
        };

        var shares = await programme.ShareOutAsync(Central, fund, even, [SomeAllocation.Pot(60_000_000_00)], tables);

        Assert.Equal(60_000_000_00, shares.Sum(share => share.AmountPence));
        var met = councils.Select(one => (one.RaisesPence, Grant: shares.Single(share => share.Recipient == one.Body).AmountPence, Need: one.People * one.Need)).ToList();
        var (first, second, rich) = (met[0], met[1], met[2]);
        Assert.True(first.Grant > 0 && second.Grant > 0);
        // What each of the two has for a unit of need is the same, but for the penny that each is rounded by.
        var standard = (first.RaisesPence + first.Grant) / first.Need;
        Assert.InRange((standard * second.Need) - (second.RaisesPence + second.Grant), -1 - (second.Need / first.Need), 1 + (second.Need / first.Need));
        Assert.Equal((0, true), (rich.Grant, rich.RaisesPence > standard * rich.Need));
        ProgrammesPage.MustSay("£60,000,000", Pence.InPounds(first.Grant), Pence.InPounds(second.Grant));
        Assert.True((await Officers.AuditedAsync()).Reconciled);
    }

    private static IndicatorTables People => new()
    {
        DescriptionsCsv = "indicator,unit,source,as_of\npopulation,people,ONS,2024-06-30\n",
        FiguresCsv = $"id,name,population\n{Durham},County Durham,538011\n{Newcastle},Newcastle,320605\n{Hartlepool},Hartlepool,98180\n",
    };

    private static IndicatorTables Forums => new()
    {
        DescriptionsCsv = "indicator,unit,source,as_of\npopulation,people,ONS,2024-06-30\n",
        FiguresCsv = $"id,name,population\n{Easington},Easington,7000\n{Horden},Horden,8000\n",
    };

    private async Task PayAsync(string body, string fund, long pence)
    {
        var request = Officers.PaymentRequest(body, await Officers.ProjectAsync(body), Kind.Revenue, pence);
        request.Fund = fund;
        await new Contracts.Payments.V1.PaymentService.PaymentServiceClient(federation.ToBody(body)).MakePaymentAsync(request, Officers.At(body));
    }
}
