namespace FundingFlows.Ledger;

/// <summary>
/// Whether a body that this one funds has reported as the terms of its money say. Reports are due from the day on which money of the
/// fund was first released to it; before, there is nothing to tell. Days are those that releases and reports name.
/// </summary>
public static class ReportsDue
{
    /// <summary>Whether terms of an award hold its money back until reports have come.</summary>
    public static bool HoldBack(FundingAward award) => Holding(award).Any();

    /// <summary>Whether terms of an award ask for reports, whatever becomes of its money.</summary>
    public static bool AreAskedFor(FundingAward award) => award.AllTerms.Any(terms => ReportingRule.Of(terms) is not null);

    /// <summary>
    /// The report of the recipient of an award for which more money waits on a day: of several, by several terms, that which was due first.
    /// Null: none. A report that names a later day than that counts for nothing yet.
    /// </summary>
    public static DueReport? Overdue(Books books, FundingAward award, DateOnly on)
    {
        if (books.Reports.Since(award.Terms.Fund, award.Recipient) is not { } since)
            return null;
        var told = books.Reports.LatestOf(award.Terms.Fund, award.Recipient)?.UpTo is { } upTo ? Dates.From(upTo) : (DateOnly?)null;
        var from = told is { } day && day <= on && day >= since ? day.AddDays(1) : since;
        return Holding(award).Select(rule => rule.DueFrom(from)).Where(due => due.DueOn < on).OrderBy(due => due.DueOn).Cast<DueReport?>().FirstOrDefault();
    }

    private static IEnumerable<ReportingRule> Holding(FundingAward award) =>
        award.AllTerms.Select(ReportingRule.Of).OfType<ReportingRule>().Where(rule => !rule.ReleasesOverdue);
}
