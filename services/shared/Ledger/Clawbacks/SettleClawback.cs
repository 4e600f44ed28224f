namespace FundingFlows.Ledger;

/// <summary>Why a claim is not met, in the order in which the rules are checked.</summary>
public enum SettleClawbackRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>This body knows no such clawback.</summary>
    [Refuses(RefusalClass.Missing)] ClawbackUnknown,

    /// <summary>This body claimed it itself; the recipient of the award meets it.</summary>
    [Refuses(RefusalClass.Rule)] NotTheDebtor,

    /// <summary>Less is owed.</summary>
    [Refuses(RefusalClass.Rule)] MoreThanOwed,

    /// <summary>There is less money of the award, or of this body's own, that is free for it.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotEnoughMoney,

    /// <summary>It would take more pieces of lots than one transfer can carry.</summary>
    [Refuses(RefusalClass.Rule)] TooManyPieces,
}

/// <summary>
/// The recipient of an award meets a claim of its funder, in full or in part: with what it holds for it, then with other money of
/// the award, then with its own, which keeps its own label. Money of other funders never pays for it.
/// </summary>
public sealed record SettleClawback(EntryId Clawback, long AmountPence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Pence.IsAmount(AmountPence))
            return Decision.Refuse(
                SettleClawbackRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be sent: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (books.Clawbacks.Find(Clawback) is not { } claim)
            return Decision.Refuse(SettleClawbackRefusal.ClawbackUnknown, $"{books.Body} knows no clawback {Clawback}.", ("clawback", $"{Clawback}"));
        if (claim.RecordedBy is null)
            return Decision.Refuse(SettleClawbackRefusal.NotTheDebtor, $"{Clawback} was claimed by {books.Body} itself; the recipient of the award meets it.", ("clawback", $"{Clawback}"));
        if (AmountPence > claim.OwedPence)
            return Decision.Refuse(
                SettleClawbackRefusal.MoreThanOwed, $"{Pence.InPounds(claim.OwedPence)} of {Clawback} is still to be sent; {Pence.InPounds(AmountPence)} is more than that.",
                ("owed_pence", $"{claim.OwedPence}"), ("wanted_pence", $"{AmountPence}"));
        var usable = Usable(books, claim).ToList();
        var there = usable.Sum(piece => piece.AmountPence);
        if (there < AmountPence)
            return Decision.Refuse(
                SettleClawbackRefusal.NotEnoughMoney,
                $"{Pence.InPounds(there)} of the award and of {books.Body}'s own money can be sent; {Pence.InPounds(AmountPence)} was asked for.",
                ("usable_pence", $"{there}"), ("wanted_pence", $"{AmountPence}"));
        return Send(books, claim, Take(usable));
    }

    /// <summary>What may be sent, in this order: held for the claim, may only go back, free of the same award, this body's own.</summary>
    private static IEnumerable<DrawnPiece> Usable(Books books, Clawback claim)
    {
        var fund = books.Awards.Find(claim.Award)!.Terms.Fund;
        bool IsOfTheAward(Lot lot) => lot.Award == claim.Award && lot.Line.Fund == fund;
        return books.Holds[claim.RecordedBy!.Value].Pieces.Select(piece => new DrawnPiece(piece.Key, piece.Value, claim.RecordedBy))
            .Concat(books.Holds.Returns.SelectMany(hold => hold.Pieces.Where(piece => IsOfTheAward(piece.Key)).Select(piece => new DrawnPiece(piece.Key, piece.Value, hold.Id))))
            .Concat(books.Lots.Remaining(fund).Where(lot => IsOfTheAward(lot) && lot.FreePence > 0).Select(lot => new DrawnPiece(lot, lot.FreePence)))
            .Concat(books.Lots.FundsHeld.Order(StringComparer.Ordinal).SelectMany(books.Lots.Remaining)
                .Where(lot => lot.FreePence > 0 && IsOwn(lot, books.Body)).Select(lot => new DrawnPiece(lot, lot.FreePence)));
    }

    /// <summary>Money that a body issued itself, of funds that are all its own, and that is kept for nothing.</summary>
    private static bool IsOwn(Lot lot, string body) =>
        lot.Award is null && lot.Line.Earmarks.Count == 0 && lot.Origin.Lot.Entry.Body == body
        && lot.Terms.All(terms => terms.Fund.StartsWith(body + ".", StringComparison.Ordinal));

    private List<DrawnPiece> Take(IEnumerable<DrawnPiece> usable)
    {
        var taken = new List<DrawnPiece>();
        var wanted = AmountPence;
        foreach (var piece in usable)
        {
            if (wanted == 0)
                break;
            taken.Add(piece with { AmountPence = Math.Min(wanted, piece.AmountPence) });
            wanted -= taken[^1].AmountPence;
        }
        return taken;
    }

    private Decision Send(Books books, Clawback claim, List<DrawnPiece> pieces)
    {
        var award = books.Awards.Find(claim.Award)!;
        var facts = Sending.Parts(books, award.Funder, pieces.Select(piece => PieceOf(piece, claim)), () => new TransferSent
        {
            Purpose = TransferPurpose.Clawback,
            Award = claim.Award.ToRef(),
            Clawback = Clawback.ToRef(),
            AmountPence = AmountPence,
        }, Sending.TermsBeside(books, award, pieces.Select(piece => piece.Lot)));
        return facts is not null ? Decision.Accept(facts) : Decision.Refuse(
            SettleClawbackRefusal.TooManyPieces, "The money lies in too many small pieces for one transfer: send it in smaller amounts.", ("pieces", $"{pieces.Count}"));
    }

    private static TransferPiece PieceOf(DrawnPiece piece, Clawback claim) => new()
    {
        Lot = piece.Lot.Id.ToRef(),
        AmountPence = piece.AmountPence,
        Line = piece.Lot.Line.ToLine(),
        TermsVersion = piece.Lot.TermsVersion,
        Origin = piece.Lot.Origin.ToOrigin(),
        ReturningTo = piece.Lot.Award is null ? null : piece.Lot.FunderLot!.Value.ToRef(),
        History = { piece.Lot.HistoryRefs },
        Hold = piece.Hold?.ToRef(),
        MustReturn = piece.Hold is { } hold && hold != claim.RecordedBy,
    };
}
