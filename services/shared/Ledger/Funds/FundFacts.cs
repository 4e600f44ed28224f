namespace FundingFlows.Ledger;

/// <summary>What facts about funds, and new money in them, change in the books.</summary>
internal static class FundFacts
{
    public static void Apply(Books books, EntryId at, FundOpened fact) => books.Funds.Add(fact.Terms, at);

    public static void Apply(Books books, EntryId at, TermsRevised fact) => books.Funds.Add(fact.Terms, at);

    public static void Apply(Books books, EntryId at, MoneyIssued fact)
    {
        if (fact.Loan is { } loan)
            books.Payments[EntryId.From(loan)].InterestPence += fact.AmountPence;
        for (var i = 0; i < fact.Lots.Count; i++)
        {
            var lot = books.Lots.Add(at, i, fact.Lots[i]);
            books.Accounts.Post(new Posting(lot, Account.Issued, Account.Cash, lot.AmountPence));
        }
    }
}
