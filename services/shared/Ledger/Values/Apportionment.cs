namespace FundingFlows.Ledger;

/// <summary>
/// The exact split of a total by weights, and the one place where money is rounded: every part is rounded down, and the
/// pence that are left go one each to the largest remainders (Hamilton's method), ties to the earlier part.
/// </summary>
public static class Apportionment
{
    /// <summary>A share of a total in hundredths of a per cent, rounded down: never more than the share.</summary>
    public static long RoundedDown(long total, uint basisPoints) => (long)((Int128)total * basisPoints / OpenFund.WholeInBasisPoints);

    /// <summary>
    /// Parts of <paramref name="total"/> pence in proportion to <paramref name="weights"/>, in their order. They add up to
    /// the total. Throws when the total is below zero, a weight is below zero, or all weights are zero.
    /// </summary>
    public static long[] Split(long total, IReadOnlyList<long> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        Int128 sum = 0;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight);
            sum += weight;
        }
        ArgumentOutOfRangeException.ThrowIfEqual(sum, Int128.Zero, nameof(weights));

        var parts = new long[weights.Count];
        var remainders = new Int128[weights.Count];
        var left = total;
        for (var i = 0; i < parts.Length; i++)
        {
            var (quotient, remainder) = Int128.DivRem((Int128)total * weights[i], sum);
            parts[i] = (long)quotient;
            remainders[i] = remainder;
            left -= parts[i];
        }
        // Fewer pence are left than there are parts with a remainder.
        GiveLeft(parts, remainders, left);
        return parts;
    }

    /// <summary>
    /// Gives the pence that are left one each to the largest remainders, ties to the earlier. Throws when there are more of them than parts.
    /// </summary>
    public static void GiveLeft(long[] parts, Int128[] remainders, long left)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(left, parts.Length);
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).Take((int)left))
            parts[i]++;
    }
}
