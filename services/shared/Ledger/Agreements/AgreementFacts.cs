namespace FundingFlows.Ledger;

internal static class AgreementFacts
{
    public static void Apply(Books books, EntryId at, AgreementProposed fact)
    {
        books.Agreements.Add(new FundingAgreement(at, books.Body, fact.To.Body));
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AgreementProposed, at);
    }

    public static void Apply(Books books, AgreementProposalReceived fact)
    {
        var id = EntryId.From(fact.Agreement);
        books.Agreements.Add(new FundingAgreement(id, id.Body, books.Body));
    }

    public static void Apply(Books books, EntryId at, AgreementAccepted fact)
    {
        var id = EntryId.From(fact.Agreement);
        books.Agreements[id].State = AgreementStage.Active;
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AgreementAccepted, id);
    }

    public static void Apply(Books books, AgreementConcluded fact) =>
        books.Agreements[EntryId.From(fact.Agreement)].State = AgreementStage.Active;
}
