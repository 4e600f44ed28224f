using System.Numerics;

namespace FundingFlows.Allocations;

/// <summary>
/// How far money is from need: the part of it that would have to move from who has more than their share of need to who has less (the
/// index of dissimilarity). In hundredths of a per cent, rounded down: 0 follows need exactly, 10,000 misses it altogether.
/// </summary>
internal static class Mismatch
{
    /// <summary>Null: there is no money, or no need.</summary>
    public static int? BasisPoints(IReadOnlyList<long> money, IReadOnlyList<BigInteger> need)
    {
        var allMoney = money.Aggregate(BigInteger.Zero, (sum, one) => sum + one);
        var allNeed = need.Aggregate(BigInteger.Zero, (sum, one) => sum + one);
        if (allMoney.IsZero || allNeed.IsZero)
            return null;
        // Half of the sum of |money / all money - need / all need|.
        var apart = BigInteger.Zero;
        for (var i = 0; i < money.Count; i++)
            apart += BigInteger.Abs((money[i] * allNeed) - (need[i] * allMoney));
        return (int)(apart * Formula.WholeInBasisPoints / (2 * allMoney * allNeed));
    }
}
