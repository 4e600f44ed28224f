namespace FundingFlows.Ledger;

/// <summary>What facts about liabilities change in the books.</summary>
internal static class LiabilityFacts
{
    /// <param name="first">The first entry of the liability.</param>
    public static void Apply(Books books, EntryId first, Entry entry)
    {
        var fact = entry.Fact.LiabilityIncurred;
        if (books.Liabilities.Find(first) is null)
            books.Liabilities.Add(new Liability(first, fact, entry.RecordedAt));
        books.Holds.Place(first, HoldKind.Liability, fact.Pieces);
    }

    /// <param name="first">The first entry of the correction.</param>
    public static void Apply(Books books, EntryId first, LiabilityReduced fact)
    {
        var id = EntryId.From(fact.Liability);
        books.Holds.Release(id, fact.Pieces);
        if (fact.MustReturn)
            books.Holds.Place(first, HoldKind.Return, fact.Pieces);
        books.Liabilities[id].ReducedPence += fact.Pieces.Sum(piece => piece.AmountPence);
    }
}
