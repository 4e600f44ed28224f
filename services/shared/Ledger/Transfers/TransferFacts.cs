namespace FundingFlows.Ledger;

/// <summary>What facts about transfers change in the books.</summary>
internal static class TransferFacts
{
    /// <param name="at">The entry's place.</param>
    /// <param name="first">The first entry of the transfer.</param>
    public static void Apply(Books books, EntryId at, EntryId first, Entry entry)
    {
        var fact = entry.Fact.TransferSent;
        if (books.Transfers.Find(first) is not { } transfer)
        {
            transfer = books.Transfers.Add(first, fact, entry.RecordedAt);
            if (transfer.Clawback is { } met)
                books.Clawbacks[met].MetPence += fact.AmountPence;
            if (fact.Purpose == TransferPurpose.Allocation)
                Release(books, books.Awards[transfer.Award], transfer.Promise, fact);
            if (fact.PassedOn is { } passedOn)
                books.Standing.Sent(passedOn, fact.AmountPence);
        }
        foreach (var piece in fact.Pieces)
        {
            var lot = books.Holds.Draw(new Piece { Lot = piece.Lot, AmountPence = piece.AmountPence, Hold = piece.Hold });
            var line = FundLine.From(piece.Line, lot.Line);
            transfer.Add(at, lot, piece, line);
            if (fact.Purpose == TransferPurpose.Allocation)
                books.Transfers.Release(transfer.Award, lot.Id, line, piece.AmountPence);
            else if (transfer.Clawback is { } own && piece.ReturningTo is null)
                books.Clawbacks[own].OwnPence += piece.AmountPence;
            else if (fact.Purpose == TransferPurpose.Succession)
                books.Vesting!.Pass(lot.Id, piece.Hold is null ? null : EntryId.From(piece.Hold), fact.To.Body);
            books.Accounts.Post(new Posting(lot, Account.Cash, Account.InTransit, piece.AmountPence));
        }
        books.Deliveries.Sent(first, fact.To, Fact.KindOneofCase.TransferSent, first);
    }

    /// <param name="at">The entry.</param>
    /// <param name="first">The first entry of the receipt.</param>
    public static void Apply(Books books, EntryId at, EntryId first, TransferReceived fact)
    {
        var id = EntryId.From(fact.Delivery.Entry);
        if (books.Transfers.FindReceived(id) is not { } received)
            received = books.Transfers.AddReceived(id, first, fact.Purpose, EntryId.From(fact.Award));
        foreach (var terms in fact.Terms)
            books.Funds.Add(terms);
        var came = fact.Purpose is TransferPurpose.Repayment or TransferPurpose.Clawback ? Account.Returned : Account.Received;
        for (var i = 0; i < fact.Lots.Count; i++)
        {
            var lot = books.Lots.Add(at, i, fact.Lots[i]);
            received.Add(lot);
            if (fact.Lots[i].MustReturn)
                books.Holds.KeepForReturn(first, lot, lot.AmountPence);
            if (fact.Lots[i].KeptFor is { } hold)
                Keep(books, id.Body, EntryId.From(hold), lot);
            books.Accounts.Post(new Posting(lot, came, Account.Cash, lot.AmountPence));
            if (fact.Purpose == TransferPurpose.Allocation)
                books.Awards[received.Award].Promises[(int)fact.Promise].ReleasedPence += lot.AmountPence;
            if (fact.Lots[i].ReturnedTo is { } returnedTo)
                books.Transfers.TakeBack(fact.Lots[i].ReturnedUnder is { } under ? EntryId.From(under) : received.Award, LotId.From(returnedTo), lot.Line, lot.AmountPence);
            if (fact.Clawback is not null)
                Meet(books.Clawbacks[EntryId.From(fact.Clawback)], lot.AmountPence, fact.Lots[i].ReturnedTo is null);
        }
        if (fact.Purpose == TransferPurpose.Allocation)
            books.Standing.Came(books.Awards[received.Award], books.Awards[received.Award].Promises[(int)fact.Promise], received, fact.ReleasedOn, books.Lots);
    }

    public static void Apply(Books books, TransferRefused fact) => books.Transfers.Refuse(EntryId.From(fact.Delivery.Entry));

    public static void Apply(Books books, TransferSettled fact)
    {
        var transfer = books.Transfers[EntryId.From(fact.Transfer)];
        transfer.State = TransferStage.Settled;
        var where = transfer.Purpose is TransferPurpose.Repayment or TransferPurpose.Clawback ? Account.Repaid : Account.Granted;
        foreach (var piece in transfer.Pieces)
            books.Accounts.Post(new Posting(books.Lots[piece.Lot], Account.InTransit, where, piece.AmountPence));
        Arrived(books, transfer, fact.Answer);
    }

    /// <param name="at">The entry.</param>
    public static void Apply(Books books, EntryId at, TransferReversed fact)
    {
        var transfer = books.Transfers[EntryId.From(fact.Transfer)];
        for (var i = 0; i < fact.Lots.Count; i++)
        {
            var lot = books.Lots.Add(at, i, fact.Lots[i]);
            transfer.AddBack(lot);
            if (fact.Lots[i].MustReturn)
                books.Holds.KeepForReturn(at, lot, lot.AmountPence);
            books.Accounts.Post(new Posting(lot, Account.InTransit, Account.Cash, lot.AmountPence));
        }
        if (transfer.State == TransferStage.Reversed)
            return;
        transfer.State = TransferStage.Reversed;
        books.Standing.Came(transfer);
        if (transfer.Clawback is { } clawback)
        {
            books.Clawbacks[clawback].MetPence -= transfer.AmountPence;
            books.Clawbacks[clawback].OwnPence -= transfer.Pieces.Where(piece => books.Lots[piece.Lot].Award is null).Sum(piece => piece.AmountPence);
        }
        if (transfer.Purpose == TransferPurpose.Allocation)
        {
            var award = books.Awards[transfer.Award];
            award.Promises[transfer.Promise].ReleasedPence -= transfer.AmountPence;
            award.Promises[transfer.Promise].LapsedPence += Lapsing.WhileOnItsWay(books.Years, award, transfer);
            foreach (var piece in transfer.Pieces)
                books.Transfers.Release(transfer.Award, piece.Lot, piece.Line, -piece.AmountPence);
        }
        Arrived(books, transfer, fact.Answer);
    }

    private static void Release(Books books, FundingAward award, int promise, TransferSent fact)
    {
        award.Promises[promise].ReleasedPence += fact.AmountPence;
        if (fact.ReleasedOn is { } on)
            books.Reports.Released(award.Terms.Fund, award.Recipient, Dates.From(on));
    }

    /// <summary>It comes from a predecessor, for something that was taken over before it.</summary>
    private static void Keep(Books books, string predecessor, EntryId hold, Lot lot)
    {
        books.Inheritances[predecessor].Receive(hold, lot.AmountPence);
        books.Holds.Keep(hold, lot);
    }

    private static void Meet(Clawback claim, long pence, bool isOwn)
    {
        claim.MetPence += pence;
        claim.OwnPence += isOwn ? pence : 0;
    }

    private static void Arrived(Books books, Transfer transfer, AnswerRef answer)
    {
        transfer.Answer = EntryId.From(answer.Entry);
        if (transfer.Id.Epoch == books.Epoch)
            books.Deliveries.Settled(transfer.Receiver, transfer.Sequence, answer);
        else
            books.Deliveries.Settled(transfer.Receiver, transfer.Id.Epoch, transfer.Sequence, answer);
    }
}
