namespace FundingFlows.Ledger;

/// <summary>What facts about successions change in the books.</summary>
internal static class SuccessionFacts
{
    public static void Apply(Books books, EntryId at, SuccessionOrdered fact)
    {
        books.Registrations[fact.Terms.Predecessor].Succession = new Succession(at, fact.Terms);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.SuccessionOrdered, at);
    }

    public static void Apply(Books books, EntryId at, SuccessionReceived fact) => books.Vest(new Vesting(
        at, new Succession(EntryId.From(fact.Order), fact.Terms),
        [.. books.Lots.All.Where(lot => lot.RemainingPence > 0).Select(lot => (lot.Id, lot.RemainingPence))],
        [.. new WholeThings(books).All()]));

    public static void Apply(Books books, EntryId at, HandOverBegun fact)
    {
        books.Vesting!.Begin(fact.To.Body);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.HandOverBegun, at);
    }

    public static void Apply(Books books, HandOverExpected fact) =>
        books.Inheritances[fact.Terms.Predecessor] = new Inheritance(new Succession(EntryId.From(fact.Order), fact.Terms), fact.Predecessors);

    public static void Apply(Books books, EntryId at, SuccessionTold fact)
    {
        books.Vesting!.Tell(fact.To.Body, fact.Taker);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.SuccessionTold, at);
    }

    /// <summary>What was between this body and the predecessor goes on with others, or not at all.</summary>
    public static void Apply(Books books, SuccessionNoted fact)
    {
        var predecessor = fact.Terms.Predecessor;
        // Whom this body told of its own abolition answers for what was between the two, and hands none of that on.
        var taker = fact.Taker == books.Body || books.Vesting?.Told.ContainsKey(predecessor) == true ? "" : fact.Taker;
        // Of the successors none funds another for what was between it and the predecessor: the two could come to fund one another.
        var ends = fact.Terms.Successors.Any(successor => successor.Body == books.Body);
        foreach (var agreement in books.Agreements.All.Where(agreement => agreement.Other(books.Body) == predecessor))
            agreement.Pass(agreement.Funder == predecessor ? taker : "", ends);
        foreach (var award in books.Awards.All.Where(award => award.Funder == predecessor || award.Recipient == predecessor))
            award.Pass(award.Funder == predecessor ? taker : "", ends);
        foreach (var claim in books.Clawbacks.All)
            Pass(books, claim, books.Awards[claim.Award], predecessor, taker);
        foreach (var custody in books.Custodies.All.Where(custody => custody.Other(books.Body) == predecessor).ToList())
            Pass(books, custody, custody.Agent == predecessor ? taker : "");
        foreach (var agreement in books.Agreements.All)
            agreement.ChangeAccountableBody(predecessor, taker);
        books.Reports.Forget(predecessor);
        books.Abolished.Add(predecessor);
        if (books.Registrar == predecessor && fact.Taker.Length > 0 && fact.Taker != books.Body)
            books.Registrar = fact.Taker;
    }

    /// <summary>Another keeps the money from now on, or nobody. What the predecessor was told to pay and has not paid is to be decided anew.</summary>
    private static void Pass(Books books, Custody custody, string taker)
    {
        if (custody.Principal == books.Body)
            foreach (var instruction in books.Instructions.All.Where(instruction => instruction.Custody == custody.Id))
                InstructionFacts.Lapse(books, instruction);
        custody.Pass(taker);
    }

    /// <summary>A claim on the predecessor goes on with its successors. One that it made and nobody takes over is over: what was held for it is free.</summary>
    private static void Pass(Books books, Clawback claim, FundingAward award, string predecessor, string taker)
    {
        if (award.Recipient == predecessor)
            claim.IsPassedOn = true;
        if (award.Funder == predecessor && taker.Length == 0 && claim.RecordedBy is { } recorded)
        {
            claim.IsPassedOn = true;
            books.Holds.GiveBack(recorded, null);
        }
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
        books.Vesting!.Hand(at, fact.To.Body, fact.Thing);
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.HandedOver, at);
    }

    /// <summary>A successor has answered. A payment that has arrived counts as spent there.</summary>
    public static void Answered(Books books, EntryId handed, EntryId answer, bool refused)
    {
        books.Vesting!.Answer(handed, answer);
        if (refused)
            return;
        foreach (var piece in books.Vesting!.PaymentIn(handed)?.Pieces ?? [])
            books.Accounts.Post(new Posting(books.Lots[LotId.From(piece.Lot)], Account.Spent, Account.Granted, piece.AmountPence));
    }

    internal static AgreementClauses Clauses(AgreementBasis basis, IReadOnlyList<string> fundersAbove) => new(AgreementClauses.BasisOf(basis), "", fundersAbove);

    internal static void Add(Books books, FundingAgreement agreement, IReadOnlyList<string> recipientsBelow, bool suspended, bool ended)
    {
        agreement.Continue(recipientsBelow, suspended, ended);
        books.Agreements.Add(agreement);
    }

    internal static void Add(Books books, FundingAward award, IReadOnlyList<long> released)
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
