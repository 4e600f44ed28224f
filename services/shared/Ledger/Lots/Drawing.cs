namespace FundingFlows.Ledger;

/// <summary>Part of a lot that is to be drawn.</summary>
/// <param name="Hold">What it is held for until then. Null: it is free.</param>
public readonly record struct DrawnPiece(Lot Lot, long AmountPence, EntryId? Hold = null);

/// <summary>The outcome of looking for money: pieces to draw, or why there are none.</summary>
/// <param name="Pieces">Lots and amounts in drawing order, when there is enough.</param>
/// <param name="UsablePence">What could be used, in pence.</param>
/// <param name="HeldPence">All that remains of the fund here, in pence.</param>
/// <param name="KeptBack">Where there is not enough: what is kept for something else, by ring-fence, most money first.</param>
public sealed record Drawing(
    IReadOnlyList<DrawnPiece>? Pieces, long UsablePence, long HeldPence,
    IReadOnlyList<(RingFence Fence, long AmountPence)> KeptBack)
{
    private static readonly HoldKind[] ForAnything = Enum.GetValues<HoldKind>();
    private static readonly HoldKind[] ForUse = [.. ForAnything.Where(kind => kind != HoldKind.Return)];

    /// <summary>
    /// Looks for an amount among the free money of lots in drawing order; <paramref name="forbids"/> names what keeps a lot from
    /// the use. Money that is held for something is kept back.
    /// </summary>
    public static Drawing From(IEnumerable<Lot> lots, Func<Lot, RingFence?> forbids, long amountPence) =>
        From(lots.Select(lot => (lot, lot.FreePence, ForAnything, (EntryId?)null)), forbids, amountPence);

    /// <summary>Looks for an amount among the money of a hold, in drawing order.</summary>
    public static Drawing From(Hold hold, Func<Lot, RingFence?> forbids, long amountPence) =>
        From(hold.Pieces.Select(piece => (piece.Key, piece.Value, Array.Empty<HoldKind>(), (EntryId?)hold.Id)), forbids, amountPence);

    /// <summary>Looks for an amount that is to go back to where it came from: first what may do nothing else, then what is free.</summary>
    public static Drawing ToGoBack(Books books, string fund, Func<Lot, RingFence?> forbids, long amountPence) =>
        From(
            [
                .. books.Holds.Returns.SelectMany(hold => hold.Pieces.Where(piece => piece.Key.Line.Fund == fund)
                    .Select(piece => (piece.Key, piece.Value, Array.Empty<HoldKind>(), (EntryId?)hold.Id))),
                .. books.Lots.Remaining(fund).Select(lot => (lot, lot.FreePence, ForUse, (EntryId?)null)),
            ],
            forbids, amountPence);

    /// <param name="money">Lots, what is there of each, and for what kinds of things more of it is held.</param>
    private static Drawing From(IEnumerable<(Lot Lot, long There, HoldKind[] Held, EntryId? Hold)> money, Func<Lot, RingFence?> forbids, long amountPence)
    {
        var pieces = new List<DrawnPiece>(1);
        long usable = 0, held = 0, wanted = amountPence;
        foreach (var (lot, there, kinds, hold) in money)
        {
            held += there + SetAside(lot, kinds);
            if (there == 0 || forbids(lot) is not null)
                continue;
            usable += there;
            if (wanted == 0)
                break;
            var piece = Math.Min(wanted, there);
            pieces.Add(new DrawnPiece(lot, piece, hold));
            wanted -= piece;
        }
        return wanted == 0 ? new Drawing(pieces, usable, held, []) : new Drawing(null, usable, held, KeptFrom(money, forbids));
    }

    /// <summary>What is kept for something else, by ring-fence, most money first. Looked at only where there is not enough.</summary>
    private static List<(RingFence Fence, long AmountPence)> KeptFrom(IEnumerable<(Lot Lot, long There, HoldKind[] Held, EntryId? Hold)> money, Func<Lot, RingFence?> forbids)
    {
        var kept = new List<(RingFence Fence, long AmountPence)>();
        foreach (var (lot, there, kinds, _) in money)
            if (forbids(lot) is { } fence)
                Keep(kept, fence, there + SetAside(lot, kinds));
            else
                foreach (var kind in kinds)
                    Keep(kept, RingFence.Of(kind), lot.HeldFor(kind));
        return [.. kept.OrderByDescending(one => one.AmountPence)];
    }

    /// <summary>What more of a lot is held for things of those kinds.</summary>
    private static long SetAside(Lot lot, HoldKind[] kinds)
    {
        if (kinds.Length == 0 || !lot.IsEverHeld)
            return 0;
        long sum = 0;
        foreach (var kind in kinds)
            sum += lot.HeldFor(kind);
        return sum;
    }

    /// <summary>The pieces as facts write them.</summary>
    public IEnumerable<Piece> AsPieces() =>
        Pieces!.Select(piece => new Piece { Lot = piece.Lot.Id.ToRef(), AmountPence = piece.AmountPence, Hold = piece.Hold?.ToRef() });

    private static void Keep(List<(RingFence Fence, long AmountPence)> keptBack, RingFence fence, long pence)
    {
        if (pence <= 0)
            return;
        for (var i = 0; i < keptBack.Count; i++)
            if (keptBack[i].Fence == fence)
            {
                keptBack[i] = (fence, keptBack[i].AmountPence + pence);
                return;
            }
        keptBack.Add((fence, pence));
    }
}
