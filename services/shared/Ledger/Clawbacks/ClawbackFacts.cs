namespace FundingFlows.Ledger;

internal static class ClawbackFacts
{
    public static void Apply(Books books, EntryId at, ClawbackClaimed fact)
    {
        books.Clawbacks.Add(new Clawback(at, EntryId.From(fact.Award), fact.Kind, EarmarkSet.Of(fact.Earmarks), fact.AmountPence));
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.ClawbackClaimed, at);
    }

    public static void Apply(Books books, EntryId at, ClawbackRecorded fact)
    {
        books.Clawbacks.Add(new Clawback(EntryId.From(fact.Clawback), EntryId.From(fact.Award), fact.Kind, EarmarkSet.Of(fact.Earmarks), fact.AmountPence) { RecordedBy = at });
        books.Holds.Place(at, HoldKind.Claim, fact.Held);
    }

    public static void Apply(Books books, EntryId at, ClawbackWithdrawn fact)
    {
        books.Clawbacks[EntryId.From(fact.Clawback)].WithdrawnPence += fact.AmountPence;
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.ClawbackWithdrawn, at);
    }

    public static void Apply(Books books, ClawbackWithdrawalReceived fact)
    {
        var claim = books.Clawbacks[EntryId.From(fact.Clawback)];
        claim.WithdrawnPence += fact.AmountPence;
        books.Holds.Release(claim.RecordedBy!.Value, fact.Released);
    }
}
