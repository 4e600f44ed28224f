using System.Security.Cryptography;

namespace FundingFlows.Ledger.Tests;

/// <summary>The hashes of RFC 6962, written from its text: the rules of money are handed them and make none.</summary>
internal static class Merkle
{
    /// <summary>SHA-256 of a zero byte and the exact bytes of an entry.</summary>
    public static byte[] Leaf(byte[] entry) => SHA256.HashData([0, .. entry]);

    /// <summary>The root of a tree of those leaf hashes.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.IsEmpty)
            return SHA256.HashData([]);
        if (leaves.Length == 1)
            return leaves[0];
        var left = 1;
        while (left * 2 < leaves.Length)
            left *= 2;
        return SHA256.HashData([1, .. Root(leaves[..left]), .. Root(leaves[left..])]);
    }
}
