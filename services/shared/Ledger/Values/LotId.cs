using System.Globalization;

namespace FundingFlows.Ledger;

/// <summary>One lot: the entry that made it and its place among that entry's lots, from 0. Written <c>body.epoch.index.ordinal</c>.</summary>
public readonly record struct LotId(EntryId Entry, int Ordinal) : IComparable<LotId>
{
    /// <summary>Reads any reference, also an absurd one from outside: it names no lot, and nothing breaks.</summary>
    public static LotId From(LotRef reference) =>
        new(new EntryId(reference.Body, reference.Epoch, unchecked((long)reference.Index)), unchecked((int)reference.Ordinal));

    /// <summary>Reads a reference that another body wrote; false when no lot can have it.</summary>
    public static bool TryFrom(LotRef? reference, out LotId id)
    {
        id = default;
        if (reference is null || !Names.IsBody(reference.Body) || reference.Epoch == 0 || reference.Index > long.MaxValue || reference.Ordinal > int.MaxValue)
            return false;
        id = From(reference);
        return true;
    }

    public LotRef ToRef() => new()
    {
        Body = Entry.Body,
        Epoch = Entry.Epoch,
        Index = unchecked((ulong)Entry.Index),
        Ordinal = unchecked((uint)Ordinal),
    };

    /// <summary>Reads <c>body.epoch.index.ordinal</c>; false for anything else.</summary>
    public static bool TryParse(string? text, out LotId id)
    {
        id = default;
        var dot = (text ?? "").LastIndexOf('.');
        if (dot < 0 || !EntryId.TryParse(text![..dot], out var entry)
            || !EntryId.TryNumber(text.AsSpan(dot + 1), int.MaxValue, out var ordinal))
            return false;
        id = new LotId(entry, (int)ordinal);
        return true;
    }

    public int CompareTo(LotId other) =>
        Entry.CompareTo(other.Entry) is var entries and not 0 ? entries : Ordinal.CompareTo(other.Ordinal);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Entry}.{Ordinal}");
}
