using FundingFlows.Contracts.Reports.V1;
using Sent = FundingFlows.Contracts.Reports.V1;

namespace FundingFlows.Tiers;

/// <summary>What a body expects to spend.</summary>
public sealed partial class Reports
{
    public override async Task<RecordForecastResponse> RecordForecast(RecordForecastRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var fund = fields.Fund("fund", request.Fund);
        fields.Check(request.Years.Count is >= 1 and <= Ledger.RecordForecast.MostYears, "years", $"must be 1 to {Ledger.RecordForecast.MostYears} of them.");
        for (var i = 0; i < request.Years.Count; i++)
        {
            var year = request.Years[i];
            fields.Year($"years[{i}].financial_year", year.FinancialYear);
            fields.Check(year.AmountPence is >= 0 and <= Pence.Most, $"years[{i}].amount_pence", $"must be pence from 0 to {Pence.Most}.");
            fields.Check(request.Years.Take(i).All(before => before.FinancialYear != year.FinancialYear), $"years[{i}].financial_year", "must be there once.");
        }
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Years.Clear();
        normalised.Years.Add(request.Years.OrderBy(year => year.FinancialYear));
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, normalised, new RecordForecast(fund, normalised.Years)), context.CancellationToken);
        return await body.Sequencer.ReadAsync(
            books => new RecordForecastResponse { Recorded = outcome.ToRecorded(), Forecast = View(books, books.Forecasts.Find(outcome.First)!) }, context.CancellationToken);
    }

    public override async Task<ListForecastsResponse> ListForecasts(ListForecastsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var fund = request.Fund.Length == 0 ? null : fields.Fund("fund", request.Fund);
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 20, most: 100);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (forecasts, next) = page.OfMadeNewestFirst(books.Forecasts.All, forecast => fund is null || forecast.Fund == fund);
                return new ListForecastsResponse { Forecasts = { forecasts.Select(forecast => View(books, forecast)) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static Sent.Forecast View(Books books, Ledger.Forecast forecast) => new()
    {
        Id = forecast.Id.ToString(),
        Fund = forecast.Fund,
        Years = { forecast.Years },
        RecordedAt = forecast.RecordedAt,
        Counts = books.Forecasts.Newest(forecast.Fund) == forecast,
    };
}
