namespace FundingFlows.Ledger;

/// <summary>Why a year is not closed for good, in the order in which the rules are checked.</summary>
public enum CloseYearRefusal
{
    /// <summary>It is no financial year.</summary>
    [Refuses(RefusalClass.Malformed)] YearMalformed = 1,

    /// <summary>It is closed for good.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyClosed,

    /// <summary>It still takes spending: it is closed provisionally first.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotClosedProvisionally,

    /// <summary>The year before it is not closed for good.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotInOrder,

    /// <summary>Money is still set aside for it: reserved, in a payment that waits for somebody, or claimed back and not sent.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] MoneySetAside,

    /// <summary>Money that this body sent is on its way, and may come back.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] MoneyOnItsWay,
}

/// <summary>
/// Closes a year for good. What is free and could have been spent in it is carried forward as far as its terms let it be: what is
/// above their ceiling, and all that can be spent in no later year, is held and may only go back to where it came from.
/// </summary>
public sealed record CloseYear(int Year) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (Refuse(books) is { } refusal)
            return Decision.Refuse(refusal);
        var unspent = Unspent(books, Year).ToList();
        var toReturn = unspent.GroupBy(lot => (lot.Line, Terms: string.Join(' ', lot.Terms)))
            .OrderBy(line => line.Key.Line).ThenBy(line => line.Key.Terms, StringComparer.Ordinal)
            .SelectMany(line => ToReturn(books, [.. line])).ToList();
        var free = unspent.Sum(lot => lot.FreePence);
        return Decision.Accept([.. Parts.Cut(toReturn).Select(part => new Fact
        {
            YearClosed = new YearClosed
            {
                FinancialYear = Year,
                UnspentPence = free,
                CarriedPence = free - toReturn.Sum(piece => piece.AmountPence),
                ToReturn = { part },
            },
        })]);
    }

    /// <summary>What is free and could have been spent in the year: not what was carried forward of it where it came from.</summary>
    internal static IEnumerable<Lot> Unspent(Books books, int year) => books.Lots.FundsHeld.SelectMany(books.Lots.Remaining)
        .Where(lot => lot.FreePence > 0 && lot.Line.Years.First <= year && !(lot.ClosedThrough >= year && lot.Line.Years.Last > year));

    private Refusal? Refuse(Books books)
    {
        if (!Years.IsYear(Year))
            return Refusal.Of(CloseYearRefusal.YearMalformed, "That is no financial year that this ledger knows.");
        if (books.Years.IsClosedForGood(Year))
            return Refusal.Of(CloseYearRefusal.AlreadyClosed, $"{Years.InWords(Year)} is closed for good here.", ("financial_year", $"{Year}"));
        if (!books.Years.IsClosed(Year))
            return Refusal.Of(CloseYearRefusal.NotClosedProvisionally, $"{Years.InWords(Year)} still takes spending here: close it provisionally first.");
        var next = books.Years.All.First(year => year.ClosedBy is null).Year;
        if (Year != next)
            return Refusal.Of(
                CloseYearRefusal.NotInOrder, $"Years close in their order: the next one here is {Years.InWords(next)}.", ("next_financial_year", $"{next}"));
        var setAside = SetAsidePence(books);
        if (setAside > 0)
            return Refusal.Of(
                CloseYearRefusal.MoneySetAside, $"{Pence.InPounds(setAside)} is still set aside for {Years.InWords(Year)}: use it, send it, release it or let it expire first.",
                ("set_aside_pence", $"{setAside}"));
        var moving = books.Accounts.Total[Account.InTransit];
        if (moving > 0)
            return Refusal.Of(
                CloseYearRefusal.MoneyOnItsWay, $"{Pence.InPounds(moving)} that was sent from here is on its way and may come back: wait until it has arrived.",
                ("in_transit_pence", $"{moving}"));
        return null;
    }

    /// <summary>
    /// What is reserved for the year, what a payment that waits may yet use of it, for a second person or for the accountable body, and
    /// what is claimed back. What settles a liability is no new spending.
    /// </summary>
    private long SetAsidePence(Books books)
    {
        bool Takes(Preparation preparation) =>
            preparation.Waits && preparation.Payment.FinancialYear <= Year && !books.Liabilities.AreSettledBy(preparation.Payment);
        return books.Reservations.All.Where(reservation => reservation.For.Year <= Year).Sum(reservation => books.Holds[reservation.Id].AmountPence)
            + books.Preparations.All.Where(Takes).Sum(preparation => books.Holds[preparation.Id].AmountPence)
            + books.Instructions.Waiting().Where(instruction => instruction.Payment.FinancialYear == Year && !instruction.SettlesLiability)
                .Sum(instruction => books.Holds[instruction.Id].AmountPence)
            + books.Lots.FundsHeld.SelectMany(books.Lots.Remaining).Where(lot => lot.Line.Years.First <= Year).Sum(lot => lot.HeldFor(HoldKind.Claim));
    }

    /// <summary>Of the lots of one line and the same terms: what is above the ceiling, last drawn first.</summary>
    private IEnumerable<Piece> ToReturn(Books books, IReadOnlyList<Lot> lots)
    {
        var free = lots.Sum(lot => lot.FreePence);
        var carried = lots[0].Line.Years.Last <= Year ? 0 : Apportionment.RoundedDown(free, books.Funds.TermsOf(lots[0]).CarryForwardBasisPoints());
        var excess = free - carried;
        for (var i = lots.Count - 1; excess > 0; i--)
        {
            var piece = Math.Min(excess, lots[i].FreePence);
            excess -= piece;
            yield return new Piece { Lot = lots[i].Id.ToRef(), AmountPence = piece };
        }
    }
}
