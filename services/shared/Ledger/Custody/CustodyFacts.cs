namespace FundingFlows.Ledger;

/// <summary>What facts about custodies change in the books.</summary>
internal static class CustodyFacts
{
    public static void Apply(Books books, EntryId at, CustodyProposed fact)
    {
        books.Custodies.Add(new Custody(at, books.Body, fact.To.Body));
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.CustodyProposed, at);
    }

    public static void Apply(Books books, CustodyProposalReceived fact)
    {
        var id = EntryId.From(fact.Custody);
        books.Custodies.Add(new Custody(id, id.Body, books.Body));
    }

    public static void Apply(Books books, EntryId at, CustodyAccepted fact)
    {
        var id = EntryId.From(fact.Custody);
        books.Custodies[id].Accepted();
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.CustodyAccepted, id);
    }

    public static void Apply(Books books, CustodyConcluded fact)
    {
        var custody = books.Custodies[EntryId.From(fact.Custody)];
        custody.Accepted();
        custody.Acceptance = EntryId.From(fact.Delivery.Entry);
    }

    public static void Apply(Books books, EntryId at, CustodyEnded fact)
    {
        var id = EntryId.From(fact.Custody);
        books.Custodies[id].End(at, fact.Reason);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.CustodyEnded, id);
    }

    public static void Apply(Books books, CustodyEndReceived fact) =>
        books.Custodies[EntryId.From(fact.Custody)].End(EntryId.From(fact.Delivery.Entry), fact.Reason);
}
