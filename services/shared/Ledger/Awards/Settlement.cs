namespace FundingFlows.Ledger;

/// <summary>What is promised of a fund for a financial year, and what became of that.</summary>
/// <param name="PromisedPence">By accepted awards for that year.</param>
/// <param name="MovedPence">What of it was released and has not been reversed; at a recipient: what has come.</param>
/// <param name="LapsedPence">What of it never will be: its year was closed, or the award is over.</param>
public readonly record struct PromisedYear(long PromisedPence, long MovedPence, long LapsedPence)
{
    /// <summary>What of it is still to be released. Promised = moved + lapsed + this.</summary>
    public long ToMovePence => PromisedPence - MovedPence - LapsedPence;

    /// <summary>What one promise of an award is for its year, as the body whose books it stands in knows.</summary>
    public static PromisedYear Of(FundingAward award, AwardPromise promise) =>
        new(promise.AmountPence, promise.ReleasedPence, award.IsOver ? promise.AmountPence - promise.ReleasedPence : promise.LapsedPence);

    public static PromisedYear operator +(PromisedYear one, PromisedYear other) =>
        new(one.PromisedPence + other.PromisedPence, one.MovedPence + other.MovedPence, one.LapsedPence + other.LapsedPence);
}

/// <summary>A fund's financial year at a body.</summary>
/// <param name="Year">By its first calendar year.</param>
/// <param name="ToBody">What funders promise the body for it.</param>
/// <param name="ByBody">What the body promises others for it.</param>
/// <param name="SpentPence">What the body's payments that count in it have drawn of the fund, net of refunds.</param>
/// <param name="ForecastPence">What the body expects to spend of the fund in it. Null: it has not said.</param>
/// <param name="End">What became of the fund's unspent money when the body closed the year for good. Null: it has not, or there was none.</param>
public sealed record SettledYear(int Year, PromisedYear ToBody, PromisedYear ByBody, long SpentPence, long? ForecastPence = null, FundYearEnd? End = null)
{
    /// <summary>What came for the year and has neither gone on for it nor been spent in it. Below zero: money of other years was used.</summary>
    public long LeftPence => ToBody.MovedPence - ByBody.MovedPence - SpentPence;
}

/// <summary>A fund's money at a body: held = issued + what is left of all years + otherwise.</summary>
/// <param name="OtherwisePence">What came or went otherwise, which belongs to no year: merged in or out, sent back up or by those below, surrendered, taken over or handed over.</param>
public readonly record struct SettledMoney(long HeldPence, long IssuedPence, long OtherwisePence)
{
    public static SettledMoney Of(Books books, string fund, IEnumerable<SettledYear> years)
    {
        var balances = books.Accounts.OfFund(fund);
        var (held, issued) = (balances[Account.Cash], balances[Account.Issued]);
        return new SettledMoney(held, issued, held - issued - years.Sum(year => year.LeftPence));
    }
}

/// <summary>
/// What is promised, released and spent of a fund for each financial year at a body. Over all years, what has come, gone on and been paid is what awards
/// and payments of the body say, each counted in one year.
/// </summary>
public static class Settlement
{
    /// <summary>The years for which anything was promised to the body or by it, in which it spent or expects to spend of the fund, or which it closed with money of it left: oldest first.</summary>
    public static IReadOnlyList<SettledYear> Of(Books books, string fund)
    {
        var years = new SortedDictionary<int, SettledYear>();
        SettledYear At(int year) => years.GetValueOrDefault(year) ?? new SettledYear(year, default, default, 0);
        foreach (var award in books.Awards.All.Where(award => award.State == AwardStage.Accepted && award.Terms.Fund == fund))
            foreach (var promise in award.Promises)
            {
                var (now, promised) = (At(promise.Year), PromisedYear.Of(award, promise));
                years[promise.Year] = award.Recipient == books.Body ? now with { ToBody = now.ToBody + promised } : now with { ByBody = now.ByBody + promised };
            }
        foreach (var payment in books.Payments.All)
        {
            var pence = payment.Pieces.Where(piece => books.Lots.Find(piece.Lot)?.Line.Fund == fund).Sum(piece => piece.AmountPence - piece.RefundedPence);
            if (pence != 0)
                years[payment.Made.FinancialYear] = At(payment.Made.FinancialYear) with { SpentPence = At(payment.Made.FinancialYear).SpentPence + pence };
        }
        foreach (var forecast in books.Forecasts.Newest(fund)?.Years ?? [])
            years[forecast.FinancialYear] = At(forecast.FinancialYear) with { ForecastPence = forecast.AmountPence };
        foreach (var closed in books.Years.All)
            if (closed.ByFund.TryGetValue(fund, out var end))
                years[closed.Year] = At(closed.Year) with { End = end };
        return [.. years.Values];
    }
}
