using System.Numerics;

namespace FundingFlows.Journal;

/// <summary>Checks consistency proofs (RFC 9162, section 2.1.4.2; the same proofs as RFC 6962).</summary>
public static class ConsistencyProofs
{
    /// <summary>
    /// Whether <paramref name="path"/> shows that the tree of <paramref name="oldSize"/> leaves with that root is a beginning of
    /// the tree of <paramref name="size"/> leaves with the other. False for every proof that is malformed, and for every one from
    /// the empty tree: that is a beginning of any tree, so such a proof says nothing. Of equal sizes nothing is hashed, and the
    /// roots are compared as they are, of whatever length; published test vectors do so too.
    /// </summary>
    public static bool Hold(long oldSize, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> oldRoot, ReadOnlySpan<byte> root)
    {
        if (oldSize < 1 || oldSize > size)
            return false;
        if (oldSize == size)
            return path.Count == 0 && oldRoot.SequenceEqual(root);
        if (oldRoot.Length != MerkleHash.Length || root.Length != MerkleHash.Length)
            return false;
        var isOldRoot = long.IsPow2(oldSize);
        return (isOldRoot || path.Count > 0)
            && Climb(oldSize, size, isOldRoot ? oldRoot.ToArray() : path[0], path.Skip(isOldRoot ? 0 : 1)) is { } roots
            && oldRoot.SequenceEqual(roots.Old) && root.SequenceEqual(roots.New);
    }

    /// <summary>
    /// The root of the first <paramref name="oldSize"/> leaves that a proof itself speaks of, when it leads to <paramref name="root"/>. Null: it
    /// leads elsewhere, or it does not say, because that root is a complete subtree, which proofs leave out.
    /// </summary>
    public static byte[]? OldRoot(long oldSize, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root) =>
        oldSize >= 1 && oldSize < size && !long.IsPow2(oldSize) && path.Count > 0
        && Climb(oldSize, size, path[0], path.Skip(1)) is { } roots && root.SequenceEqual(roots.New) ? roots.Old : null;

    /// <summary>Both roots that the hashes lead to, from the largest complete subtree that ends the old tree. Null: they are malformed.</summary>
    private static (byte[] Old, byte[] New)? Climb(long oldSize, long size, byte[] first, IEnumerable<byte[]> siblings)
    {
        var rise = BitOperations.TrailingZeroCount(oldSize);
        var (node, last) = ((oldSize - 1) >> rise, (size - 1) >> rise);
        var (old, hash) = (first, first);
        if (first.Length != MerkleHash.Length)
            return null;
        foreach (var sibling in siblings)
        {
            if (last == 0 || sibling.Length != MerkleHash.Length)
                return null;
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
        return last == 0 ? (old, hash) : null;
    }
}
