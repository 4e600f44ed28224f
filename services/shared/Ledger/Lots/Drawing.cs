namespace FundingFlows.Ledger;

/// <summary>The outcome of looking for money: pieces to draw, or why there are none.</summary>
/// <param name="Pieces">Lots and amounts in drawing order, when there is enough.</param>
/// <param name="UsablePence">What could be used, in pence.</param>
/// <param name="HeldPence">All that remains of the fund here, in pence.</param>
/// <param name="KeptBack">What is kept for something else, by ring-fence, most money first.</param>
public sealed record Drawing(
    IReadOnlyList<(Lot Lot, long AmountPence)>? Pieces, long UsablePence, long HeldPence,
    IReadOnlyList<(RingFence Fence, long AmountPence)> KeptBack)
{
    /// <summary>Looks for an amount among lots in drawing order; <paramref name="forbids"/> names what keeps a lot from the use.</summary>
    public static Drawing From(IEnumerable<Lot> lots, Func<Lot, RingFence?> forbids, long amountPence)
    {
        var pieces = new List<(Lot, long)>();
        var keptBack = new Dictionary<RingFence, long>();
        long usable = 0, held = 0, wanted = amountPence;
        foreach (var lot in lots)
        {
            held += lot.RemainingPence;
            if (forbids(lot) is { } fence)
            {
                keptBack[fence] = keptBack.GetValueOrDefault(fence) + lot.RemainingPence;
                continue;
            }
            usable += lot.RemainingPence;
            if (wanted == 0)
                break;
            var piece = Math.Min(wanted, lot.RemainingPence);
            pieces.Add((lot, piece));
            wanted -= piece;
        }
        return new Drawing(
            wanted == 0 ? pieces : null, usable, held,
            [.. keptBack.OrderByDescending(kept => kept.Value).Select(kept => (kept.Key, kept.Value))]);
    }

    /// <summary>The pieces as facts write them.</summary>
    public IEnumerable<Piece> AsPieces() =>
        Pieces!.Select(piece => new Piece { Lot = piece.Lot.Id.ToRef(), AmountPence = piece.AmountPence });
}
