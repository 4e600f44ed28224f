namespace FundingFlows.Ledger;

/// <summary>How a body answers what another delivers about a custody.</summary>
internal static class CustodyAnswers
{
    public static Decision ToProposal(Delivery delivery) =>
        delivery.TryFacts(fact => fact.CustodyProposed, out var facts) && facts.Count == 1
            ? Decision.Accept(new Fact
            {
                CustodyProposalReceived = new CustodyProposalReceived { Delivery = delivery.ToRef(), Custody = delivery.FirstId.ToRef() },
            })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    /// <summary>An acceptance that crossed the proposal's end is taken too: the end stands. So is one that a body has lost and gives again.</summary>
    public static Decision ToAcceptance(Books books, Delivery delivery) =>
        delivery.TryFacts(fact => fact.CustodyAccepted, out var facts) && facts is [var accepted]
        && Of(books, delivery, accepted.Custody) is { } custody && custody.Principal == books.Body
        && (custody.State is CustodyStage.Proposed or CustodyStage.Ended || (custody.State == CustodyStage.Active && LostAcceptance.IsGivenAgain(custody.Acceptance, delivery)))
            ? Decision.Accept(new Fact { CustodyConcluded = new CustodyConcluded { Delivery = delivery.ToRef(), Custody = accepted.Custody } })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    public static Decision ToEnd(Books books, Delivery delivery) =>
        delivery.TryFacts(fact => fact.CustodyEnded, out var facts) && facts is [{ Reason.Sha256.Length: 32 } ended] && Of(books, delivery, ended.Custody) is not null
            ? Decision.Accept(new Fact
            {
                CustodyEndReceived = new CustodyEndReceived { Delivery = delivery.ToRef(), Custody = ended.Custody, Reason = ended.Reason },
            })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    /// <summary>The custody with the sender that its words are about. Null: there is none.</summary>
    private static Custody? Of(Books books, Delivery delivery, EntryRef? custody) =>
        EntryId.TryFrom(custody, out var id) && books.Custodies.Find(id) is { } found && found.Other(books.Body) == delivery.Sender ? found : null;
}
