namespace FundingFlows.Ledger;

/// <summary>How a body answers what another delivers about an award.</summary>
internal static class AwardAnswers
{
    public static Decision ToOffer(Books books, Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.AwardOffered, out var facts) || facts is not [{ Agreement: not null, Terms: { Years: not null, Version: > 0 } } offer]
            || !Names.IsFund(offer.Terms.Fund) || !Years.From(offer.Terms.Years).IsValid || !FundingAward.AreWellFormed(offer.Promises))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (books.Agreements.Find(EntryId.From(offer.Agreement)) is not { State: AgreementStage.Active } agreement || agreement.Funder != delivery.Sender)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NoAgreement);
        return Decision.Accept(new Fact
        {
            AwardOfferReceived = new AwardOfferReceived
            {
                Delivery = delivery.ToRef(),
                Award = delivery.FirstId.ToRef(),
                Agreement = offer.Agreement,
                Terms = offer.Terms,
                Promises = { offer.Promises },
            },
        });
    }

    public static Decision ToAcceptance(Books books, Delivery delivery) =>
        delivery.TryFacts(fact => fact.AwardAccepted, out var facts) && facts is [{ Award: not null } accepted] && IsWaiting(books, delivery, accepted.Award)
            ? Decision.Accept(new Fact { AwardCommitted = new AwardCommitted { Delivery = delivery.ToRef(), Award = accepted.Award } })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    public static Decision ToDecline(Books books, Delivery delivery) =>
        delivery.TryFacts(fact => fact.AwardDeclined, out var facts) && facts is [{ Award: not null } declined] && IsWaiting(books, delivery, declined.Award)
            ? Decision.Accept(new Fact { AwardDeclineReceived = new AwardDeclineReceived { Delivery = delivery.ToRef(), Award = declined.Award } })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    private static bool IsWaiting(Books books, Delivery delivery, EntryRef reference) =>
        books.Awards.Find(EntryId.From(reference)) is { State: AwardStage.Offered } award
        && award.Funder == books.Body && award.Recipient == delivery.Sender;
}
