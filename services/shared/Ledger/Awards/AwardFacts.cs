namespace FundingFlows.Ledger;

/// <summary>What facts about awards change in the books.</summary>
internal static class AwardFacts
{
    public static void Apply(Books books, EntryId at, AwardOffered fact)
    {
        books.Awards.Add(new FundingAward(at, EntryId.From(fact.Agreement), books.Body, fact.To.Body, fact.Terms, fact.Promises, fact.EarlierTerms)
        {
            FundersAbove = fact.FundersAbove,
            Allocation = fact.Allocation is { } run ? EntryId.From(run) : null,
        });
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AwardOffered, at);
    }

    public static void Apply(Books books, AwardOfferReceived fact)
    {
        var id = EntryId.From(fact.Award);
        books.Awards.Add(new FundingAward(id, EntryId.From(fact.Agreement), id.Body, books.Body, fact.Terms, fact.Promises, fact.EarlierTerms)
        {
            FundersAbove = fact.FundersAbove,
            Allocation = fact.Allocation is { } run ? EntryId.From(run) : null,
        });
    }

    public static void Apply(Books books, EntryId at, AwardAccepted fact)
    {
        var award = books.Awards[EntryId.From(fact.Award)];
        (award.State, award.Acceptance) = (AwardStage.Accepted, at);
        // From here on the body may hold the fund's money and pass it on: it knows the fund by the terms that it accepted.
        foreach (var terms in award.AllTerms)
            books.Funds.Add(terms);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AwardAccepted, award.Id);
    }

    public static void Apply(Books books, EntryId at, AwardDeclined fact)
    {
        var award = books.Awards[EntryId.From(fact.Award)];
        award.State = AwardStage.Declined;
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AwardDeclined, award.Id);
    }

    public static void Apply(Books books, AwardCommitted fact)
    {
        var award = books.Awards[EntryId.From(fact.Award)];
        (award.State, award.Acceptance) = (AwardStage.Accepted, EntryId.From(fact.Delivery.Entry));
    }

    public static void Apply(Books books, AwardDeclineReceived fact) => books.Awards[EntryId.From(fact.Award)].State = AwardStage.Declined;
}
