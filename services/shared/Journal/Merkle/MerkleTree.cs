namespace FundingFlows.Journal;

/// <summary>
/// The Merkle tree of a journal, after RFC 6962. It keeps the hashes of all complete subtrees (64 bytes for each entry), so
/// that roots and proofs at any size that it ever had take O(log n).
/// </summary>
public sealed class MerkleTree
{
    private readonly List<HashList> levels = [new()];

    /// <summary>How many leaves there are.</summary>
    public long Size => levels[0].Count;

    /// <summary>Adds a leaf by its hash: 32 bytes.</summary>
    public void Append(ReadOnlySpan<byte> leafHash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(leafHash.Length, MerkleHash.Length);
        leafHash.CopyTo(levels[0].Add());
        Complete();
    }

    /// <summary>Adds an entry by its exact bytes.</summary>
    public void AppendEntry(ReadOnlySpan<byte> entry)
    {
        MerkleHash.Leaf(entry, levels[0].Add());
        Complete();
    }

    /// <summary>The hash of a leaf, by its index from 0.</summary>
    public byte[] LeafHash(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return levels[0][index].ToArray();
    }

    /// <summary>The hash of a complete subtree of 2^<paramref name="level"/> leaves, by its place from 0 among those of that level.</summary>
    public ReadOnlySpan<byte> Subtree(int level, long place)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, levels.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, levels[level].Count);
        return levels[level][place];
    }

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
        return [.. ProofRanges.Inclusion(index, size).Select(range => Hash(range.From, range.To))];
    }

    /// <summary>
    /// The consistency proof (RFC 6962, section 2.1.2) that the tree of the first <paramref name="oldSize"/> leaves is a beginning
    /// of that of the first <paramref name="size"/>: hashes from the bottom up. Empty where both are the same, and from the empty
    /// tree, of which nothing is to be proved.
    /// </summary>
    public IReadOnlyList<byte[]> Consistency(long oldSize, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return [.. ProofRanges.Consistency(oldSize, size).Select(range => Hash(range.From, range.To))];
    }

    /// <summary>The edge of the tree as it is now.</summary>
    public MerkleFrontier Frontier() => new(Size, ProofRanges.Subtrees(0, Size).Reverse().Select(subtree => Subtree(subtree.Level, subtree.Place).ToArray()));

    /// <summary>Adds the nodes that the newest leaf completes.</summary>
    private void Complete()
    {
        for (var level = 0; levels[level].Count % 2 == 0; level++)
        {
            if (levels.Count == level + 1)
                levels.Add(new());
            var below = levels[level];
            MerkleHash.Node(below[below.Count - 2], below[below.Count - 1], levels[level + 1].Add());
        }
    }

    /// <summary>The hash over leaves from..to, where <paramref name="from"/> starts a subtree at least that large.</summary>
    private byte[] Hash(long from, long to)
    {
        var hash = new byte[MerkleHash.Length];
        var isFirst = true;
        foreach (var (level, place) in ProofRanges.Subtrees(from, to))
        {
            if (isFirst)
                levels[level][place].CopyTo(hash);
            else
                MerkleHash.Node(levels[level][place], hash, hash);
            isFirst = false;
        }
        return hash;
    }
}
