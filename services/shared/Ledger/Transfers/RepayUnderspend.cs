namespace FundingFlows.Ledger;

/// <summary>Why unspent money is not repaid, in the order in which the rules are checked.</summary>
public enum RepayUnderspendRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>This body knows no such award.</summary>
    [Refuses(RefusalClass.Missing)] AwardUnknown,

    /// <summary>This body made the award; only its recipient repays.</summary>
    [Refuses(RefusalClass.Rule)] NotTheRecipient,

    /// <summary>The award was never accepted.</summary>
    [Refuses(RefusalClass.Rule)] AwardNotAccepted,

    /// <summary>The funder was closed: nobody is left to repay to.</summary>
    [Refuses(RefusalClass.Rule)] FunderClosed,

    /// <summary>Less of the award's money is left here.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotEnoughMoney,

    /// <summary>There is enough money of that fund, but it is held under other awards, or is of another kind.</summary>
    [Refuses(RefusalClass.Rule)] KeptForSomethingElse,

    /// <summary>So much of the award is owed for claims of its funder that less may go back beside them.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] OwedForAClaim,

    /// <summary>It would take more pieces of lots than one transfer can carry.</summary>
    [Refuses(RefusalClass.Rule)] TooManyPieces,
}

/// <summary>
/// The recipient of an award sends unspent money of it back to its funder, first what may do nothing else. The promise is not
/// thereby restored.
/// </summary>
/// <param name="Only">Only money of this kind and with exactly these earmarks. Null: any of the award.</param>
public sealed record RepayUnderspend(EntryId Award, (Kind Kind, EarmarkSet Earmarks)? Only, long AmountPence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Pence.IsAmount(AmountPence))
            return Decision.Refuse(
                RepayUnderspendRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be repaid: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (books.Awards.Find(Award) is not { } award)
            return Decision.Refuse(RepayUnderspendRefusal.AwardUnknown, $"{books.Body} knows no award {Award}.", ("award", $"{Award}"));
        if (award.Recipient != books.Body)
            return Decision.Refuse(RepayUnderspendRefusal.NotTheRecipient, $"{Award} was made by {books.Body} itself; {award.Recipient} repays it.", ("recipient", award.Recipient));
        if (award.State != AwardStage.Accepted)
            return Decision.Refuse(RepayUnderspendRefusal.AwardNotAccepted, $"{Award} was never accepted, so there is nothing to repay.", ("award", $"{Award}"));
        if (books.Closed.Contains(award.Funder))
            return Decision.Refuse(RepayUnderspendRefusal.FunderClosed, $"{award.Funder} was closed, so nothing can be repaid to it: surrender the money to its source.", ("funder", award.Funder));

        var drawing = Drawing.ToGoBack(books, award.Terms.Fund, KeepsBack, AmountPence);
        if (drawing.Pieces is null)
        {
            var shortage = Shortage.Of(drawing, books, award.Terms.Fund, AmountPence);
            return Decision.Refuse(
                shortage.IsKeptBack ? RepayUnderspendRefusal.KeptForSomethingElse : RepayUnderspendRefusal.NotEnoughMoney, shortage.Sentence, shortage.Details);
        }
        var owed = books.Clawbacks.All.Where(claim => claim.Award == Award).Sum(claim => claim.OwedPence);
        var beside = Math.Max(0, award.Promises.Sum(promise => promise.ReleasedPence) - SentBack.PenceOf(books, Award) - owed);
        if (owed > 0 && AmountPence > beside)
            return Decision.Refuse(
                RepayUnderspendRefusal.OwedForAClaim,
                $"{Pence.InPounds(owed)} of that money is owed to {award.Funder}, which claimed it back, and {Pence.InPounds(beside)} may be repaid beside that; "
                + $"{Pence.InPounds(AmountPence)} was asked for. Meet the claim with it.",
                ("owed_pence", $"{owed}"), ("beside_pence", $"{beside}"), ("wanted_pence", $"{AmountPence}"));
        return Sending.Parts(books, award.Funder, drawing.Pieces.Select(PieceOf), () => new TransferSent
        {
            Purpose = TransferPurpose.Repayment,
            Award = Award.ToRef(),
            AmountPence = AmountPence,
        }, Sending.TermsBeside(books, award, drawing.Pieces.Select(piece => piece.Lot))) is { } facts
            ? Decision.Accept(facts)
            : Decision.Refuse(
                RepayUnderspendRefusal.TooManyPieces, "The money lies in too many small pieces for one transfer: repay it in smaller amounts.",
                ("pieces", $"{drawing.Pieces.Count}"));
    }

    private RingFence? KeepsBack(Lot lot) =>
        lot.Award != Award ? new RingFence("award", lot.Award is { } other ? $"award {other}" : "this body's own awards")
        : Only is { } only && (lot.Line.Kind != only.Kind || lot.Line.Earmarks != only.Earmarks) ? new RingFence("line", $"{lot.Line}")
        : null;

    private static TransferPiece PieceOf(DrawnPiece piece) => new()
    {
        Lot = piece.Lot.Id.ToRef(),
        AmountPence = piece.AmountPence,
        Line = piece.Lot.Line.ToLine(),
        TermsVersion = piece.Lot.TermsVersion,
        Origin = piece.Lot.Origin.ToOrigin(),
        ReturningTo = piece.Lot.FunderLot!.Value.ToRef(),
        History = { piece.Lot.HistoryRefs },
        Hold = piece.Hold?.ToRef(),
        MustReturn = piece.Hold is not null,
    };
}
