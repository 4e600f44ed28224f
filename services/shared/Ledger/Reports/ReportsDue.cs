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
        return UntoldFrom(books, award.Terms.Fund, award.Recipient, on) is { } from ? First(Holding(award), from, due => due.DueOn < on) : null;
    }

    /// <summary>
    /// What bodies that this one funds have to report next, as is known here on a day: one for each fund and body, in their order. Whose awards are all over,
    /// and who has reported that nothing is left, owes none any more.
    /// </summary>
    public static IEnumerable<OwedReport> Owed(Books books, DateOnly on)
    {
        var asked = books.Awards.All.Where(award => award.Funder == books.Body && award.State == AwardStage.Accepted && AreAskedFor(award));
        foreach (var awards in asked.GroupBy(award => (award.Terms.Fund, award.Recipient)).OrderBy(one => one.Key.Fund, StringComparer.Ordinal).ThenBy(one => one.Key.Recipient, StringComparer.Ordinal))
        {
            var (fund, body) = awards.Key;
            if (UntoldFrom(books, fund, body, on) is not { } from || (awards.All(award => award.IsOver) && HasNothingLeft(books.Reports.LatestOf(fund, body))))
                continue;
            var next = First(awards.SelectMany(award => award.AllTerms).Select(ReportingRule.Of).OfType<ReportingRule>(), from, _ => true)!.Value;
            yield return new OwedReport(fund, body, ToldUpTo(books, fund, body, on), next, next.DueOn < on, awards.Any(award => Overdue(books, award, on) is not null));
        }
    }

    private static DueReport? First(IEnumerable<ReportingRule> rules, DateOnly from, Func<DueReport, bool> counts) =>
        rules.Select(rule => rule.DueFrom(from)).Where(counts).OrderBy(due => due.DueOn).Cast<DueReport?>().FirstOrDefault();

    /// <summary>The first day that a body has not told of. Null: nothing was released to it.</summary>
    private static DateOnly? UntoldFrom(Books books, string fund, string body, DateOnly on) =>
        books.Reports.Since(fund, body) is not { } since ? null : ToldUpTo(books, fund, body, on) is { } told && told >= since ? told.AddDays(1) : since;

    /// <summary>The last day that a body has told of. Null: none, or a later day than that.</summary>
    private static DateOnly? ToldUpTo(Books books, string fund, string body, DateOnly on) =>
        books.Reports.LatestOf(fund, body)?.UpTo is { } upTo && Dates.From(upTo) is var day && day <= on ? day : null;

    private static bool HasNothingLeft(ReportReceived? report) => report?.Totals is { HeldPence: 0, InTransitPence: 0 };

    private static IEnumerable<ReportingRule> Holding(FundingAward award) =>
        award.AllTerms.Select(ReportingRule.Of).OfType<ReportingRule>().Where(rule => !rule.ReleasesOverdue);
}

/// <summary>What a body has to report next to this one.</summary>
/// <param name="Body">Who owes it.</param>
/// <param name="ToldUpTo">The last day that it has told of. Null: it has not reported, or for a later day than it was asked about.</param>
/// <param name="Next">The first period that it has not told of; of several, by several terms, that which is due first.</param>
/// <param name="IsOverdue">Whether it was due before the day.</param>
/// <param name="HoldsBack">Whether no more is released to it until the report has come.</param>
public sealed record OwedReport(string Fund, string Body, DateOnly? ToldUpTo, DueReport Next, bool IsOverdue, bool HoldsBack);
