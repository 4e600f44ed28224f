namespace FundingFlows.Ledger;

internal static class SuccessionFacts
{
    public static void Apply(Books books, EntryId at, SuccessionOrdered fact)
    {
        books.Registrations[fact.Terms.Predecessor].Succession = new Succession(at, fact.Terms);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.SuccessionOrdered, at);
    }

    public static void Apply(Books books, EntryId at, SuccessionReceived fact) => books.Vest(new Vesting(
        at, new Succession(EntryId.From(fact.Order), fact.Terms),
        [.. books.Lots.All.Where(lot => lot.RemainingPence > 0).Select(lot => (lot.Id, lot.RemainingPence))]));

    public static void Apply(Books books, EntryId at, HandOverBegun fact)
    {
        books.Vesting!.Begin(fact.To.Body);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.HandOverBegun, at);
    }

    public static void Apply(Books books, HandOverExpected fact) =>
        books.Inheritances[fact.Terms.Predecessor] = new Inheritance(new Succession(EntryId.From(fact.Order), fact.Terms));

    public static void Apply(Books books, EntryId at, SuccessionTold fact)
    {
        books.Vesting!.Tell(fact.To.Body, fact.Taker);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.SuccessionTold, at);
    }

    /// <summary>What was between this body and the predecessor goes on with others, or not at all.</summary>
    public static void Apply(Books books, SuccessionNoted fact)
    {
        var (predecessor, taker) = (fact.Terms.Predecessor, fact.Taker == books.Body ? "" : fact.Taker);
        foreach (var agreement in books.Agreements.All.Where(agreement => agreement.Other(books.Body) == predecessor))
            agreement.Pass(agreement.Funder == predecessor ? taker : "");
        foreach (var award in books.Awards.All.Where(award => award.Funder == predecessor || award.Recipient == predecessor))
            award.Pass(award.Funder == predecessor ? taker : "");
    }

    public static void Apply(Books books, EntryId at, AgreementContinued fact)
    {
        Add(books, new FundingAgreement(at, books.Body, fact.To.Body, Clauses(fact.Basis, fact.FundersAbove)), [], fact.Suspended, fact.Ended);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AgreementContinued, at);
    }

    public static void Apply(Books books, AgreementContinuationReceived fact)
    {
        var id = EntryId.From(fact.Agreement);
        Add(books, new FundingAgreement(id, id.Body, books.Body, Clauses(fact.Basis, fact.FundersAbove)), [], fact.Suspended, fact.Ended);
    }

    public static void Apply(Books books, EntryId at, AwardContinued fact)
    {
        Add(books, new FundingAward(at, EntryId.From(fact.Agreement), books.Body, fact.To.Body, fact.Terms, fact.Promises, fact.EarlierTerms), fact.ReleasedPence);
        books.Awards.Continue(EntryId.From(fact.Continues), at);
        books.Transfers.Continue(EntryId.From(fact.Continues), at);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.AwardContinued, at);
    }

    public static void Apply(Books books, AwardContinuationReceived fact)
    {
        var id = EntryId.From(fact.Award);
        Add(books, new FundingAward(id, EntryId.From(fact.Agreement), id.Body, books.Body, fact.Terms, fact.Promises, fact.EarlierTerms), fact.ReleasedPence);
        books.Awards.Continue(EntryId.From(fact.Continues), id);
    }

    public static void Apply(Books books, EntryId at, HandedOver fact)
    {
        books.Vesting!.Hand(fact.To.Body, fact.Thing);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.HandedOver, at);
    }

    public static void Apply(Books books, TakenOver fact, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
    {
        var thing = fact.Thing;
        books.Inheritances[fact.Delivery.Entry.Body].Take(thing);
        switch (thing.ThingCase)
        {
            case InHand.ThingOneofCase.Terms: books.Funds.Add(thing.Terms); break;
            case InHand.ThingOneofCase.Agreement: Take(books, thing.Agreement); break;
            case InHand.ThingOneofCase.Award: Take(books, thing.Award); break;
            case InHand.ThingOneofCase.Given: Take(books, thing.Given); break;
            case InHand.ThingOneofCase.Project:
                var registered = new ProjectRegistered { Description = thing.Project.Description, PartOf = thing.Project.PartOf };
                books.Projects.Add(new Project(EntryId.From(thing.Project.Project), registered, recordedAt, thing.Project.Reached));
                break;
        }
    }

    private static void Take(Books books, AgreementInHand taken) => Add(
        books, new FundingAgreement(EntryId.From(taken.Agreement), books.Body, taken.Recipient, Clauses(taken.Basis, taken.FundersAbove)),
        taken.RecipientsBelow, taken.Suspended, taken.Ended);

    private static void Take(Books books, AwardInHand taken) => Add(
        books,
        new FundingAward(EntryId.From(taken.Award), EntryId.From(taken.Agreement), books.Body, taken.Recipient, taken.Terms, taken.Promises, taken.EarlierTerms),
        taken.ReleasedPence);

    private static void Take(Books books, GivenInHand taken)
    {
        var award = EntryId.From(taken.Award);
        foreach (var piece in taken.Given)
        {
            var lot = LotId.From(piece.Lot);
            books.Transfers.Inherit(lot, GivenLot.From(piece));
            books.Transfers.Release(award, lot, FundLine.From(piece.Line), piece.LeftPence);
        }
    }

    private static AgreementClauses Clauses(AgreementBasis basis, IReadOnlyList<string> fundersAbove) => new(AgreementClauses.BasisOf(basis), "", fundersAbove);

    private static void Add(Books books, FundingAgreement agreement, IReadOnlyList<string> recipientsBelow, bool suspended, bool ended)
    {
        agreement.Continue(recipientsBelow, suspended, ended);
        books.Agreements.Add(agreement);
    }

    private static void Add(Books books, FundingAward award, IReadOnlyList<long> released)
    {
        award.State = AwardStage.Accepted;
        award.IsOver = books.Agreements.Find(award.Agreement) is { IsInForce: false };
        for (var i = 0; i < released.Count; i++)
            award.Promises[i].ReleasedPence = released[i];
        foreach (var terms in award.AllTerms)
            books.Funds.Add(terms);
        books.Awards.Add(award);
    }
}
