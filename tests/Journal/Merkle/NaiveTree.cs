using System.Security.Cryptography;

namespace FundingFlows.Journal.Tests;

/// <summary>RFC 6962, section 2.1, word for word: recursive, slow, and sharing no code with what is tested.</summary>
internal static class NaiveTree
{
    public static byte[] Leaf(byte[] entry) => SHA256.HashData([0x00, .. entry]);

    /// <summary>MTH: the root over entries.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> entries)
    {
        if (entries.Length == 0)
            return SHA256.HashData(ReadOnlySpan<byte>.Empty);
        if (entries.Length == 1)
            return Leaf(entries[0]);
        var k = PowerBelow(entries.Length);
        return SHA256.HashData([0x01, .. Root(entries[..k]), .. Root(entries[k..])]);
    }

    /// <summary>PATH: the audit path of an entry.</summary>
    public static byte[][] Path(int index, ReadOnlySpan<byte[]> entries)
    {
        if (entries.Length == 1)
            return [];
        var k = PowerBelow(entries.Length);
        return index < k
            ? [.. Path(index, entries[..k]), Root(entries[k..])]
            : [.. Path(index - k, entries[k..]), Root(entries[..k])];
    }

    /// <summary>PROOF: that the first <paramref name="oldSize"/> entries are a beginning.</summary>
    public static byte[][] Proof(int oldSize, ReadOnlySpan<byte[]> entries) => SubProof(oldSize, entries, true);

    private static byte[][] SubProof(int oldSize, ReadOnlySpan<byte[]> entries, bool isWhole)
    {
        if (oldSize == entries.Length)
            return isWhole ? [] : [Root(entries)];
        var k = PowerBelow(entries.Length);
        return oldSize <= k
            ? [.. SubProof(oldSize, entries[..k], isWhole), Root(entries[k..])]
            : [.. SubProof(oldSize - k, entries[k..], false), Root(entries[..k])];
    }

    /// <summary>A tree under test, of the same entries.</summary>
    public static MerkleTree Tree(ReadOnlySpan<byte[]> entries)
    {
        var tree = new MerkleTree();
        foreach (var entry in entries)
            tree.AppendEntry(entry);
        return tree;
    }

    /// <summary>That many entries, no two alike.</summary>
    public static byte[][] Entries(int count) => [.. Enumerable.Range(0, count).Select(BitConverter.GetBytes)];

    private static int PowerBelow(int count)
    {
        var k = 1;
        while (k * 2 < count)
            k *= 2;
        return k;
    }
}
