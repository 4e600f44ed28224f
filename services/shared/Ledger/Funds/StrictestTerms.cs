namespace FundingFlows.Ledger;

/// <summary>What several terms that bind the same money say together: of each rule the strictest.</summary>
public static class StrictestTerms
{
    /// <summary>Above what amount a second person is needed, in pence. Null: never for the amount alone.</summary>
    public static long? SecondApprovalAbovePence(this IEnumerable<FundTerms> terms) =>
        terms.Min(one => one.HasSecondApprovalAbovePence ? one.SecondApprovalAbovePence : (long?)null);

    /// <summary>How much of what is unspent may be used in later years, in hundredths of a per cent.</summary>
    public static uint CarryForwardBasisPoints(this IEnumerable<FundTerms> terms) =>
        terms.Min(one => one.HasCarryForwardBasisPoints ? one.CarryForwardBasisPoints : OpenFund.WholeInBasisPoints);

    /// <summary>For how many years after the year of a loan its repayments may be used again. Null: no loans may be made.</summary>
    public static uint? RecyclingYears(this IReadOnlyCollection<FundTerms> terms) =>
        terms.All(one => one.HasRecyclingYears) ? terms.Min(one => one.RecyclingYears) : null;
}
