using System.Numerics;

namespace FundingFlows.Journal;

/// <summary>
/// Which hashes a proof is made of (RFC 6962, section 2.1): each is the hash over a range of leaves, and each range falls into
/// complete subtrees. So a proof is made in one way from a tree in memory and from tiles that are fetched.
/// </summary>
public static class ProofRanges
{
    /// <summary>Ranges of leaves from..to, whose hashes are the inclusion proof of a leaf in the tree of so many: from the leaf up.</summary>
    public static IReadOnlyList<(long From, long To)> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var ranges = new List<(long, long)>();
        long from = 0, to = size;
        while (to - from > 1)
        {
            var middle = from + LargestPowerBelow(to - from);
            var goesLeft = index < middle;
            ranges.Add(goesLeft ? (middle, to) : (from, middle));
            (from, to) = goesLeft ? (from, middle) : (middle, to);
        }
        ranges.Reverse();
        return ranges;
    }

    /// <summary>
    /// The same for the consistency proof that a tree of <paramref name="oldSize"/> leaves is a beginning of one of
    /// <paramref name="size"/>. Empty where both are the same, and from the empty tree, of which nothing is to be proved.
    /// </summary>
    public static IReadOnlyList<(long From, long To)> Consistency(long oldSize, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, size);
        if (oldSize == 0)
            return [];
        var ranges = new List<(long, long)>();
        long from = 0, to = size;
        while (to > oldSize)
        {
            var middle = from + LargestPowerBelow(to - from);
            var goesLeft = oldSize <= middle;
            ranges.Add(goesLeft ? (middle, to) : (from, middle));
            (from, to) = goesLeft ? (from, middle) : (middle, to);
        }
        // Who asks has the old root: it is left out where it is itself a subtree of the new tree.
        if (from > 0)
            ranges.Add((from, to));
        ranges.Reverse();
        return ranges;
    }

    /// <summary>
    /// The complete subtrees that a range falls into, from its end to its beginning: 2^level leaves, and the place from 0 among
    /// those of that level. The range begins where a subtree at least as large as it begins.
    /// </summary>
    public static IEnumerable<(int Level, long Place)> Subtrees(long from, long to)
    {
        while (to > from)
        {
            var level = BitOperations.TrailingZeroCount(to - from);
            yield return (level, (to >> level) - 1);
            to -= 1L << level;
        }
    }

    private static long LargestPowerBelow(long count) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(count - 1)));
}
