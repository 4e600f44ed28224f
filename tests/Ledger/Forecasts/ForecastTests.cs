namespace FundingFlows.Ledger.Tests;

/// <summary>What a body expects to spend: the newest counts, and those before stay readable.</summary>
public sealed class ForecastTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Forecast_TakesThePlaceOfTheOneBefore_Whole()
    {
        var (council, fund) = (stage.Council, stage.Fund);
        var first = council.Do(new RecordForecast(fund, [Year(2027, 5_000), Year(2026, 4_000)]));
        var second = council.Do(new RecordForecast(fund, [Year(2026, 4_500)]));

        Assert.Equal([first, second], council.Books.Forecasts.All.Select(forecast => forecast.Id));
        Assert.Equal([(2026, 4_000L), (2027, 5_000L)], council.Books.Forecasts.Find(first)!.Years.Select(year => (year.FinancialYear, year.AmountPence)));
        Assert.Equal(second, council.Books.Forecasts.Newest(fund)!.Id);
        Assert.Equal([(2026, (long?)4_500), (2027, null)], Settlement.Of(council.Books, fund).Select(year => (year.Year, year.ForecastPence)));
        Assert.Null(council.Books.Forecasts.Newest("GOV.other"));
        Assert.Equal(Dump.Of(Replay.Of(council)), Dump.Of(council.Books));
    }

    [Fact]
    public void Forecast_OfAYearWithoutAnythingElse_IsAYearOfTheSettlement()
    {
        stage.Government.Do(new RecordForecast(stage.Fund, [Year(2028, 0)]));

        Assert.Equal(0, Settlement.Of(stage.Government.Books, stage.Fund).Single(year => year.Year == 2028).ForecastPence);
    }

    /// <summary>It is only said: no money moves and none is held.</summary>
    [Fact]
    public void Forecast_OfMoreThanThereIs_ChangesNoMoney()
    {
        var before = stage.Council.Balance(Account.Cash);
        stage.Council.Do(new RecordForecast(stage.Fund, [Year(2026, Pence.Most)]));

        Assert.Equal(before, stage.Council.Balance(Account.Cash));
        stage.Council.Do(stage.Council.Payment(stage.Fund, 3_000));
        stage.Federation.MustHold();
    }

    private static ForecastYear Year(int year, long pence) => new() { FinancialYear = year, AmountPence = pence };
}
