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
public sealed record SettledYear(int Year, PromisedYear ToBody, PromisedYear ByBody, long SpentPence);

/// <summary>
/// What is promised, released and spent of a fund for each financial year at a body. Over all years, what has come, gone on and been paid is what awards
/// and payments of the body say, each counted in one year.
/// </summary>
public static class Settlement
{
    /// <summary>The years for which anything was promised to the body or by it, or in which it spent of the fund: oldest first.</summary>
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
        return [.. years.Values];
    }
}
