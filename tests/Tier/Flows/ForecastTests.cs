using System.Text.Json;
using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Reports.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>What bodies expect to spend, over real gRPC and REST: kept with its history, shown beside what was promised, and added up over all below.</summary>
public sealed class ForecastTests
{
    [Fact]
    public async Task Forecasts_OfTwoTiers_StandBesideWhatWasSpentAndAreAddedUp()
    {
        await using var federation = await TestFederation.StartAsync();
        var officers = federation.Officers;
        await officers.AgreeAsync(Central, Durham);
        await officers.AgreeAsync(Durham, Easington);
        await officers.OpenFundAsync();
        await officers.IssueAsync(10_000_00);
        await officers.FundAsync(Central, Durham, Kind.Capital, 6_000_00);
        await officers.FundAsync(Durham, Easington, Kind.Capital, 2_000_00);
        var first = await RecordAsync(federation, Durham, (Officers.Year, 1_000_00));
        var second = await RecordAsync(federation, Durham, (Officers.Year + 1, 500_00), (Officers.Year, 3_500_00));
        await RecordAsync(federation, Easington, (Officers.Year, 1_500_00));

        var history = (await Reports(federation, Durham).ListForecastsAsync(new ListForecastsRequest { Body = Durham, Fund = Officers.FundId })).Forecasts;
        Assert.Equal([second with { Counts = true }, first with { Counts = false }], history.Select(forecast => new Kept(forecast.Id, forecast.Counts)));
        Assert.Equal([(Officers.Year, 3_500_00L), (Officers.Year + 1, 500_00)], history[0].Years.Select(year => (year.FinancialYear, year.AmountPence)));

        var own = await new AwardService.AwardServiceClient(federation.ToBody(Durham)).GetSettlementAsync(new GetSettlementRequest { Body = Durham, Fund = Officers.FundId });
        Assert.Equal([(4_000_00L, 3_500_00L), (0L, 500_00L)], own.Years.Select(year => (year.LeftPence, year.ForecastPence)));
        Assert.Equal((4_000_00, 0, 0), (own.HeldPence, own.IssuedPence, own.OtherwisePence));

        await officers.AuditedAsync();
        var below = (await new AuditService.AuditServiceClient(federation.To(AuditInstance)).GetSettlementBelowAsync(new GetSettlementBelowRequest { Body = Central, Fund = Officers.FundId })).Rows;
        Assert.Equal(
            [(Officers.Year, Tier.Council, 4_000_00L, 3_500_00L, 1), (Officers.Year, Tier.NeighbourhoodForum, 2_000_00, 1_500_00, 1), (Officers.Year + 1, Tier.Council, 0, 500_00, 1)],
            below.Select(row => (row.FinancialYear, row.Tier, row.LeftPence, row.ForecastPence, row.ForecastingBodies)));
    }

    [Fact]
    public async Task Forecast_ThatCannotBe_IsRefusedByNameAndLeavesNothing()
    {
        await using var federation = await TestFederation.StartAsync(options => options.WithAudit = false);
        await federation.Officers.OpenFundAsync();
        var before = (await federation.Officers.BodyAsync(Central)).JournalSize;

        Assert.Equal(["years[1].financial_year", "years[1].amount_pence"], (await Failure.OfAsync(() => RecordAsync(federation, Central, (Officers.Year, 1), (Officers.Year, -1)))).Fields.OrderDescending());
        var outside = await Failure.OfAsync(() => RecordAsync(federation, Central, (2100, 1)));

        Assert.Equal((StatusCode.FailedPrecondition, "RECORD_FORECAST_YEAR_OUTSIDE_FUND"), (outside.Code, outside.Reason));
        Assert.EndsWith("nothing of it can be spent in 2100-01.", outside.Sentence, StringComparison.Ordinal);
        Assert.Equal(before, (await federation.Officers.BodyAsync(Central)).JournalSize);
    }

    [Fact]
    public async Task Forecasts_ByRest_AreForAnyone()
    {
        await using var federation = await TestFederation.StartAsync(options => options.WithAudit = false);
        await federation.Officers.OpenFundAsync();
        await RecordAsync(federation, Central, (Officers.Year, 12_34));
        using var http = new HttpClient { BaseAddress = federation.HttpOf(CentralInstance) };

        var listed = JsonDocument.Parse(await http.GetStringAsync(new Uri($"/v1/bodies/{Central}/forecasts?fund={Officers.FundId}", UriKind.Relative))).RootElement.GetProperty("forecasts")[0];

        Assert.Equal(12_34, listed.GetProperty("years")[0].GetProperty("amountPence").GetInt64());
        Assert.True(listed.GetProperty("counts").GetBoolean());
    }

    private static async Task<Kept> RecordAsync(TestFederation federation, string body, params (int Year, long Pence)[] years)
    {
        var request = new RecordForecastRequest
        {
            Body = body,
            CommandId = Officers.NewId(),
            Fund = Officers.FundId,
            Years = { years.Select(year => new ForecastYear { FinancialYear = year.Year, AmountPence = year.Pence }) },
        };
        var recorded = await Reports(federation, body).RecordForecastAsync(request, federation.Officers.At(body));
        return new Kept(recorded.Forecast.Id, recorded.Forecast.Counts);
    }

    private static ReportService.ReportServiceClient Reports(TestFederation federation, string body) => new(federation.ToBody(body));

    private sealed record Kept(string Id, bool Counts);
}
