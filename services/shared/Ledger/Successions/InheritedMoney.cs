namespace FundingFlows.Ledger;

/// <summary>How the money of a predecessor is written, and held at a successor.</summary>
internal static class InheritedMoney
{
    /// <summary>Part of a lot, with all that a successor needs to hold it. Of a funder that was closed nothing goes on: its money is held under no award.</summary>
    public static TransferPiece PieceOf(Books books, Lot lot, long pence, Hold? hold = null) => new()
    {
        Lot = lot.Id.ToRef(),
        AmountPence = pence,
        Line = lot.Line.ToLine(),
        TermsVersion = lot.TermsVersion,
        Origin = lot.Origin.ToOrigin(),
        History = { lot.HistoryRefs },
        Award = books.HasClosedFunder(lot) ? null : lot.Award?.ToRef(),
        FunderLot = books.HasClosedFunder(lot) ? null : lot.FunderLot?.ToRef(),
        Hold = hold?.Id.ToRef(),
        MustReturn = hold?.Kind == HoldKind.Return,
    };

    /// <summary>Money of a predecessor: each lot is held as it was there, under this body's part of the award.</summary>
    public static Decision ToMoney(Books books, Delivery delivery, IReadOnlyList<TransferSent> facts)
    {
        if (books.Inheritances.GetValueOrDefault(delivery.Sender) is not { } inheritance || EntryId.From(facts[0].Award) != inheritance.Succession.Order)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NoAgreement);
        var pieces = facts.SelectMany(fact => fact.Pieces).ToList();
        if (!AreKnown(books, pieces) || !AreExpected(inheritance, pieces))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (books.Accounts.Total[Account.Received] + facts[0].AmountPence > Pence.Most)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.TotalTooLarge);
        if (EarlyAward(books, pieces) is { } early)
            return NotContinued(books, early);
        var lots = pieces.Select(piece => LotOf(books, piece, Sending.ClosedThrough(facts[0], piece))).ToList();
        if (!lots.All(lot => IsPermitted(books, lot)))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        return Decision.Accept([.. Parts.Cut(lots).Select(part => new Fact
        {
            TransferReceived = new TransferReceived { Delivery = delivery.ToRef(), Purpose = TransferPurpose.Succession, Award = facts[0].Award, Lots = { part } },
        })]);
    }

    /// <summary>A payment of a predecessor: it is this body's, out of lots of which nothing is left.</summary>
    public static Decision ToPayment(Books books, Delivery delivery, InHand thing)
    {
        var pieces = thing.Payment.Pieces;
        if (!pieces.All(piece => TransferAnswers.IsWellFormed(delivery, piece)) || !AreKnown(books, pieces))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (books.Accounts.Total[Account.Received] + thing.Payment.Made.AmountPence > Pence.Most)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.TotalTooLarge);
        if (EarlyAward(books, pieces) is { } early)
            return NotContinued(books, early);
        var lots = pieces.Select(piece => Labelled(books, piece)).ToList();
        return lots.All(lot => IsPermitted(books, lot))
            ? Decision.Accept(new Fact { TakenOver = new TakenOver { Delivery = delivery.ToRef(), Thing = thing, Lots = { lots } } })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
    }

    private static bool AreKnown(Books books, IEnumerable<TransferPiece> pieces) =>
        pieces.SelectMany(ArrivingMoney.TermsOf).All(id => books.Funds.Find(id) is not null);

    /// <summary>What is held for something goes with it, and no more than is held for it.</summary>
    private static bool AreExpected(Inheritance inheritance, IEnumerable<TransferPiece> pieces) => pieces.Where(piece => !piece.MustReturn && piece.Hold is not null)
        .GroupBy(piece => EntryId.TryFrom(piece.Hold, out var hold) ? hold : default)
        .All(held => held.Sum(piece => piece.AmountPence) <= inheritance.ToComeFor(held.Key));

    private static EntryId? EarlyAward(Books books, IEnumerable<TransferPiece> pieces) =>
        pieces.Select(Before).Where(held => held.Here(books) is null).Select(held => held.Award).FirstOrDefault();

    /// <summary>What a piece was held under at the predecessor.</summary>
    private static Held Before(TransferPiece piece) =>
        new(piece.Award is null ? null : EntryId.From(piece.Award), piece.FunderLot is null ? null : LotId.From(piece.FunderLot));

    private static Decision NotContinued(Books books, EntryId award) => Decision.Refuse(
        ReceiveDeliveryRefusal.AwardNotContinued, $"{books.Body} has not heard yet that award {award} goes on with it.", ("award", $"{award}"));

    /// <summary>Whether an award permits what the money may be used for. It may stand in another pot since, whose terms bind it too.</summary>
    private static bool IsPermitted(Books books, NewLot lot) => lot.Award is null
        || (books.Awards.Find(EntryId.From(lot.Award)) is { Terms.Fund: var fund } award && lot.History.Select(terms => terms.Fund).Append(lot.Line.Fund).Contains(fund)
            && award.Promises.Any(promise => award.LineOf(promise).Contains(FundLine.From(lot.Line) with { Fund = fund })));

    private static NewLot Labelled(Books books, TransferPiece piece)
    {
        var (before, here) = (Before(piece), Before(piece).Here(books)!.Value);
        var lot = new NewLot
        {
            Parent = piece.Lot,
            AmountPence = piece.AmountPence,
            Line = piece.Line,
            TermsVersion = piece.TermsVersion,
            Origin = piece.Origin,
            History = { piece.History },
            Award = here.Award?.ToRef(),
            FunderLot = here.FunderLot?.ToRef(),
        };
        // It comes back to the body that once gave it.
        if (before.GivenHere(books) is { } given)
            (lot.ReturnedUnder, lot.ReturnedTo) = (given.Award.ToRef(), given.Lot.ToRef());
        return lot;
    }

    /// <param name="closed">The newest year that was closed for good where it comes from. Null: none.</param>
    private static NewLot LotOf(Books books, TransferPiece piece, int? closed)
    {
        var lot = Labelled(books, piece);
        var hold = piece.MustReturn || piece.Hold is null ? null : HoldFor(books, EntryId.From(piece.Hold));
        // What is owed is paid whatever has closed meanwhile.
        var isOwed = hold is { } held && books.Liabilities.Find(held) is not null;
        lot.MustReturn = piece.MustReturn || (!isOwed && CameTooLate(books, piece, closed));
        if (closed >= piece.Line.Years.FirstYear)
            lot.ClosedThrough = closed.Value;
        lot.KeptFor = lot.MustReturn ? null : hold?.ToRef();
        return lot;
    }

    /// <summary>What a piece is held for here. What was prepared and has been rejected since is given back to what it was to be paid out of.</summary>
    private static EntryId? HoldFor(Books books, EntryId hold) =>
        books.Preparations.Find(hold) is not { Waits: false } rejected ? hold : rejected.Payment.OutOf is { } outOf ? EntryId.From(outOf) : null;

    /// <summary>Whether its years are over here, or nobody has looked how much of a year that is closed here may be carried forward.</summary>
    private static bool CameTooLate(Books books, TransferPiece piece, int? closed) =>
        books.Years.AreOver(Years.From(piece.Line.Years))
        || (books.Years.Closed is { } here && here >= piece.Line.Years.FirstYear && !(closed >= here)
            && ArrivingMoney.TermsOf(piece).Select(id => books.Funds.Find(id)!).CarryForwardBasisPoints() < OpenFund.WholeInBasisPoints);
}
