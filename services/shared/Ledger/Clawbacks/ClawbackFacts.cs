namespace FundingFlows.Ledger;

/// <summary>What facts about claims change in the books.</summary>
internal static class ClawbackFacts
{
    public static void Apply(Books books, EntryId at, ClawbackClaimed fact)
    {
        books.Clawbacks.Add(new Clawback(at, EntryId.From(fact.Award), fact.Kind, EarmarkSet.Of(fact.Earmarks), fact.AmountPence));
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.ClawbackClaimed, at);
    }

    /// <param name="at">The entry's place.</param>
    /// <param name="first">The first entry that recorded the claim, which holds what all of them name.</param>
    public static void Apply(Books books, EntryId at, EntryId first, ClawbackRecorded fact)
    {
        if (at == first)
            books.Clawbacks.Add(new Clawback(EntryId.From(fact.Clawback), EntryId.From(fact.Award), fact.Kind, EarmarkSet.Of(fact.Earmarks), fact.AmountPence) { RecordedBy = at });
        books.Holds.Place(first, HoldKind.Claim, fact.Held);
    }

    public static void Apply(Books books, EntryId at, ClawbackWithdrawn fact)
    {
        books.Clawbacks[EntryId.From(fact.Clawback)].WithdrawnPence += fact.AmountPence;
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.ClawbackWithdrawn, at);
    }

    /// <param name="at">The entry's place.</param>
    /// <param name="first">The first entry of the answer: its parts release together what it takes off the claim.</param>
    public static void Apply(Books books, EntryId at, EntryId first, ClawbackWithdrawalReceived fact)
    {
        var claim = books.Clawbacks[EntryId.From(fact.Clawback)];
        if (at == first)
            claim.WithdrawnPence += fact.AmountPence;
        books.Holds.Release(claim.RecordedBy!.Value, fact.Released);
    }
}
