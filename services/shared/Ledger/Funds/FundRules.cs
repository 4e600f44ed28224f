namespace FundingFlows.Ledger;

/// <summary>Rules of a fund beside its split and earmarks. None is the rule where none is given.</summary>
/// <param name="MergeInto">Ids of the funds that its money may be merged into.</param>
/// <param name="SecondApprovalAbovePence">A payment above this needs a second person. Null: none does for its amount.</param>
/// <param name="CarryForwardBasisPoints">How much of what is unspent may be used in later years, in hundredths of a per cent. Null: all.</param>
/// <param name="RecyclingYears">For how many years after the year of a loan its repayments may be used again. Null: no loans.</param>
/// <param name="Reporting">When reports are due. Null: none is.</param>
/// <param name="AwardsByFormulaOnly">Whether awards must come from a recorded run of a formula.</param>
public sealed record FundRules(
    IReadOnlyList<string> MergeInto, long? SecondApprovalAbovePence = null, uint? CarryForwardBasisPoints = null, uint? RecyclingYears = null,
    ReportingRule? Reporting = null, bool AwardsByFormulaOnly = false)
{
    public const int MostMergeInto = 16;
    public const uint MostRecyclingYears = 50;

    public static readonly FundRules None = new([]);

    /// <summary>The rules as terms state them.</summary>
    public static FundRules Of(FundTerms terms) => new(
        terms.MergeInto,
        terms.HasSecondApprovalAbovePence ? terms.SecondApprovalAbovePence : null,
        terms.HasCarryForwardBasisPoints ? terms.CarryForwardBasisPoints : null,
        terms.HasRecyclingYears ? terms.RecyclingYears : null,
        ReportingRule.Of(terms),
        terms.AwardsByFormulaOnly);

    public bool AreWellFormed =>
        MergeInto.Count <= MostMergeInto && MergeInto.All(Names.IsFund)
        && SecondApprovalAbovePence is null or (>= 0 and <= Pence.Most)
        && CarryForwardBasisPoints is null or <= OpenFund.WholeInBasisPoints
        && RecyclingYears is null or <= MostRecyclingYears
        && Reporting is null or { IsWellFormed: true };

    internal void WriteTo(FundTerms terms)
    {
        terms.MergeInto.Add(MergeInto.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        if (SecondApprovalAbovePence is { } above)
            terms.SecondApprovalAbovePence = above;
        if (CarryForwardBasisPoints is { } share)
            terms.CarryForwardBasisPoints = share;
        if (RecyclingYears is { } years)
            terms.RecyclingYears = years;
        Reporting?.WriteTo(terms);
        terms.AwardsByFormulaOnly = AwardsByFormulaOnly;
    }
}
