using System.Buffers;
using System.Security.Cryptography;

namespace FundingFlows.Journal;

/// <summary>The hashes of RFC 6962, section 2.1, over SHA-256. All are 32 bytes.</summary>
public static class MerkleHash
{
    public const int Length = 32;

    private const byte OfLeaf = 0x00;
    private const byte OfNode = 0x01;

    /// <summary>Entries up to so many bytes are hashed from the stack.</summary>
    private const int Small = 1_024;

    /// <summary>The root of an empty tree: SHA-256 of nothing.</summary>
    public static byte[] Empty() => SHA256.HashData(ReadOnlySpan<byte>.Empty);

    /// <summary>A leaf: SHA-256 of a zero byte and the entry's exact bytes.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        var hash = new byte[Length];
        Leaf(entry, hash);
        return hash;
    }

    /// <summary>The same, into 32 bytes.</summary>
    public static void Leaf(ReadOnlySpan<byte> entry, Span<byte> hash)
    {
        var length = entry.Length + 1;
        var rented = length <= Small ? null : ArrayPool<byte>.Shared.Rent(length);
        var marked = rented is null ? stackalloc byte[length] : rented.AsSpan(0, length);
        marked[0] = OfLeaf;
        entry.CopyTo(marked[1..]);
        SHA256.HashData(marked, hash);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>A node: SHA-256 of a one byte and the two hashes below.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[Length];
        Node(left, right, hash);
        return hash;
    }

    /// <summary>The same, into 32 bytes, which may be those of either.</summary>
    public static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash)
    {
        Span<byte> both = stackalloc byte[1 + (2 * Length)];
        both[0] = OfNode;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + Length)..]);
        SHA256.HashData(both, hash);
    }
}
