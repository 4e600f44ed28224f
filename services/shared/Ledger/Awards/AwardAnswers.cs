namespace FundingFlows.Ledger;

/// <summary>How a body answers what another delivers about an award.</summary>
internal static class AwardAnswers
{
    public static Decision ToOffer(Books books, Delivery delivery)
    {
        if (!delivery.TryFact(fact => fact.AwardOffered, out var offer) || offer.Terms is null
            || !EntryId.TryFrom(offer.Agreement, out var under)
            || (offer.Allocation is not null && !(EntryId.TryFrom(offer.Allocation, out var run) && run.Body == delivery.Sender))
            || !AgreementBook.AreInOrder(offer.FundersAbove) || !FundingAward.AreWellFormed(offer.Promises) || PromiseRules.SpanTooManyYears(offer.Promises) || !AreWellFormed([offer.Terms, .. offer.EarlierTerms]))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (books.Agreements.Find(under) is not { IsInForce: true } agreement || agreement.Funder != delivery.Sender)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NoAgreement);
        if (BelievedTerms.Contradict(books, offer.Terms) || offer.EarlierTerms.Any(terms => BelievedTerms.Contradict(books, terms)))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.TermsContradict);
        if (offer.Allocation is null && offer.EarlierTerms.Append(offer.Terms).Any(terms => terms.AwardsByFormulaOnly))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NoAllocation);
        return Decision.Accept(new Fact
        {
            AwardOfferReceived = new AwardOfferReceived
            {
                Delivery = delivery.ToRef(),
                Award = delivery.FirstId.ToRef(),
                Agreement = offer.Agreement,
                Terms = offer.Terms,
                Promises = { offer.Promises },
                EarlierTerms = { offer.EarlierTerms },
                FundersAbove = { offer.FundersAbove },
                Allocation = offer.Allocation,
            },
        });
    }

    /// <summary>One that was accepted before is accepted again by a body that has lost its acceptance.</summary>
    public static Decision ToAcceptance(Books books, Delivery delivery) =>
        delivery.TryFacts(fact => fact.AwardAccepted, out var facts) && facts is [var accepted] && (IsWaiting(books, delivery, accepted.Award) || IsAcceptedAgain(books, delivery, accepted.Award))
            ? Decision.Accept(new Fact { AwardCommitted = new AwardCommitted { Delivery = delivery.ToRef(), Award = accepted.Award } })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    public static Decision ToDecline(Books books, Delivery delivery) =>
        delivery.TryFacts(fact => fact.AwardDeclined, out var facts) && facts is [var declined] && IsWaiting(books, delivery, declined.Award)
            ? Decision.Accept(new Fact { AwardDeclineReceived = new AwardDeclineReceived { Delivery = delivery.ToRef(), Award = declined.Award } })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    private static bool AreWellFormed(IReadOnlyList<FundTerms> terms) =>
        terms.All(OpenFund.AreWellFormed) && terms.DistinctBy(TermsId.Of).Count() == terms.Count;

    private static bool IsWaiting(Books books, Delivery delivery, EntryRef? reference) =>
        EntryId.TryFrom(reference, out var id) && books.Awards.Find(id) is { State: AwardStage.Offered } award
        && award.Funder == books.Body && award.Recipient == delivery.Sender;

    private static bool IsAcceptedAgain(Books books, Delivery delivery, EntryRef? reference) =>
        EntryId.TryFrom(reference, out var id) && books.Awards.Find(id) is { State: AwardStage.Accepted } award
        && award.Funder == books.Body && award.Recipient == delivery.Sender && LostAcceptance.IsGivenAgain(award.Acceptance, delivery);
}
