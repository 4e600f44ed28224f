namespace FundingFlows.Journal;

/// <summary>Checks inclusion proofs (RFC 9162, section 2.1.3.2; the same proofs as RFC 6962).</summary>
public static class InclusionProofs
{
    /// <summary>
    /// Whether <paramref name="path"/> shows that the leaf is at <paramref name="index"/> in the tree of
    /// <paramref name="size"/> leaves with that root. False for every proof that is malformed.
    /// </summary>
    public static bool Holds(ReadOnlySpan<byte> leafHash, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size || leafHash.Length != MerkleHash.Length || root.Length != MerkleHash.Length)
            return false;
        var (node, last) = (index, size - 1);
        var hash = leafHash.ToArray();
        foreach (var sibling in path)
        {
            if (last == 0 || sibling.Length != MerkleHash.Length)
                return false;
            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                // A node without a sibling rises until it is a right child.
                while ((node & 1) == 0 && node != 0)
                    (node, last) = (node >> 1, last >> 1);
            }
            else
                hash = MerkleHash.Node(hash, sibling);
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 && root.SequenceEqual(hash);
    }
}
