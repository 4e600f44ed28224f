namespace FundingFlows.Ledger;

/// <summary>What many received transfers say alike, kept once for all of them.</summary>
/// <param name="Sender">The journal that sent it.</param>
internal readonly record struct ReceiptLabel(JournalName Sender, TransferPurpose Purpose, EntryId Award);

/// <summary>The numbers of one received transfer.</summary>
/// <param name="Index">Of the entry that sent it.</param>
/// <param name="RecordedBy">The index of the entry that received it.</param>
internal record struct ReceiptRow(long Index, long RecordedBy, int Label)
{
    /// <summary>The place of its first lot: the others follow it, as far as they were made in a row.</summary>
    public int FirstLot { get; set; }

    /// <summary>How many lots follow one another there.</summary>
    public int Lots { get; set; }
}

/// <summary>The transfers that a body received: millions, so each is a row of numbers.</summary>
internal sealed class ReceivedTransfers(LotBook lots)
{
    private readonly Chunked<ReceiptRow> rows = new();
    private readonly PlacedJournals journals = new();
    private readonly Shared<ReceiptLabel> labels = new();
    private readonly Dictionary<JournalName, Dictionary<long, int>> bySender = [];
    private readonly Dictionary<int, List<int>> elsewhere = [];

    public int Count => rows.Count;

    public ReceivedTransfer? Find(EntryId id) =>
        bySender.TryGetValue(JournalName.Of(id), out var places) && places.TryGetValue(id.Index, out var place) ? new ReceivedTransfer(this, place) : null;

    public ReceivedTransfer Add(EntryId id, EntryId recordedBy, TransferPurpose purpose, EntryId award)
    {
        var label = new ReceiptLabel(JournalName.Of(id), purpose, award);
        if (!bySender.TryGetValue(label.Sender, out var places))
            bySender.Add(label.Sender, places = []);
        places.Add(id.Index, rows.Count);
        journals.Add(rows.Count, recordedBy);
        rows.Add(new ReceiptRow(id.Index, recordedBy.Index, labels.NumberOf(label)));
        return new ReceivedTransfer(this, rows.Count - 1);
    }

    public EntryId IdOf(int place) => LabelOf(place).Sender[rows[place].Index];

    public EntryId RecordedBy(int place) => journals[place][rows[place].RecordedBy];

    public ReceiptLabel LabelOf(int place) => labels[rows[place].Label];

    public IReadOnlyList<LotId> LotsOf(int place) =>
    [
        .. Enumerable.Range(rows[place].FirstLot, rows[place].Lots).Concat(elsewhere.GetValueOrDefault(place) ?? []).Select(lots.IdOf),
    ];

    public void Add(int place, Lot lot)
    {
        ref var row = ref rows[place];
        if (row.Lots == 0)
            row.FirstLot = lot.Place;
        if (lot.Place == row.FirstLot + row.Lots)
            row.Lots++;
        else if (elsewhere.TryGetValue(place, out var more))
            more.Add(lot.Place);
        else
            elsewhere.Add(place, [lot.Place]);
    }
}
