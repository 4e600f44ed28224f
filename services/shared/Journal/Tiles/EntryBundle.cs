using System.Buffers.Binary;

namespace FundingFlows.Journal;

/// <summary>Entries as C2SP tlog-tiles bundles them: each with its length before it, two bytes, the high one first.</summary>
public static class EntryBundle
{
    private const int LengthBytes = 2;

    public static byte[] Of(IReadOnlyList<byte[]> entries)
    {
        var bundle = new byte[entries.Sum(entry => LengthBytes + entry.Length)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)entry.Length));
            entry.CopyTo(rest[LengthBytes..]);
            rest = rest[(LengthBytes + entry.Length)..];
        }
        return bundle;
    }

    /// <summary>The entries of a bundle. Null: it ends inside one.</summary>
    public static IReadOnlyList<byte[]>? Read(ReadOnlySpan<byte> bundle) => ReadBeginning(bundle, out var isWhole) is var entries && isWhole ? entries : null;

    /// <summary>The entries of a bundle up to where it ends, and whether it ends behind an entry.</summary>
    public static IReadOnlyList<byte[]> ReadBeginning(ReadOnlySpan<byte> bundle, out bool isWhole)
    {
        var entries = new List<byte[]>(TilePath.FullWidth);
        while (bundle.Length >= LengthBytes && BinaryPrimitives.ReadUInt16BigEndian(bundle) is var length && bundle.Length >= LengthBytes + length)
        {
            entries.Add(bundle.Slice(LengthBytes, length).ToArray());
            bundle = bundle[(LengthBytes + length)..];
        }
        isWhole = bundle.IsEmpty;
        return entries;
    }
}
