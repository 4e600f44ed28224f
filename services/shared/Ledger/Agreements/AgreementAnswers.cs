namespace FundingFlows.Ledger;

/// <summary>How a body answers what another delivers about an agreement.</summary>
internal static class AgreementAnswers
{
    public static Decision ToProposal(Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.AgreementProposed, out var facts) || facts is not [var proposed] || !IsWellFormed(proposed))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        return Decision.Accept(new Fact
        {
            AgreementProposalReceived = new AgreementProposalReceived
            {
                Delivery = delivery.ToRef(),
                Agreement = delivery.FirstId.ToRef(),
                Basis = proposed.Basis,
                AccountableBody = proposed.AccountableBody,
                FundersAbove = { proposed.FundersAbove },
            },
        });
    }

    /// <summary>
    /// An acceptance that crossed the proposal's end is taken too: the end stands. So is one that a body has lost and gives again: with those whom it funds by then.
    /// </summary>
    public static Decision ToAcceptance(Books books, Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.AgreementAccepted, out var facts) || facts is not [var accepted]
            || !AgreementBook.AreWellFormed(accepted.RecipientsBelow) || !EntryId.TryFrom(accepted.Agreement, out var id)
            || books.Agreements.Find(id) is not { } agreement || agreement.Funder != books.Body || agreement.Recipient != delivery.Sender
            || !(agreement is { State: AgreementStage.Proposed or AgreementStage.Ended, WasInForce: false } || IsAcceptedAgain(agreement, delivery)))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        return Decision.Accept(new Fact
        {
            AgreementConcluded = new AgreementConcluded { Delivery = delivery.ToRef(), Agreement = accepted.Agreement, RecipientsBelow = { accepted.RecipientsBelow } },
        });
    }

    public static Decision ToSuspension(Books books, Delivery delivery) =>
        delivery.TryFacts(fact => fact.AgreementSuspended, out var facts) && facts is [var fact] && Was(books, delivery, fact.Agreement, fact.Reason)
            ? Decision.Accept(new Fact
            {
                AgreementSuspensionReceived = new AgreementSuspensionReceived { Delivery = delivery.ToRef(), Agreement = fact.Agreement, Reason = fact.Reason },
            })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    public static Decision ToResumption(Books books, Delivery delivery) =>
        delivery.TryFacts(fact => fact.AgreementResumed, out var facts) && facts is [var fact] && Was(books, delivery, fact.Agreement, fact.Reason)
            ? Decision.Accept(new Fact
            {
                AgreementResumptionReceived = new AgreementResumptionReceived { Delivery = delivery.ToRef(), Agreement = fact.Agreement, Reason = fact.Reason },
            })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    /// <summary>Either party may end an agreement at any time, also one that the other has just ended or not answered yet.</summary>
    public static Decision ToEnd(Books books, Delivery delivery) =>
        delivery.TryFacts(fact => fact.AgreementEnded, out var facts) && facts is [var fact] && Of(books, delivery, fact.Agreement, fact.Reason) is not null
            ? Decision.Accept(new Fact
            {
                AgreementEndReceived = new AgreementEndReceived { Delivery = delivery.ToRef(), Agreement = fact.Agreement, Reason = fact.Reason },
            })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    private static bool IsAcceptedAgain(FundingAgreement agreement, Delivery delivery) =>
        agreement.WasInForce && LostAcceptance.IsGivenAgain(agreement.Acceptance, delivery);

    private static bool Was(Books books, Delivery delivery, EntryRef? agreement, DocumentDigest? reason) =>
        Of(books, delivery, agreement, reason) is { WasInForce: true };

    /// <summary>The agreement with the sender that its words are about. Null: there is none, or they give no reason.</summary>
    private static FundingAgreement? Of(Books books, Delivery delivery, EntryRef? agreement, DocumentDigest? reason) =>
        reason is { Sha256.Length: 32 } && EntryId.TryFrom(agreement, out var id)
        && books.Agreements.Find(id) is { } found && found.Other(books.Body) == delivery.Sender ? found : null;

    private static bool IsWellFormed(AgreementProposed proposed) =>
        Enum.IsDefined(proposed.Basis) && (proposed.AccountableBody.Length == 0 || Names.IsBody(proposed.AccountableBody))
        && proposed.AccountableBody != proposed.To.Body
        && AgreementBook.AreWellFormed(proposed.FundersAbove);
}
