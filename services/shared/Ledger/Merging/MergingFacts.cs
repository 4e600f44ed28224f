namespace FundingFlows.Ledger;

/// <summary>What facts about merged pots change in the books.</summary>
internal static class MergingFacts
{
    /// <param name="at">The entry's place.</param>
    /// <param name="first">The first entry of the same command.</param>
    public static void Apply(Books books, EntryId at, EntryId first, PotsMerged fact)
    {
        for (var i = 0; i < fact.Lots.Count; i++)
        {
            var from = books.Holds.Draw(new Piece { Lot = fact.Lots[i].Parent, AmountPence = fact.Lots[i].AmountPence, Hold = fact.Lots[i].Hold });
            var into = books.Lots.Add(at, i, fact.Lots[i]);
            books.Accounts.Post(new Posting(from, Account.Cash, Account.RelabelledOut, into.AmountPence));
            books.Accounts.Post(new Posting(into, Account.RelabelledIn, Account.Cash, into.AmountPence));
            if (fact.Lots[i].MustReturn)
                books.Holds.KeepForReturn(first, into, into.AmountPence);
        }
        if (fact.Under is null)
            books.Merges.Add(new Merge(first, fact.FromFund, fact.IntoFund, fact.Award is null ? null : EntryId.From(fact.Award)));
    }
}
