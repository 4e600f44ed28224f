namespace FundingFlows.Ledger;

/// <summary>Why a forecast is not recorded, in the order in which the rules are checked.</summary>
public enum RecordForecastRefusal
{
    /// <summary>It is not of 1 to 10 financial years, each once, or an amount is below zero or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] YearsMalformed = 1,

    /// <summary>This body knows no such fund.</summary>
    [Refuses(RefusalClass.Missing)] FundUnknown,

    /// <summary>In one of the years money of the fund cannot be used by any terms that are known here.</summary>
    [Refuses(RefusalClass.Rule)] YearOutsideFund,

    /// <summary>One of the years is closed here: what was spent in it is known.</summary>
    [Refuses(RefusalClass.Rule)] YearClosed,
}

/// <summary>
/// What this body expects to spend of a fund itself in each coming year. It takes the place of the forecast before it, whole: a year that it does not name
/// has none. It promises nothing, and holds nothing.
/// </summary>
public sealed record RecordForecast(string Fund, IReadOnlyList<ForecastYear> Years) : ICommand
{
    public const int MostYears = 10;

    public Decision Decide(Books books, Surroundings around)
    {
        if (Years.Count is 0 or > MostYears || Years.DistinctBy(year => year.FinancialYear).Count() < Years.Count || !Years.All(IsWellFormed))
            return Decision.Refuse(
                RecordForecastRefusal.YearsMalformed, $"A forecast is of 1 to {MostYears} financial years, each once, with an amount from nothing to {Pence.InPounds(Pence.Most)} for each.");
        if (books.Funds.Newest(Fund) is not { } terms)
            return Decision.Refuse(RecordForecastRefusal.FundUnknown, $"{books.Body} does not know a fund {Fund}.", ("fund", Fund));
        var inOrder = Years.OrderBy(year => year.FinancialYear).ToList();
        if (inOrder.Find(year => !books.Funds.Versions(Fund).Any(version => Ledger.Years.From(version.Years).Contain(year.FinancialYear))) is { } outside)
            return Decision.Refuse(
                RecordForecastRefusal.YearOutsideFund, $"{terms.Title} is for {Ledger.Years.From(terms.Years)}: nothing of it can be spent in {Ledger.Years.InWords(outside.FinancialYear)}.",
                ("financial_year", $"{outside.FinancialYear}"));
        if (inOrder.Find(year => books.Years.IsClosed(year.FinancialYear)) is { } closed)
            return Decision.Refuse(
                RecordForecastRefusal.YearClosed, $"{Ledger.Years.InWords(closed.FinancialYear)} is closed here: what was spent in it is known.", ("financial_year", $"{closed.FinancialYear}"));
        return Decision.Accept(new Fact { ForecastRecorded = new ForecastRecorded { Fund = Fund, Years = { inOrder } } });
    }

    private static bool IsWellFormed(ForecastYear year) => Ledger.Years.IsYear(year.FinancialYear) && year.AmountPence is >= 0 and <= Pence.Most;
}
