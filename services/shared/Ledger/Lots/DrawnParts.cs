namespace FundingFlows.Ledger;

/// <summary>How a command that needs an amount refuses to draw it, in the order in which that is checked.</summary>
/// <param name="InParts">What its money lies in too many pieces for, and what to do then.</param>
internal sealed record DrawingRefusals<TReason>(TReason NotEnoughMoney, TReason KeptForSomethingElse, TReason TooManyPieces, string InParts)
    where TReason : struct, Enum;

/// <summary>What a command draws, in the parts that it is recorded in.</summary>
internal static class DrawnParts
{
    /// <summary>The pieces of a drawing, cut into as many parts as a command may have, or why it cannot be drawn so.</summary>
    /// <param name="outOf">The hold that was drawn from. Null: the free money of the fund was.</param>
    public static (IReadOnlyList<IReadOnlyList<Piece>> Parts, Refusal? Refusal) InParts<TReason>(
        this Drawing drawing, Books books, string fund, EntryId? outOf, long amountPence, DrawingRefusals<TReason> refusals)
        where TReason : struct, Enum
    {
        if (drawing.Pieces is null)
        {
            var shortage = outOf is { } hold ? Shortage.Of(drawing, hold, amountPence) : Shortage.Of(drawing, books, fund, amountPence);
            return ([], Refusal.Of(shortage.IsKeptBack ? refusals.KeptForSomethingElse : refusals.NotEnoughMoney, shortage.Sentence, shortage.Details));
        }
        var parts = Parts.Cut(drawing.AsPieces());
        return parts.Count <= Parts.MostParts
            ? (parts, null)
            : ([], Refusal.Of(refusals.TooManyPieces, $"The money lies in too many small pieces {refusals.InParts} in smaller amounts.", ("pieces", $"{drawing.Pieces.Count}")));
    }
}
