namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a forecast is not recorded.</summary>
public sealed class RecordForecastRefusalTests
{
    internal static readonly RefusalTable<RecordForecast, RecordForecastRefusal> Table = new RefusalTable<RecordForecast, RecordForecastRefusal>(stage =>
            new(stage.Council, new RecordForecast(stage.Fund, [Year(2026, 4_000), Year(2027, 0)])))
        .Row(RecordForecastRefusal.YearsMalformed, "no year", forecast => forecast with { Years = [] })
        .Row(RecordForecastRefusal.YearsMalformed, "eleven years", forecast => forecast with { Years = [.. Enumerable.Range(2026, 11).Select(year => Year(year, 1))] })
        .Row(RecordForecastRefusal.YearsMalformed, "a year twice", forecast => forecast with { Years = [Year(2026, 1), Year(2026, 2)] })
        .Row(RecordForecastRefusal.YearsMalformed, "less than nothing", forecast => forecast with { Years = [Year(2026, -1)] })
        .Row(RecordForecastRefusal.YearsMalformed, "more money than there is", forecast => forecast with { Years = [Year(2026, Pence.Most + 1)] })
        .Row(RecordForecastRefusal.YearsMalformed, "no such year", forecast => forecast with { Years = [Year(1999, 1)] })
        .Row(RecordForecastRefusal.FundUnknown, "a fund that nobody opened", forecast => forecast with { Fund = "GOV.nothing" })
        .Row(RecordForecastRefusal.YearOutsideFund, "a year before the fund", forecast => forecast with { Years = [Year(2025, 1), Year(2026, 1)] })
        .Row(RecordForecastRefusal.YearOutsideFund, "a year after the fund", forecast => forecast with { Years = [Year(2190, 1)] })
        .Row(RecordForecastRefusal.YearClosed, "a year that is over", (Stage stage, RecordForecast forecast) =>
        {
            stage.Council.Do(new CloseYearProvisionally(2026));
            return forecast;
        })
        .Both("a year twice", "a fund that nobody opened");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RecordForecast_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RecordForecast_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();

    private static ForecastYear Year(int year, long pence) => new() { FinancialYear = year, AmountPence = pence };
}
