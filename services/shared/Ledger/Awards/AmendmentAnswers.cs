namespace FundingFlows.Ledger;

/// <summary>How a body answers what another delivers about an amendment.</summary>
internal static class AmendmentAnswers
{
    public static Decision ToOffer(Books books, Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.AwardAmendmentOffered, out var facts) || facts is not [var offer]
            || !FundingAward.AreWellFormed(offer.Promises) || PromiseRules.SpanTooManyYears(offer.Promises)
            || !EntryId.TryFrom(offer.Award, out var id) || books.Awards.Find(id) is not { State: AwardStage.Accepted } award
            || award.Funder != delivery.Sender || award.Recipient != books.Body
            || award.Promises.Count + Amending.New(award, offer.Promises).Count() > FundingAward.MostPromises)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (Amending.FormalRaised(award, offer.Promises) is not null)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NoAllocation);
        return award.IsOver ? DeliveredFacts.Refused(delivery, DeliveryRefusal.NoAgreement) : Decision.Accept(new Fact
        {
            AwardAmendmentOfferReceived = new AwardAmendmentOfferReceived
            {
                Delivery = delivery.ToRef(),
                Award = offer.Award,
                Amendment = delivery.FirstId.ToRef(),
                Promises = { offer.Promises },
            },
        });
    }

    /// <summary>One that was accepted before is accepted again by a body that has lost its acceptance. What can no longer be is not taken, for good.</summary>
    public static Decision ToAcceptance(Books books, Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.AwardAmendmentAccepted, out var facts) || facts is not [var accepted]
            || Of(books, delivery, accepted.Award, accepted.Amendment) is not { } found || found.Amendment.State == AmendmentStage.Declined)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        var (award, amendment) = found;
        if (amendment.State == AmendmentStage.InForce && !LostAcceptance.IsGivenAgain(amendment.Acceptance, delivery))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        return Decision.Accept(amendment.State == AmendmentStage.InForce || (amendment.State == AmendmentStage.Offered && Amending.IsStillLawful(books, award, amendment.Promises))
            ? new Fact { AwardAmended = new AwardAmended { Delivery = delivery.ToRef(), Award = accepted.Award, Amendment = accepted.Amendment } }
            : new Fact { AwardAmendmentLapsed = new AwardAmendmentLapsed { Delivery = delivery.ToRef(), Award = accepted.Award, Amendment = accepted.Amendment } });
    }

    public static Decision ToDecline(Books books, Delivery delivery) =>
        delivery.TryFacts(fact => fact.AwardAmendmentDeclined, out var facts) && facts is [var declined]
        && Of(books, delivery, declined.Award, declined.Amendment) is { Amendment.State: AmendmentStage.Offered or AmendmentStage.Lapsed }
            ? Decision.Accept(new Fact
            {
                AwardAmendmentDeclineReceived = new AwardAmendmentDeclineReceived { Delivery = delivery.ToRef(), Award = declined.Award, Amendment = declined.Amendment },
            })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    /// <summary>What this body offered to the sender. Null: nothing of the kind.</summary>
    private static (FundingAward Award, AwardAmendment Amendment)? Of(Books books, Delivery delivery, EntryRef? award, EntryRef? amendment) =>
        EntryId.TryFrom(award, out var id) && EntryId.TryFrom(amendment, out var offer) && books.Awards.Find(id) is { } found
        && found.Funder == books.Body && found.Recipient == delivery.Sender && found.FindAmendment(offer) is { } its ? (found, its) : null;
}
