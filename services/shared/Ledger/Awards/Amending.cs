namespace FundingFlows.Ledger;

/// <summary>Whether an award's promises may become others: asked when an amendment is offered, and again when its acceptance comes.</summary>
public static class Amending
{
    /// <summary>Whether the award would promise anything else than it does.</summary>
    internal static bool Changes(FundingAward award, IReadOnlyList<Promise> promises) =>
        New(award, promises).Any() || award.Promises.Any(promise => PenceOf(promises, promise) != promise.AmountPence);

    /// <summary>A promise for a year that is closed at the funder, and that would become another. Null: there is none.</summary>
    internal static int? ChangedClosedYear(Books books, FundingAward award, IReadOnlyList<Promise> promises)
    {
        foreach (var promise in award.Promises.Where(promise => books.Years.IsClosed(promise.Year)))
            if (PenceOf(promises, promise) != promise.AmountPence)
                return promise.Year;
        return New(award, promises).Where(promise => books.Years.IsClosed(promise.FinancialYear)).Select(promise => (int?)promise.FinancialYear).FirstOrDefault();
    }

    /// <summary>A promise that would be less than what was released of it. Null: there is none.</summary>
    internal static AwardPromise? BelowReleased(FundingAward award, IReadOnlyList<Promise> promises) =>
        award.Promises.FirstOrDefault(promise => PenceOf(promises, promise) < promise.ReleasedPence);

    /// <summary>Whether it may come into force now.</summary>
    internal static bool IsStillLawful(Books books, FundingAward award, IReadOnlyList<Promise> promises) =>
        award is { State: AwardStage.Accepted, IsOver: false } && !books.IsEnding
        && ChangedClosedYear(books, award, promises) is null && BelowReleased(award, promises) is null;

    /// <summary>Whether what the funder recorded may come into force by its books, or is in force and was accepted again.</summary>
    public static bool MayComeIntoForce(Books books, AwardAmended fact) => books.Awards.Find(EntryId.From(fact.Award)) is { } award
        && award.FindAmendment(EntryId.From(fact.Amendment)) is { } amendment
        && (amendment.State == AmendmentStage.InForce || (amendment.State == AmendmentStage.Offered && IsStillLawful(books, award, amendment.Promises)));

    /// <summary>What the award has no promise for, as facts write it: it takes the places behind.</summary>
    internal static IEnumerable<Promise> New(FundingAward award, IReadOnlyList<Promise> promises) => promises.Where(promise => !award.Promises.Any(one => one.IsFor(promise)));

    /// <summary>What is promised more than the award promises now.</summary>
    internal static IEnumerable<Promise> Raised(FundingAward award, IReadOnlyList<Promise> promises) =>
        promises.Where(promise => award.Promises.FirstOrDefault(one => one.IsFor(promise)) is not { } now || promise.AmountPence > now.AmountPence);

    /// <summary>The terms that let only a formula award what would be promised more. Null: none, or nothing would be.</summary>
    internal static FundTerms? FormalRaised(FundingAward award, IReadOnlyList<Promise> promises) =>
        award.AllTerms.FirstOrDefault(terms => terms.AwardsByFormulaOnly) is { } formal && Raised(award, promises).Any() ? formal : null;

    /// <summary>By how much that is more, in pence.</summary>
    internal static long MorePence(FundingAward award, IReadOnlyList<Promise> promises) =>
        Raised(award, promises).Sum(promise => promise.AmountPence - (award.Promises.FirstOrDefault(one => one.IsFor(promise))?.AmountPence ?? 0));

    private static long PenceOf(IReadOnlyList<Promise> promises, AwardPromise promise) => promises.FirstOrDefault(promise.IsFor)?.AmountPence ?? 0;
}
