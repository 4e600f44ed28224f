using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace FundingFlows.Ledger;

/// <summary>
/// Deliveries by their sequences. Those follow one another and are answered almost in their order, so they stand in rows, without an
/// object for each; any other sequence is kept as well.
/// </summary>
internal sealed class UnansweredDeliveries : IReadOnlyDictionary<long, SentDelivery>
{
    private const int Bits = 6;
    private const int PerRow = 1 << Bits;
    private readonly SortedDictionary<long, Row> rows = [];
    private Row? newest;
    private long newestPlace;

    public int Count { get; private set; }

    public IEnumerable<long> Keys => this.Select(one => one.Key);

    public IEnumerable<SentDelivery> Values => this.Select(one => one.Value);

    public SentDelivery this[long key]
    {
        get => TryGetValue(key, out var sent) ? sent : throw new KeyNotFoundException($"Nothing of sequence {key} is unanswered.");
        set
        {
            var row = RowOf(key);
            ref var place = ref row.All[key & (PerRow - 1)];
            if (place.Entries == 0)
            {
                row.Count++;
                Count++;
            }
            place = value;
        }
    }

    public bool ContainsKey(long key) => TryGetValue(key, out _);

    public bool TryGetValue(long key, [MaybeNullWhen(false)] out SentDelivery value)
    {
        value = Find(key) is { } row ? row.All[key & (PerRow - 1)] : default;
        return value.Entries > 0;
    }

    public bool Remove(long key)
    {
        if (!ContainsKey(key))
            return false;
        var row = Find(key)!;
        row.All[key & (PerRow - 1)] = default;
        Count--;
        if (--row.Count > 0)
            return true;
        rows.Remove(key >> Bits);
        if (ReferenceEquals(row, newest))
            newest = null;
        return true;
    }

    public void Clear()
    {
        rows.Clear();
        (newest, Count) = (null, 0);
    }

    public IEnumerator<KeyValuePair<long, SentDelivery>> GetEnumerator()
    {
        foreach (var (place, row) in rows)
            for (var i = 0; i < PerRow; i++)
                if (row.All[i].Entries > 0)
                    yield return KeyValuePair.Create((place << Bits) + i, row.All[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Row? Find(long key) => newest is not null && newestPlace == key >> Bits ? newest : rows.GetValueOrDefault(key >> Bits);

    private Row RowOf(long key)
    {
        if (Find(key) is { } known)
            return known;
        (newest, newestPlace) = (new Row(), key >> Bits);
        rows.Add(newestPlace, newest);
        return newest;
    }

    private sealed class Row
    {
        public SentDelivery[] All { get; } = new SentDelivery[PerRow];

        public int Count { get; set; }
    }
}
