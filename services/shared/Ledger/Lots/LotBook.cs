using System.Collections;

namespace FundingFlows.Ledger;

/// <summary>
/// All lots that a body has ever held, and those of which something remains, in drawing order. Bodies hold millions of them, so a
/// lot is a row of numbers, and what many say alike is kept once.
/// </summary>
public sealed class LotBook
{
    private readonly Chunked<LotRow> rows = new();
    private readonly PackedLots packed = new();
    private readonly LotLabels labels = new();
    private readonly PlacedJournals journals = new();
    private readonly Dictionary<EntryId, (int First, int Last)> underAwards = [];
    private readonly Dictionary<int, long[]> held = [];
    private readonly Dictionary<int, Balances> balances = [];

    /// <summary>Every lot, in the order in which they were made.</summary>
    public IReadOnlyList<Lot> All => new EveryLot(this);

    public Lot? Find(LotId id) =>
        PackedLots.TryPack(id, out var word) && rows.Find(word) is var place and >= 0 && journals[place] == JournalName.Of(id.Entry)
            ? new Lot(this, place)
            : null;

    /// <summary>The lots that are held under an award, in the order in which they were made.</summary>
    public IEnumerable<Lot> Under(EntryId award)
    {
        if (!underAwards.TryGetValue(award, out var lots))
            yield break;
        for (var place = lots.First; ; place = rows[place].NextUnderAward)
        {
            yield return new Lot(this, place);
            if (rows[place].NextUnderAward == 0)
                yield break;
        }
    }

    internal Lot this[LotId id] => Find(id) ?? throw new KeyNotFoundException($"There is no lot {id} here.");

    /// <summary>The lots of a fund of which something remains, free or held, in drawing order.</summary>
    public IEnumerable<Lot> Remaining(string fund) => labels.Pot(fund)?.Remaining.Select(place => new Lot(this, place)) ?? [];

    /// <summary>What remains of all lots, in pence.</summary>
    public long RemainingPence(string fund) => labels.Pot(fund)?.RemainingPence ?? 0;

    /// <summary>The funds of which something remains.</summary>
    public IEnumerable<string> FundsHeld => labels.FundsHeld;

    /// <summary>Lots are made in the order of their ids.</summary>
    internal Lot Add(EntryId entry, int ordinal, NewLot made)
    {
        var place = rows.Count;
        if (!PackedLots.TryPack(new LotId(entry, ordinal), out var id) || (place > 0 && id <= rows[place - 1].Number))
            throw new InvalidOperationException($"Lot {ordinal} of {entry} cannot follow those that are here.");
        journals.Add(place, entry);
        var label = labels.Of(made);
        rows.Add(new LotRow(id, label, made.AmountPence) { Parent = packed.Pack(made.Parent), Root = packed.Pack(made.Origin.Lot), FunderLot = packed.Pack(made.FunderLot) });
        labels.Queue(label).Add(place);
        labels.Pot(label).Count(Math.Max(0, made.AmountPence));
        if (labels[label].Award is { } award)
            AddUnder(award, place);
        return new Lot(this, place);
    }

    /// <summary>Takes a piece out of a lot, and answers with the lot.</summary>
    internal Lot Draw(Piece piece) => Change(LotId.From(piece.Lot), -piece.AmountPence);

    /// <summary>Puts a piece back into the lot that it was drawn from, and answers with the lot.</summary>
    internal Lot Restore(Piece piece) => Change(LotId.From(piece.Lot), piece.AmountPence);

    internal LotId IdOf(int place) => packed.Unpack(journals[place], rows[place].Number);

    internal ref readonly LotRow RowOf(int place) => ref rows[place];

    internal LotLabel LabelOf(int place) => labels[rows[place].Label];

    internal LotId? Unpack(JournalName? journal, ulong word) => journal is { } name ? packed.Unpack(name, word) : null;

    /// <summary>What is held of a lot, by kind of hold.</summary>
    internal IReadOnlyList<long> HeldFor(int place) => held[place];

    internal void Hold(int place, HoldKind kind, long pence)
    {
        if (!held.TryGetValue(place, out var kinds))
            held.Add(place, kinds = new long[(int)HoldKind.Return + 1]);
        kinds[(int)kind] += pence;
        rows[place].IsEverHeld = true;
    }

    internal long BalanceOf(int place, Account account) => rows[place].IsElsewhere ? balances[place][account] : rows[place][account];

    internal Balances BalancesOf(int place)
    {
        var all = new Balances();
        foreach (var account in Enum.GetValues<Account>())
            all.Set(account, BalanceOf(place, account));
        return all;
    }

    internal void Post(int place, Posting posting)
    {
        ref var row = ref rows[place];
        if (!row.IsElsewhere && row.TryPost(posting))
            return;
        if (!row.IsElsewhere)
            balances.Add(place, BalancesOf(place));
        row.IsElsewhere = true;
        balances[place].Post(posting);
    }

    private Lot Change(LotId id, long pence)
    {
        var lot = Find(id) ?? throw new KeyNotFoundException($"There is no lot {id} here.");
        ref var row = ref rows[lot.Place];
        var before = row.RemainingPence;
        row.RemainingPence += pence;
        labels.Pot(row.Label).Count(Math.Max(0, row.RemainingPence) - Math.Max(0, before));
        if (row.RemainingPence <= 0)
            labels.Queue(row.Label).Leave(lot.Place);
        else if (before <= 0)
            labels.Queue(row.Label).Return(lot.Place);
        return lot;
    }

    private void AddUnder(EntryId award, int place)
    {
        var isFirst = !underAwards.TryGetValue(award, out var lots);
        if (!isFirst)
            rows[lots.Last].NextUnderAward = place;
        underAwards[award] = (isFirst ? place : lots.First, place);
    }

    private sealed class EveryLot(LotBook book) : IReadOnlyList<Lot>
    {
        public int Count => book.rows.Count;

        public Lot this[int index] => index >= 0 && index < Count ? new Lot(book, index) : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<Lot> GetEnumerator()
        {
            for (var place = 0; place < Count; place++)
                yield return new Lot(book, place);
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
