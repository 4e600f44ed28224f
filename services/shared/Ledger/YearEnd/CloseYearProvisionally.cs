namespace FundingFlows.Ledger;

/// <summary>Why a year is not closed provisionally, in the order in which the rules are checked.</summary>
public enum CloseYearProvisionallyRefusal
{
    /// <summary>It is no financial year.</summary>
    [Refuses(RefusalClass.Malformed)] YearMalformed = 1,

    /// <summary>It is closed, provisionally or for good.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyClosed,

    /// <summary>Another year comes first, or there never was money here that a year could close on.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotInOrder,
}

/// <summary>
/// Closes a year for new spending. What was received in it is still recorded, corrected and settled. Of what this body promised
/// for it, no more can be released than the terms let be carried forward.
/// </summary>
public sealed record CloseYearProvisionally(int Year) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Years.IsYear(Year))
            return Decision.Refuse(CloseYearProvisionallyRefusal.YearMalformed, "That is no financial year that this ledger knows.");
        if (books.Years.IsClosed(Year))
            return Decision.Refuse(CloseYearProvisionallyRefusal.AlreadyClosed, $"{Years.InWords(Year)} is closed here.", ("financial_year", $"{Year}"));
        if (Next(books) is not { } next)
            return Decision.Refuse(CloseYearProvisionallyRefusal.NotInOrder, $"{books.Body} never had money, so it has no year to close.");
        if (Year != next)
            return Decision.Refuse(
                CloseYearProvisionallyRefusal.NotInOrder, $"Years close in their order: the next one here is {Years.InWords(next)}.", ("next_financial_year", $"{next}"));
        return Decision.Accept([.. Parts.Cut(Lapses(books)).Select(part => new Fact
        {
            YearClosedProvisionally = new YearClosedProvisionally { FinancialYear = Year, Lapsed = { part } },
        })]);
    }

    /// <summary>The year after the last that was closed, or the first in which money here could be spent.</summary>
    private static int? Next(Books books) =>
        books.Years.ClosedProvisionally + 1 ?? books.Accounts.Lines.Select(line => (int?)line.Key.Years.First).Min();

    /// <summary>
    /// What lapses of the promises for the year; with the first year that is closed, and with the last of their terms, of those for the
    /// years before it too.
    /// </summary>
    private IEnumerable<LapsedPromise> Lapses(Books books) =>
        from award in books.Awards.All
        where award.Funder == books.Body && award.State is AwardStage.Offered or AwardStage.Accepted
        from place in Enumerable.Range(0, award.Promises.Count)
        let promise = award.Promises[place]
        let lapsed = Lapsing.Of(award, promise.Year, promise.LeftPence, Year, books.Years.ClosedProvisionally is null)
        where lapsed > 0
        select new LapsedPromise { Award = award.Id.ToRef(), Promise = (uint)place, AmountPence = lapsed };
}
