namespace FundingFlows.Ledger;

/// <summary>What money is held for.</summary>
public enum HoldKind
{
    /// <summary>Set aside, or ordered.</summary>
    Reservation,

    /// <summary>A payment that waits for a second person.</summary>
    Preparation,

    /// <summary>A payment that waits for the accountable body.</summary>
    Instruction,

    /// <summary>Goods or works that were received and not paid for.</summary>
    Liability,

    /// <summary>Claimed back, and not sent yet.</summary>
    Claim,

    /// <summary>No longer to be used: it may only go back to where it came from.</summary>
    Return,
}

/// <summary>Pieces of lots that are kept for one thing. What is held is still cash: no account moves when it is placed or released.</summary>
/// <param name="id">The (first) entry that placed it.</param>
public sealed class Hold(EntryId id, HoldKind kind)
{
    private readonly SortedDictionary<Lot, long> pieces = new(DrawingOrder.Instance);

    public EntryId Id { get; } = id;

    public HoldKind Kind { get; } = kind;

    /// <summary>What is held now, in drawing order.</summary>
    public IReadOnlyCollection<KeyValuePair<Lot, long>> Pieces => pieces;

    /// <summary>All that is held now, in pence.</summary>
    public long AmountPence => pieces.Values.Sum();

    /// <summary>What is held of a lot, in pence.</summary>
    public long Of(Lot lot) => pieces.GetValueOrDefault(lot);

    /// <summary>Pieces of it that make up an amount, last drawn first: those are given up first.</summary>
    internal IEnumerable<Piece> LastDrawn(long pence)
    {
        foreach (var (lot, held) in pieces.Reverse())
        {
            var piece = Math.Min(pence, held);
            if (piece == 0)
                yield break;
            pence -= piece;
            yield return new Piece { Lot = lot.Id.ToRef(), AmountPence = piece };
        }
    }

    /// <summary>What is held now, as facts write it.</summary>
    public IEnumerable<Piece> AsPieces() => [.. pieces.Select(piece => new Piece { Lot = piece.Key.Id.ToRef(), AmountPence = piece.Value })];

    internal void Add(Lot lot, long pence)
    {
        var held = pieces.GetValueOrDefault(lot) + pence;
        if (held == 0)
            pieces.Remove(lot);
        else
            pieces[lot] = held;
    }
}
