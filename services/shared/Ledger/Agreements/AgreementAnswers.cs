namespace FundingFlows.Ledger;

/// <summary>How a body answers what another delivers about an agreement.</summary>
internal static class AgreementAnswers
{
    public static Decision ToProposal(Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.AgreementProposed, out var facts) || facts.Count != 1)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        return Decision.Accept(new Fact
        {
            AgreementProposalReceived = new AgreementProposalReceived { Delivery = delivery.ToRef(), Agreement = delivery.FirstId.ToRef() },
        });
    }

    public static Decision ToAcceptance(Books books, Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.AgreementAccepted, out var facts) || facts is not [var accepted] || !EntryId.TryFrom(accepted.Agreement, out var id)
            || books.Agreements.Find(id) is not { State: AgreementStage.Proposed } agreement
            || agreement.Funder != books.Body || agreement.Recipient != delivery.Sender)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        return Decision.Accept(new Fact
        {
            AgreementConcluded = new AgreementConcluded { Delivery = delivery.ToRef(), Agreement = accepted.Agreement },
        });
    }
}
