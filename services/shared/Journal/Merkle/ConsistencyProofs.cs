using System.Numerics;

namespace FundingFlows.Journal;

/// <summary>Checks consistency proofs (RFC 9162, section 2.1.4.2; the same proofs as RFC 6962).</summary>
public static class ConsistencyProofs
{
    /// <summary>
    /// Whether <paramref name="path"/> shows that the tree of <paramref name="oldSize"/> leaves with that root is a beginning of
    /// the tree of <paramref name="size"/> leaves with the other. False for every proof that is malformed, and for every one from
    /// the empty tree: that is a beginning of any tree, so such a proof says nothing.
    /// </summary>
    public static bool Hold(long oldSize, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> oldRoot, ReadOnlySpan<byte> root)
    {
        if (oldSize < 1 || oldSize > size)
            return false;
        if (oldSize == size)
            return path.Count == 0 && oldRoot.SequenceEqual(root);
        if (oldRoot.Length != MerkleHash.Length || root.Length != MerkleHash.Length || path.Any(hash => hash.Length != MerkleHash.Length))
            return false;
        // The node of both trees that the proof begins with: the largest complete subtree that ends the old one.
        var rise = BitOperations.TrailingZeroCount(oldSize);
        var (node, last) = ((oldSize - 1) >> rise, (size - 1) >> rise);
        var isOldRoot = node == 0;
        if (!isOldRoot && path.Count == 0)
            return false;
        var old = isOldRoot ? oldRoot.ToArray() : path[0];
        var hash = old;
        foreach (var sibling in path.Skip(isOldRoot ? 0 : 1))
        {
            if (last == 0)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                (old, hash) = (MerkleHash.Node(sibling, old), MerkleHash.Node(sibling, hash));
                // A node without a sibling rises until it is a right child.
                while ((node & 1) == 0 && node != 0)
                    (node, last) = (node >> 1, last >> 1);
            }
            else
                hash = MerkleHash.Node(hash, sibling);
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && oldRoot.SequenceEqual(old) && root.SequenceEqual(hash);
    }
}
