namespace FundingFlows.Ledger;

/// <summary>What facts about amendments change in the books.</summary>
internal static class AmendmentFacts
{
    public static void Apply(Books books, EntryId at, AwardAmendmentOffered fact)
    {
        books.Awards.Offer(EntryId.From(fact.Award), new AwardAmendment(at, fact.Promises));
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AwardAmendmentOffered, at);
    }

    public static void Apply(Books books, AwardAmendmentOfferReceived fact) =>
        books.Awards.Offer(EntryId.From(fact.Award), new AwardAmendment(EntryId.From(fact.Amendment), fact.Promises));

    public static void Apply(Books books, EntryId at, AwardAmendmentAccepted fact)
    {
        var id = EntryId.From(fact.Amendment);
        books.Awards[EntryId.From(fact.Award)].Accept(id, at);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AwardAmendmentAccepted, id);
    }

    public static void Apply(Books books, EntryId at, AwardAmendmentDeclined fact)
    {
        var id = EntryId.From(fact.Amendment);
        books.Awards[EntryId.From(fact.Award)].FindAmendment(id)!.State = AmendmentStage.Declined;
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AwardAmendmentDeclined, id);
    }

    public static void Apply(Books books, AwardAmended fact)
    {
        var award = books.Awards[EntryId.From(fact.Award)];
        var amendment = award.FindAmendment(EntryId.From(fact.Amendment))!;
        amendment.Acceptance = EntryId.From(fact.Delivery.Entry);
        if (amendment.State != AmendmentStage.InForce)
            award.Amend(amendment);
    }

    public static void Apply(Books books, AwardAmendmentLapsed fact) =>
        books.Awards[EntryId.From(fact.Award)].FindAmendment(EntryId.From(fact.Amendment))!.State = AmendmentStage.Lapsed;

    public static void Apply(Books books, AwardAmendmentDeclineReceived fact) =>
        books.Awards[EntryId.From(fact.Award)].FindAmendment(EntryId.From(fact.Amendment))!.State = AmendmentStage.Declined;

    /// <summary>The other body has answered what this one sent about an amendment.</summary>
    public static void Settled(Books books, SentDelivery sent, bool refused)
    {
        var award = books.Awards.OfAmendment(sent.Subject);
        var amendment = award.FindAmendment(sent.Subject)!;
        if (sent.Kind == Fact.KindOneofCase.AwardAmendmentAccepted && !refused)
            award.Amend(amendment);
        else if (refused && amendment.State is AmendmentStage.Offered or AmendmentStage.Accepted)
            award.Lapse(amendment);
    }
}
