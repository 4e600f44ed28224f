using System.Globalization;

namespace FundingFlows.Ledger;

/// <summary>
/// One entry of one journal: a body, an epoch from 1, an index from 0. Written <c>body.epoch.index</c>.
/// Agreements, awards, transfers, payments and reports are named by the entry that made them.
/// </summary>
public readonly record struct EntryId(string Body, uint Epoch, long Index) : IComparable<EntryId>
{
    /// <summary>Reads any reference, also an absurd one from outside: an index that no journal reaches becomes one below zero.</summary>
    public static EntryId From(EntryRef reference) => new(reference.Body, reference.Epoch, unchecked((long)reference.Index));

    /// <summary>Reads a reference that another body wrote; false when no entry can have it.</summary>
    public static bool TryFrom(EntryRef? reference, out EntryId id)
    {
        id = default;
        if (reference is null || !Names.IsBody(reference.Body) || reference.Epoch == 0 || reference.Index > long.MaxValue)
            return false;
        id = From(reference);
        return true;
    }

    public EntryRef ToRef() => new() { Body = Body, Epoch = Epoch, Index = unchecked((ulong)Index) };

    /// <summary>Reads <c>body.epoch.index</c>; false for anything else.</summary>
    public static bool TryParse(string? text, out EntryId id)
    {
        id = default;
        var all = text.AsSpan();
        var first = all.IndexOf('.');
        var second = all.LastIndexOf('.');
        if (first <= 0 || second == first || !Names.IsBody(all[..first])
            || !TryNumber(all[(first + 1)..second], uint.MaxValue, out var epoch) || epoch == 0
            || !TryNumber(all[(second + 1)..], long.MaxValue, out var index))
            return false;
        id = new EntryId(new string(all[..first]), (uint)epoch, index);
        return true;
    }

    /// <summary>A whole number as it is written here: digits alone, no leading zero.</summary>
    internal static bool TryNumber(ReadOnlySpan<char> text, long most, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        // Parsing overlooks zero characters at the end.
        && number <= most && (text.Length == 1 || text[0] != '0') && text[^1] != '\0';

    public int CompareTo(EntryId other) =>
        string.CompareOrdinal(Body, other.Body) is var bodies and not 0 ? bodies
        : Epoch.CompareTo(other.Epoch) is var epochs and not 0 ? epochs
        : Index.CompareTo(other.Index);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Body}.{Epoch}.{Index}");
}
