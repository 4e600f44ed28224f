namespace FundingFlows.Ledger;

/// <summary>How a body answers arriving money, and how a sender takes the answer.</summary>
internal static class TransferAnswers
{
    public static Decision ToTransfer(Books books, Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.TransferSent, out var facts) || !IsWellFormed(delivery, facts))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (facts[0].Purpose == TransferPurpose.Succession)
            return InheritedMoney.ToMoney(books, delivery, facts);
        var (funder, recipient) = facts[0].Purpose == TransferPurpose.Allocation ? (delivery.Sender, books.Body) : (books.Body, delivery.Sender);
        if (!books.Agreements.Were(funder, recipient))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NoAgreement);
        if (!EntryId.TryFrom(facts[0].Award, out var under) || books.Awards.Find(under) is not { State: AwardStage.Accepted } award
            || award.Funder != funder || award.Recipient != recipient)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (ArrivingMoney.FaultOf(books, award, facts) is { } fault)
            return DeliveredFacts.Refused(delivery, fault);
        var returningTo = facts.SelectMany(fact => fact.Pieces).Where(piece => piece.ReturningTo is not null).Select(piece => LotId.From(piece.ReturningTo));
        if (facts[0].Purpose != TransferPurpose.Allocation && returningTo.FirstOrDefault(lot => HeldAgain(books, lot) is null) is { Entry.Body: not null } early)
        {
            var given = GivenLot.Of(books, early)!.Award;
            return Decision.Refuse(
                ReceiveDeliveryRefusal.AwardNotContinued, $"{books.Body} has not heard yet that award {given} goes on with it.", ("award", $"{given}"));
        }
        return Decision.Accept(Received(books, delivery, facts));
    }

    private static List<Fact> Received(Books books, Delivery delivery, IReadOnlyList<TransferSent> facts)
    {
        var lots = facts.SelectMany(fact => fact.Pieces.Select(piece => LotOf(books, fact, piece, facts[0].Terms)));
        var received = Parts.Cut(lots, facts[0].Terms.Sum(terms => terms.CalculateSize() + Parts.MostBytesOfATag)).Select(part => new Fact
        {
            TransferReceived = new TransferReceived
            {
                Delivery = delivery.ToRef(),
                Purpose = facts[0].Purpose,
                Award = facts[0].Award,
                Promise = facts[0].Promise,
                Clawback = facts[0].Clawback,
                ReleasedOn = facts[0].ReleasedOn,
                Lots = { part },
            },
        }).ToList();
        received[0].TransferReceived.Terms.Add(facts[0].Terms);
        return received;
    }

    /// <summary>The fact that a believed answer leads to, or null when the answer contradicts what was sent.</summary>
    /// <param name="next">Where the first of these facts will stand.</param>
    public static IReadOnlyList<Fact>? Record(Transfer transfer, Delivery answer, Books books, EntryId next)
    {
        var reference = RecordAnswer.ToAnswerRef(answer);
        if (answer.First.KindCase == Fact.KindOneofCase.TransferRefused && answer.Entries.Count == 1)
            return HasComeBack(books, transfer) ? null : Reversed(transfer, reference, books, next);
        if (!answer.TryFacts(fact => fact.TransferReceived, out var received))
            return null;
        var lots = received.SelectMany(fact => fact.Lots).ToList();
        var pieces = transfer.Pieces;
        return lots.Count == pieces.Count && lots.Zip(pieces).All(pair => Holds(pair.First, pair.Second))
            ? [new Fact { TransferSettled = new TransferSettled { Transfer = transfer.Id.ToRef(), Answer = reference } }]
            : null;
    }

    private static NewLot ComingBack(Books books, SentPiece piece)
    {
        var lot = books.Lots.Find(piece.Lot)!;
        return lot.ChildHere(piece.AmountPence, piece.MustReturn || books.Years.AreOver(lot.Line.Years));
    }

    /// <summary>The pieces come back as children of the lots drawn, and follow the merges that were made since they were sent.</summary>
    private static List<Fact> Reversed(Transfer transfer, AnswerRef reference, Books books, EntryId next)
    {
        var parts = Parts.Cut(transfer.Pieces.Select(piece => ComingBack(books, piece)));
        var back = parts.SelectMany((part, k) => part.Select((made, i) => (Made: made, Id: new LotId(next with { Index = next.Index + k }, i))));
        return
        [
            .. parts.Select(lots => new Fact { TransferReversed = new TransferReversed { Transfer = transfer.Id.ToRef(), Answer = reference, Lots = { lots } } }),
            .. MergesSince.Follow(books, transfer.Id, next with { Index = next.Index + parts.Count },
                back.Where(one => !one.Made.MustReturn).Select(one => Lot.Alone(one.Id, one.Made))),
        ];
    }

    /// <summary>Whether a transfer that is said to be refused must have been received: too much has come back for it not to be.</summary>
    private static bool HasComeBack(Books books, Transfer transfer) =>
        transfer.Purpose == TransferPurpose.Allocation && transfer.Pieces.GroupBy(piece => piece.Lot).Any(
            sent => sent.Sum(piece => piece.AmountPence) > books.Transfers.Given(transfer.Award, sent.Key)!.LeftPence);

    /// <summary>Whether a lot that was received is the piece that was sent, for the same uses.</summary>
    private static bool Holds(NewLot lot, SentPiece piece) =>
        LotId.TryFrom(lot.Parent, out var parent) && parent == piece.Lot && lot.AmountPence == piece.AmountPence
        && lot.Line is { Years: not null } line && FundLine.From(line) == piece.Line;

    private static bool IsWellFormed(Delivery delivery, IReadOnlyList<TransferSent> facts)
    {
        if (facts.Count > Parts.MostParts)
            return false;
        var first = facts[0];
        if (first.Purpose is not (TransferPurpose.Allocation or TransferPurpose.Repayment or TransferPurpose.Clawback or TransferPurpose.Succession)
            || first.Award is null || !Pence.IsAmount(first.AmountPence) || !IsWellFormed(delivery, first.PassedOn, first.Purpose)
            || (first.ReleasedOn is { } on && (first.Purpose != TransferPurpose.Allocation || !Dates.TryFrom(on, out _))))
            return false;
        // The parts agree about everything but their pieces, and the pieces make up the amount.
        if (!facts.All(fact => IsPartOf(first, fact)))
            return false;
        var pieces = facts.SelectMany(fact => fact.Pieces).ToList();
        return pieces.All(piece => IsWellFormed(delivery, piece)) && AreWellFormed(facts)
            && pieces.Sum(piece => piece.AmountPence) == first.AmountPence;
    }

    /// <summary>Whether a part says what the first one says, of everything but its pieces.</summary>
    private static bool IsPartOf(TransferSent first, TransferSent part) =>
        part.Purpose == first.Purpose && first.Award.Equals(part.Award) && part.Promise == first.Promise
        && (part.Purpose == TransferPurpose.Clawback) == part.Clawback is not null && Equals(part.Clawback, first.Clawback)
        && Equals(part.PassedOn, first.PassedOn) && Equals(part.ReleasedOn, first.ReleasedOn) && part.AmountPence == first.AmountPence && part.HasClosedYear == first.HasClosedYear && part.ClosedYear == first.ClosedYear
        && first.To.Equals(part.To) && part.Pieces.Count is > 0 and <= Parts.MostPieces;

    /// <summary>What a person released says nothing of an instruction; what was passed on names one of the sender's.</summary>
    private static bool IsWellFormed(Delivery delivery, PassedOn? by, TransferPurpose purpose) => by is null
        || (purpose == TransferPurpose.Allocation && by.Share < StandingInstruction.MostShares
            && EntryId.TryFrom(by.Instruction, out var instruction) && EntryId.TryFrom(by.Receipt, out var receipt)
            && instruction.Body == delivery.Sender && receipt.Body == delivery.Sender);

    /// <summary>Terms come up with money, in the first part, and only such as bind it; what comes down is known from its award.</summary>
    private static bool AreWellFormed(IReadOnlyList<TransferSent> facts)
    {
        var terms = facts[0].Terms;
        var bound = facts.SelectMany(fact => fact.Pieces).SelectMany(ArrivingMoney.TermsOf).ToHashSet();
        return facts.Skip(1).All(fact => fact.Terms.Count == 0)
            && (facts[0].Purpose != TransferPurpose.Allocation || terms.Count == 0)
            && terms.All(one => OpenFund.AreWellFormed(one) && bound.Contains(TermsId.Of(one)))
            && terms.DistinctBy(TermsId.Of).Count() == terms.Count;
    }

    internal static bool IsWellFormed(Delivery delivery, TransferPiece piece) =>
        Pence.IsAmount(piece.AmountPence)
        && LotId.TryFrom(piece.Lot, out var lot) && lot.Entry.Body == delivery.Sender
        && piece.Origin is { Source: not null } && LotId.TryFrom(piece.Origin.Lot, out _)
        && Names.IsSourceReference(piece.Origin.Source.Reference) && Names.IsFund(piece.Origin.Fund)
        && piece.Line is { Years: not null } line && line.Kind is Kind.Capital or Kind.Revenue or Kind.Either && Years.From(line.Years).IsValid
        && line.Earmarks.Count <= OpenFund.MostEarmarksOfALine && line.Earmarks.All(Names.IsName)
        && piece.History.Count <= TermsId.MostHistory;

    /// <summary>What money is held under that was once sent of a lot, of this body or a predecessor. Null: it is not known yet what goes on here from that.</summary>
    private static Held? HeldAgain(Books books, LotId lot) =>
        books.Lots.Find(lot) is { } own ? new Held(own.Award, own.FunderLot) : books.Transfers.Inherited(lot)!.Held.Here(books);

    /// <summary>
    /// Money that comes down is held under the award that it was released against. Money that comes back is held again as
    /// the lot that was once sent was: under that lot's award, so that it can be repaid further up. What another body meets a claim
    /// with of its own is held under no award.
    /// </summary>
    /// <param name="brought">Terms that came with it.</param>
    private static NewLot LotOf(Books books, TransferSent fact, TransferPiece piece, IReadOnlyList<FundTerms> brought)
    {
        var lot = new NewLot
        {
            Parent = piece.Lot,
            AmountPence = piece.AmountPence,
            Line = piece.Line,
            TermsVersion = piece.TermsVersion,
            Origin = piece.Origin,
            History = { piece.History },
            MustReturn = piece.MustReturn || books.Years.AreOver(Years.From(piece.Line.Years)) || CameTooLate(books, fact, piece, brought),
        };
        if (Sending.ClosedThrough(fact, piece) is { } through && through >= piece.Line.Years.FirstYear)
            lot.ClosedThrough = through;
        if (fact.Purpose == TransferPurpose.Allocation)
        {
            lot.Award = fact.Award;
            lot.FunderLot = piece.Lot;
            return lot;
        }
        if (piece.ReturningTo is null)
            return lot;
        var held = HeldAgain(books, LotId.From(piece.ReturningTo))!.Value;
        (lot.Award, lot.FunderLot) = (held.Award?.ToRef(), held.FunderLot?.ToRef());
        lot.ReturnedTo = piece.ReturningTo;
        return lot;
    }

    /// <summary>Whether money comes from a year that is closed here and not where it was: nobody has looked how much of it may be carried forward.</summary>
    private static bool CameTooLate(Books books, TransferSent fact, TransferPiece piece, IReadOnlyList<FundTerms> brought) =>
        books.Years.Closed is { } closed && closed >= piece.Line.Years.FirstYear && !(Sending.ClosedThrough(fact, piece) >= closed)
        && ArrivingMoney.TermsOf(piece).Select(id => brought.FirstOrDefault(terms => TermsId.Of(terms) == id) ?? books.Funds.Find(id)!)
            .CarryForwardBasisPoints() < OpenFund.WholeInBasisPoints;
}
