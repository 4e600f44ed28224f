using System.Numerics;

namespace FundingFlows.Journal;

/// <summary>
/// The edge of a Merkle tree after RFC 6962: the complete subtrees that it falls into. It is enough to add leaves and to compute the
/// root, and small enough to be copied for a try.
/// </summary>
public sealed class MerkleFrontier
{
    /// <summary>The largest first: one for each bit of the size that is set.</summary>
    private readonly List<byte[]> subtrees;

    internal MerkleFrontier(long size, IEnumerable<byte[]> subtrees) => (Size, this.subtrees) = (size, [.. subtrees]);

    /// <summary>How many leaves there are.</summary>
    public long Size { get; private set; }

    public MerkleFrontier Copy() => new(Size, subtrees);

    /// <summary>Adds an entry by its exact bytes.</summary>
    public void AppendEntry(ReadOnlySpan<byte> entry)
    {
        var hash = MerkleHash.Leaf(entry);
        for (var joined = BitOperations.TrailingZeroCount(~Size); joined > 0; joined--)
        {
            hash = MerkleHash.Node(subtrees[^1], hash);
            subtrees.RemoveAt(subtrees.Count - 1);
        }
        subtrees.Add(hash);
        Size++;
    }

    /// <summary>The root over all leaves.</summary>
    public byte[] Root()
    {
        if (Size == 0)
            return MerkleHash.Empty();
        var hash = subtrees[^1];
        for (var i = subtrees.Count - 2; i >= 0; i--)
            hash = MerkleHash.Node(subtrees[i], hash);
        return hash;
    }
}
