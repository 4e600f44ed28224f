namespace FundingFlows.Ledger;

/// <summary>How a successor takes over what a predecessor had.</summary>
internal static class TakingOver
{
    /// <param name="at">The entry.</param>
    /// <param name="recordedAt">When it was recorded.</param>
    public static void Apply(Books books, EntryId at, TakenOver fact, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
    {
        var thing = fact.Thing;
        books.Inheritances[fact.Delivery.Entry.Body].Take(thing);
        switch (thing.ThingCase)
        {
            case InHand.ThingOneofCase.Terms: books.Funds.Add(thing.Terms); break;
            case InHand.ThingOneofCase.Agreement: Take(books, fact.Delivery.Entry.Body, thing.Agreement); break;
            case InHand.ThingOneofCase.Award: Take(books, thing.Award); break;
            case InHand.ThingOneofCase.Given: Take(books, thing.Given); break;
            case InHand.ThingOneofCase.Project: Take(books, thing.Project, recordedAt); break;
            case InHand.ThingOneofCase.Reservation: Take(books, thing.Reservation, recordedAt); break;
            case InHand.ThingOneofCase.Liability: Take(books, thing.Liability, recordedAt); break;
            case InHand.ThingOneofCase.Preparation: Take(books, thing.Preparation, recordedAt); break;
            case InHand.ThingOneofCase.Payment: Take(books, at, thing.Payment, fact.Lots, recordedAt); break;
            case InHand.ThingOneofCase.Clawback: Take(books, thing.Clawback); break;
            case InHand.ThingOneofCase.Custody: Take(books, thing.Custody); break;
            case InHand.ThingOneofCase.Registration: Take(books, thing.Registration); break;
            case InHand.ThingOneofCase.Report: books.Reports.Inherit(thing.Report.Report); break;
        }
    }

    private static void Take(Books books, string predecessor, AgreementInHand taken)
    {
        var clauses = SuccessionFacts.Clauses(taken.Basis, taken.FundersAbove) with { AccountableBody = taken.AccountableBody == predecessor ? books.Body : taken.AccountableBody };
        SuccessionFacts.Add(books, new FundingAgreement(EntryId.From(taken.Agreement), books.Body, taken.Recipient, clauses), taken.RecipientsBelow, taken.Suspended, taken.Ended);
    }

    private static void Take(Books books, ClawbackInHand taken) =>
        books.Clawbacks.Add(new Clawback(EntryId.From(taken.Clawback), EntryId.From(taken.Award), taken.Kind, EarmarkSet.Of(taken.Earmarks), taken.AmountPence)
        {
            WithdrawnPence = taken.WithdrawnPence,
            MetPence = taken.MetPence,
            OwnPence = taken.OwnPence,
        });

    private static void Take(Books books, CustodyInHand taken)
    {
        var custody = new Custody(EntryId.From(taken.Custody), taken.Principal, books.Body);
        custody.Accepted();
        books.Custodies.Add(custody);
    }

    private static void Take(Books books, RegistrationInHand taken)
    {
        var registrant = new Registrant(taken.Registration) { Succession = Succession.TryFrom(taken.Order, taken.Terms, out var succession) ? succession : null };
        foreach (var epoch in taken.Epochs)
            registrant.Declare(epoch);
        foreach (var key in taken.Keys)
            registrant.Rotate(key);
        books.Registrations.Add(taken.Registration.Body, registrant);
    }

    private static void Take(Books books, AwardInHand taken)
    {
        var award = new FundingAward(EntryId.From(taken.Award), EntryId.From(taken.Agreement), books.Body, taken.Recipient, taken.Terms, taken.Promises, taken.EarlierTerms);
        SuccessionFacts.Add(books, award, taken.ReleasedPence);
        if (taken.Root is { } root)
            books.Transfers.Continue(EntryId.From(root), award.Id);
    }

    private static void Take(Books books, GivenInHand taken)
    {
        var award = EntryId.From(taken.Award);
        foreach (var piece in taken.Given)
        {
            var lot = LotId.From(piece.Lot);
            var before = GivenLot.From(piece);
            // What this body had given was given on: it has come back, and is given again.
            if (before.Held.GivenHere(books) is { } given)
                books.Transfers.TakeBack(given.Award, given.Lot, FundLine.From(piece.Line), piece.LeftPence);
            books.Transfers.Inherit(lot, before);
            books.Transfers.Release(award, lot, FundLine.From(piece.Line), piece.LeftPence);
        }
    }

    private static void Take(Books books, ProjectInHand taken, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
    {
        var registered = new ProjectRegistered { Description = taken.Description, PartOf = taken.PartOf };
        books.Projects.Add(new Project(EntryId.From(taken.Project), registered, recordedAt, taken.Reached) { Closed = taken.Closed });
    }

    private static void Take(Books books, ReservationInHand taken, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
    {
        var id = EntryId.From(taken.Reservation);
        books.Reservations.Add(new Reservation(id, taken.Made, recordedAt) { ReleasedPence = taken.ReleasedPence });
        books.Holds.Begin(id, HoldKind.Reservation);
    }

    private static void Take(Books books, LiabilityInHand taken, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
    {
        var id = EntryId.From(taken.Liability);
        books.Liabilities.Add(new Liability(id, taken.Incurred, recordedAt) { ReducedPence = taken.ReducedPence });
        books.Holds.Begin(id, HoldKind.Liability);
    }

    /// <summary>Who prepared it is known by a handle of the predecessor, which says nothing here: it counts as prepared by nobody.</summary>
    private static void Take(Books books, PreparationInHand taken, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
    {
        var id = EntryId.From(taken.Preparation);
        books.Preparations.Add(new Preparation(id, taken.Prepared, "", recordedAt));
        books.Payments.Alike.Add(id, taken.Prepared.Payment);
        books.Holds.Begin(id, HoldKind.Preparation);
    }

    private static void Take(Books books, EntryId at, PaymentInHand taken, IReadOnlyList<NewLot> lots, Google.Protobuf.WellKnownTypes.Timestamp recordedAt)
    {
        var id = EntryId.From(taken.Payment);
        if (books.Payments.Find(id) is { } payment)
            payment.Enlarge(taken.Made.AmountPence);
        else
        {
            books.Payments.Add(payment = new Payment(id, taken.Made, recordedAt));
            books.Payments.Alike.Add(id, taken.Made);
        }
        payment.InterestPence += taken.InterestPence;
        for (var i = 0; i < lots.Count; i++)
        {
            var lot = books.Lots.Add(at, i, lots[i]);
            books.Lots.Draw(new Piece { Lot = lot.Id.ToRef(), AmountPence = lot.AmountPence });
            payment.Add(new PaidPiece(at, lot.Id, lot.AmountPence));
            books.Accounts.Post(new Posting(lot, Account.Received, Account.Spent, lot.AmountPence));
            books.Projects.Of(taken.Made)?.Spend(lot, lot.AmountPence);
            if (lots[i].ReturnedUnder is { } under)
                books.Transfers.TakeBack(EntryId.From(under), LotId.From(lots[i].ReturnedTo), lot.Line, lot.AmountPence);
        }
    }
}
