namespace FundingFlows.Ledger;

/// <summary>All lots that a body has ever held, and those of which something remains, in drawing order.</summary>
public sealed class LotBook
{
    private readonly Dictionary<LotId, Lot> all = [];
    private readonly List<Lot> made = [];
    private readonly Dictionary<string, SortedSet<Lot>> remaining = [];
    private readonly Dictionary<EntryId, List<Lot>> underAwards = [];

    /// <summary>Every lot, in the order in which they were made.</summary>
    public IReadOnlyList<Lot> All => made;

    public Lot? Find(LotId id) => all.GetValueOrDefault(id);

    /// <summary>The lots that are held under an award, in the order in which they were made.</summary>
    public IReadOnlyList<Lot> Under(EntryId award) => underAwards.GetValueOrDefault(award) ?? [];

    internal Lot this[LotId id] => all[id];

    /// <summary>The lots of a fund of which something remains, free or held, in drawing order.</summary>
    public IEnumerable<Lot> Remaining(string fund) => remaining.GetValueOrDefault(fund) ?? Enumerable.Empty<Lot>();

    /// <summary>What remains of all lots, in pence.</summary>
    public long RemainingPence(string fund) => Remaining(fund).Sum(lot => lot.RemainingPence);

    /// <summary>The funds of which something remains.</summary>
    public IEnumerable<string> FundsHeld => remaining.Where(fund => fund.Value.Count > 0).Select(fund => fund.Key);

    internal Lot Add(EntryId entry, int ordinal, NewLot description)
    {
        var lot = new Lot(new LotId(entry, ordinal), description);
        all.Add(lot.Id, lot);
        made.Add(lot);
        Of(lot.Line.Fund).Add(lot);
        if (lot.Award is not { } award)
            return lot;
        if (!underAwards.TryGetValue(award, out var lots))
            underAwards.Add(award, lots = []);
        lots.Add(lot);
        return lot;
    }

    /// <summary>Takes a piece out of a lot, and answers with the lot.</summary>
    internal Lot Draw(Piece piece)
    {
        var lot = all[LotId.From(piece.Lot)];
        lot.RemainingPence -= piece.AmountPence;
        if (lot.RemainingPence <= 0)
            Of(lot.Line.Fund).Remove(lot);
        return lot;
    }

    /// <summary>Puts a piece back into the lot that it was drawn from, and answers with the lot.</summary>
    internal Lot Restore(Piece piece)
    {
        var lot = all[LotId.From(piece.Lot)];
        lot.RemainingPence += piece.AmountPence;
        if (lot.RemainingPence > 0)
            Of(lot.Line.Fund).Add(lot);
        return lot;
    }

    private SortedSet<Lot> Of(string fund)
    {
        if (!remaining.TryGetValue(fund, out var lots))
            remaining.Add(fund, lots = new SortedSet<Lot>(DrawingOrder.Instance));
        return lots;
    }
}
