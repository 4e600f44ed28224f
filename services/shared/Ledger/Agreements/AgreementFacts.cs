namespace FundingFlows.Ledger;

/// <summary>What facts about agreements change in the books.</summary>
internal static class AgreementFacts
{
    public static void Apply(Books books, EntryId at, AgreementProposed fact)
    {
        books.Agreements.Add(new FundingAgreement(at, books.Body, fact.To.Body, new(AgreementClauses.BasisOf(fact.Basis), fact.AccountableBody, fact.FundersAbove)));
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AgreementProposed, at);
    }

    public static void Apply(Books books, AgreementProposalReceived fact)
    {
        var id = EntryId.From(fact.Agreement);
        books.Agreements.Add(new FundingAgreement(id, id.Body, books.Body, new(AgreementClauses.BasisOf(fact.Basis), fact.AccountableBody, fact.FundersAbove)));
    }

    public static void Apply(Books books, EntryId at, AgreementAccepted fact)
    {
        var id = EntryId.From(fact.Agreement);
        books.Agreements[id].Accepted(fact.RecipientsBelow);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AgreementAccepted, id);
    }

    public static void Apply(Books books, AgreementConcluded fact)
    {
        var agreement = books.Agreements[EntryId.From(fact.Agreement)];
        agreement.Accepted(fact.RecipientsBelow);
        agreement.Acceptance = EntryId.From(fact.Delivery.Entry);
    }

    public static void Apply(Books books, EntryId at, AgreementSuspended fact) =>
        Sent(books, at, fact.To, fact.Agreement, Fact.KindOneofCase.AgreementSuspended, AgreementChange.Suspended, fact.Reason);

    public static void Apply(Books books, AgreementSuspensionReceived fact) =>
        Received(books, fact.Delivery, fact.Agreement, AgreementChange.Suspended, fact.Reason);

    public static void Apply(Books books, EntryId at, AgreementResumed fact) =>
        Sent(books, at, fact.To, fact.Agreement, Fact.KindOneofCase.AgreementResumed, AgreementChange.Resumed, fact.Reason);

    public static void Apply(Books books, AgreementResumptionReceived fact) =>
        Received(books, fact.Delivery, fact.Agreement, AgreementChange.Resumed, fact.Reason);

    public static void Apply(Books books, EntryId at, AgreementEnded fact) =>
        Sent(books, at, fact.To, fact.Agreement, Fact.KindOneofCase.AgreementEnded, AgreementChange.Ended, fact.Reason);

    public static void Apply(Books books, AgreementEndReceived fact) =>
        Received(books, fact.Delivery, fact.Agreement, AgreementChange.Ended, fact.Reason);

    private static void Sent(
        Books books, EntryId at, Addressed to, EntryRef agreement, Fact.KindOneofCase kind, AgreementChange change, DocumentDigest reason)
    {
        var id = EntryId.From(agreement);
        Change(books, id, new AgreementStep(change, at, reason));
        books.Deliveries.Sent(at, to, kind, id);
    }

    private static void Received(Books books, DeliveryRef delivery, EntryRef agreement, AgreementChange change, DocumentDigest reason) =>
        Change(books, EntryId.From(agreement), new AgreementStep(change, EntryId.From(delivery.Entry), reason));

    private static void Change(Books books, EntryId id, AgreementStep step)
    {
        books.Agreements[id].Add(step);
        if (step.Change == AgreementChange.Ended)
            books.Awards.End(id);
    }
}
