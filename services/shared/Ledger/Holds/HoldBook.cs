namespace FundingFlows.Ledger;

/// <summary>All that a body holds for something.</summary>
public sealed class HoldBook(LotBook lots)
{
    private readonly Dictionary<EntryId, Hold> byId = [];
    private readonly List<Hold> placed = [];
    private readonly List<Hold> returns = [];

    /// <summary>Every hold that was ever placed, oldest first; of many nothing is left.</summary>
    public IReadOnlyList<Hold> All => placed;

    /// <summary>The hold that an entry placed. Null: it placed none.</summary>
    public Hold? Find(EntryId id) => byId.GetValueOrDefault(id);

    /// <summary>What may only go back to where it came from, oldest first.</summary>
    public IReadOnlyList<Hold> Returns => returns;

    /// <summary>What is held for things of a kind, in pence.</summary>
    public long HeldPence(HoldKind kind, string fund) =>
        placed.Where(hold => hold.Kind == kind).Sum(hold => hold.Pieces.Where(piece => piece.Key.Line.Fund == fund).Sum(piece => piece.Value));

    internal Hold this[EntryId id] => byId[id];

    /// <summary>Takes pieces out of what is free, or out of the hold that they name. Several facts may place one hold.</summary>
    internal void Place(EntryId id, HoldKind kind, IEnumerable<Piece> pieces)
    {
        if (!byId.TryGetValue(id, out var hold))
        {
            byId.Add(id, hold = new Hold(id, kind));
            placed.Add(hold);
            if (kind == HoldKind.Return)
                returns.Add(hold);
        }
        foreach (var piece in pieces)
        {
            if (piece.Hold is { } other)
                Move(byId[EntryId.From(other)], piece, -piece.AmountPence);
            Move(hold, piece, piece.AmountPence);
        }
    }

    /// <summary>Gives pieces back to the hold that another took them from.</summary>
    internal void Return(EntryId to, EntryId from, IEnumerable<Piece> pieces)
    {
        foreach (var piece in pieces)
        {
            Move(byId[from], piece, -piece.AmountPence);
            Move(byId[to], piece, piece.AmountPence);
        }
    }

    /// <summary>All that is held for something is free again, or goes back to the hold that it was taken from.</summary>
    internal void GiveBack(EntryId id, EntryRef? to)
    {
        var pieces = byId[id].AsPieces();
        if (to is null)
            Release(id, pieces);
        else
            Return(EntryId.From(to), id, pieces);
    }

    /// <summary>Makes held pieces free again.</summary>
    internal void Release(EntryId id, IEnumerable<Piece> pieces)
    {
        foreach (var piece in pieces)
            Move(byId[id], piece, -piece.AmountPence);
    }

    /// <summary>Takes a piece out of a lot, and out of what it was held for; answers with the lot.</summary>
    internal Lot Draw(Piece piece)
    {
        if (piece.Hold is { } hold)
            Release(EntryId.From(hold), [piece]);
        return lots.Draw(piece);
    }

    /// <summary>Holds what may only go back, of a lot that an operation has just made or restored.</summary>
    internal void KeepForReturn(EntryId id, Lot lot, long pence) =>
        Place(id, HoldKind.Return, [new Piece { Lot = lot.Id.ToRef(), AmountPence = pence }]);

    /// <summary>Begins to hold for something that was taken over: its money follows.</summary>
    internal void Begin(EntryId id, HoldKind kind) => Place(id, kind, []);

    /// <summary>Holds a lot that has just come for something that was taken over.</summary>
    internal void Keep(EntryId id, Lot lot) => Place(id, byId[id].Kind, [new Piece { Lot = lot.Id.ToRef(), AmountPence = lot.RemainingPence }]);

    private void Move(Hold hold, Piece piece, long pence)
    {
        var lot = lots[LotId.From(piece.Lot)];
        lot.Hold(hold.Kind, pence);
        hold.Add(lot, pence);
    }
}
