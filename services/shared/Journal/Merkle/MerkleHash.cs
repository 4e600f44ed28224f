using System.Security.Cryptography;

namespace FundingFlows.Journal;

/// <summary>The hashes of RFC 6962, section 2.1, over SHA-256. All are 32 bytes.</summary>
public static class MerkleHash
{
    public const int Length = 32;

    /// <summary>The root of an empty tree: SHA-256 of nothing.</summary>
    public static byte[] Empty() => SHA256.HashData(ReadOnlySpan<byte>.Empty);

    /// <summary>A leaf: SHA-256 of a zero byte and the entry's exact bytes.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(entry);
        return hash.GetHashAndReset();
    }

    /// <summary>A node: SHA-256 of a one byte and the two hashes below.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> both = stackalloc byte[1 + (2 * Length)];
        both[0] = 0x01;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + Length)..]);
        return SHA256.HashData(both);
    }
}
