using System.Collections.Immutable;

namespace FundingFlows.Ledger;

/// <summary>The names of the earmarks on a line, in byte order, each once. Equal when the names are equal.</summary>
public readonly struct EarmarkSet : IEquatable<EarmarkSet>
{
    public static readonly EarmarkSet None = new([]);

    private readonly ImmutableArray<string> names;

    private EarmarkSet(ImmutableArray<string> names) => this.names = names;

    public ImmutableArray<string> Names => names.IsDefault ? [] : names;

    public int Count => Names.Length;

    /// <summary>The set of these names, whatever their order and repetitions.</summary>
    public static EarmarkSet Of(IEnumerable<string> names) =>
        names.TryGetNonEnumeratedCount(out var count) && count == 0 ? None : new([.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    public bool Contains(string name) => Names.BinarySearch(name, StringComparer.Ordinal) >= 0;

    public bool Contains(EarmarkSet other)
    {
        foreach (var name in other.Names)
            if (!Contains(name))
                return false;
        return true;
    }

    /// <summary>Whether these names, in their order and no others, are the set.</summary>
    internal bool IsWritten(IReadOnlyList<string> all)
    {
        if (all.Count != Count)
            return false;
        for (var i = 0; i < all.Count; i++)
            if (all[i] != Names[i])
                return false;
        return true;
    }

    public bool Equals(EarmarkSet other) => Names.AsSpan().SequenceEqual(other.Names.AsSpan());

    public override bool Equals(object? obj) => obj is EarmarkSet other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var name in Names)
            hash.Add(name, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    public static bool operator ==(EarmarkSet left, EarmarkSet right) => left.Equals(right);

    public static bool operator !=(EarmarkSet left, EarmarkSet right) => !left.Equals(right);

    public override string ToString() => Count == 0 ? "" : string.Join('+', Names);
}
