namespace FundingFlows.Ledger;

/// <summary>What facts about the ends of years change in the books.</summary>
internal static class YearFacts
{
    /// <param name="first">The first entry of the close.</param>
    public static void Apply(Books books, EntryId first, YearClosedProvisionally fact)
    {
        if (books.Years.Find(fact.FinancialYear) is null)
            books.Years.Add(new ClosedYear(fact.FinancialYear, first));
        foreach (var lapsed in fact.Lapsed)
            books.Awards[EntryId.From(lapsed.Award)].Promises[(int)lapsed.Promise].LapsedPence += lapsed.AmountPence;
    }

    /// <param name="first">The first entry of the close.</param>
    public static void Apply(Books books, EntryId first, YearClosed fact)
    {
        var year = books.Years.Find(fact.FinancialYear)!;
        if (year.ClosedBy is null)
            foreach (var fund in CloseYear.Unspent(books, year.Year).GroupBy(lot => lot.Line.Fund))
                year.ByFund[fund.Key] = new FundYearEnd(fund.Sum(lot => lot.FreePence), 0);
        foreach (var piece in fact.ToReturn)
            if (books.Lots.Find(LotId.From(piece.Lot))?.Line.Fund is { } of && year.ByFund.TryGetValue(of, out var end))
                year.ByFund[of] = end with { ToReturnPence = end.ToReturnPence + piece.AmountPence };
        (year.ClosedBy, year.UnspentPence, year.CarriedPence) = (first, fact.UnspentPence, fact.CarriedPence);
        books.Holds.Place(first, HoldKind.Return, fact.ToReturn);
    }

    /// <summary>Money goes back to its source.</summary>
    public static void Apply(Books books, MoneySurrendered fact)
    {
        foreach (var piece in fact.Pieces)
        {
            var lot = books.Holds.Draw(piece);
            books.Accounts.Post(new Posting(lot, Account.Cash, Account.Surrendered, piece.AmountPence));
        }
    }
}
