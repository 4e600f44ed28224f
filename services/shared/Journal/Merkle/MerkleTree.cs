using System.Numerics;

namespace FundingFlows.Journal;

/// <summary>
/// The Merkle tree of a journal, after RFC 6962. It keeps the hashes of all complete subtrees (64 bytes for each entry), so
/// that roots and proofs at any size take O(log n).
/// </summary>
public sealed class MerkleTree
{
    private readonly List<List<byte[]>> levels = [[]];

    /// <summary>How many leaves there are.</summary>
    public long Size => levels[0].Count;

    /// <summary>Adds a leaf by its hash.</summary>
    public void Append(byte[] leafHash)
    {
        levels[0].Add(leafHash);
        for (var level = 0; levels[level].Count % 2 == 0; level++)
        {
            if (levels.Count == level + 1)
                levels.Add([]);
            levels[level + 1].Add(MerkleHash.Node(levels[level][^2], levels[level][^1]));
        }
    }

    /// <summary>The hash of a leaf, by its index from 0.</summary>
    public byte[] LeafHash(long index) => levels[0][checked((int)index)];

    /// <summary>The root over the first <paramref name="size"/> leaves.</summary>
    public byte[] Root(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? MerkleHash.Empty() : Hash(0, size);
    }

    /// <summary>
    /// The inclusion proof (RFC 6962, section 2.1.1) of a leaf in the tree of the first <paramref name="size"/> leaves:
    /// sibling hashes from the leaf up.
    /// </summary>
    public IReadOnlyList<byte[]> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        long from = 0, to = size;
        while (to - from > 1)
        {
            var middle = from + LargestPowerBelow(to - from);
            if (index < middle)
            {
                path.Add(Hash(middle, to));
                to = middle;
            }
            else
            {
                path.Add(Hash(from, middle));
                from = middle;
            }
        }
        path.Reverse();
        return path;
    }

    /// <summary>The hash over leaves from..to, where <paramref name="from"/> starts a subtree at least that large.</summary>
    private byte[] Hash(long from, long to)
    {
        byte[]? hash = null;
        for (var end = to; end > from;)
        {
            // The complete subtree that ends here: as large as the range's lowest bit.
            var level = BitOperations.TrailingZeroCount(end - from);
            var subtree = levels[level][checked((int)((end >> level) - 1))];
            hash = hash is null ? subtree : MerkleHash.Node(subtree, hash);
            end -= 1L << level;
        }
        return hash!;
    }

    private static long LargestPowerBelow(long count) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(count - 1)));
}
