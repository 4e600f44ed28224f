namespace FundingFlows.Ledger;

/// <summary>Whether an award can be read that goes on with another body. A part of a promise may be nothing, for a part of a penny is.</summary>
internal static class AwardForm
{
    public static bool IsWellFormed(FundTerms? terms, IReadOnlyList<FundTerms> earlier, IReadOnlyList<Promise> promises, IReadOnlyList<long> released) =>
        terms is not null && earlier.Prepend(terms).All(OpenFund.AreWellFormed) && earlier.Prepend(terms).DistinctBy(TermsId.Of).Count() == earlier.Count + 1
        && promises.Count is >= 1 and <= FundingAward.MostPromises && released.Count == promises.Count
        && promises.All(promise => Years.IsYear(promise.FinancialYear) && promise.AmountPence is >= 0 and <= Pence.Most
            && promise.Kind is Kind.Capital or Kind.Revenue or Kind.Either
            && promise.Earmarks.Count <= OpenFund.MostEarmarksOfALine && promise.Earmarks.All(Names.IsName))
        && promises.Zip(released).All(pair => pair.Second >= 0 && pair.Second <= pair.First.AmountPence)
        && promises.Sum(promise => promise.AmountPence) <= Pence.Most;
}
