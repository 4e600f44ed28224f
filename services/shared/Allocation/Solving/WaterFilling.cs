using System.Numerics;

namespace FundingFlows.Allocations;

/// <summary>
/// Scales amounts by one factor, but keeps each within its bounds, with the factor at which they add up to the pot.
/// </summary>
/// <remarks>
/// Where the bounds can be met, what all come to never falls as the factor rises, so the right factor is found from any trial. Scale all
/// who are not yet at a bound to what is left of the pot. Say those below their floors lack <c>lacking</c> there, and those above their
/// caps have <c>over</c> too much. Within their bounds all come to pot + lacking - over. If lacking is larger that is too much, so the
/// right factor is not above the trial, and whoever is below the floor now is at the floor in the end: fix them there. If over is larger,
/// fix those above their caps. If both are equal the trial is right: fix all of them. Each turn fixes at least one or is the last, so
/// there is an end.
/// </remarks>
internal static class WaterFilling
{
    /// <summary>Amounts in billionths of a penny, rounded down; who is at a bound is exactly there.</summary>
    /// <param name="amounts">At least zero. Who has nothing gets the floor.</param>
    /// <param name="low">Floors, which together are at most the pot.</param>
    /// <param name="high">Caps, none below its floor, which together, with the floors of those who have nothing, are at least the pot.</param>
    public static Int128[] Fill(Int128[] amounts, Int128[] low, Int128[] high, Int128 pot)
    {
        if (AreWithin(amounts, low, high))
            return amounts;
        var filled = new Int128[amounts.Length];
        var free = new List<int>(amounts.Length);
        var left = pot;
        for (var i = 0; i < amounts.Length; i++)
            if (amounts[i] > 0)
                free.Add(i);
            else
                left -= filled[i] = low[i];

        while (free.Count > 0)
        {
            var trial = new Trial(amounts, low, high, free, left);
            var stay = new List<int>(free.Count);
            foreach (var i in free)
                if (trial.IsWithin)
                    filled[i] = trial.Share(i);
                else if (trial.FixesFloors && trial.IsBelow(i))
                    left -= filled[i] = low[i];
                else if (trial.FixesCaps && trial.IsAbove(i))
                    left -= filled[i] = high[i];
                else
                    stay.Add(i);
            free = stay;
        }
        return filled;
    }

    private static bool AreWithin(Int128[] amounts, Int128[] low, Int128[] high)
    {
        for (var i = 0; i < amounts.Length; i++)
            if (amounts[i] < low[i] || amounts[i] > high[i])
                return false;
        return true;
    }

    /// <summary>All who are free, scaled to what is left.</summary>
    private readonly struct Trial
    {
        private readonly Int128[] amounts;
        private readonly Int128[] low;
        private readonly Int128[] high;
        private readonly Int128 left;
        private readonly Int128 sum;

        public Trial(Int128[] amounts, Int128[] low, Int128[] high, List<int> free, Int128 left)
        {
            (this.amounts, this.low, this.high, this.left) = (amounts, low, high, left);
            foreach (var i in free)
                sum += amounts[i];
            // lacking - over = (floors + caps of those outside) - (what they have) x left / sum, here times sum.
            var (bounds, outside, any) = (Int128.Zero, Int128.Zero, false);
            foreach (var i in free)
            {
                var isBelow = IsBelow(i);
                if (!isBelow && !IsAbove(i))
                    continue;
                any = true;
                bounds += isBelow ? low[i] : high[i];
                outside += amounts[i];
            }
            var lackingLessOver = ((BigInteger)bounds * sum).CompareTo((BigInteger)outside * left);
            IsWithin = !any;
            FixesFloors = lackingLessOver >= 0;
            FixesCaps = lackingLessOver <= 0;
        }

        public bool IsWithin { get; }

        public bool FixesFloors { get; }

        public bool FixesCaps { get; }

        public Int128 Share(int i) => Fine.Share(left, amounts[i], sum);

        /// <summary>Rounded down it is below a whole number just where it is below it.</summary>
        public bool IsBelow(int i) => low[i] > 0 && Fine.IsLess(left, amounts[i], sum, low[i]);

        public bool IsAbove(int i) => Fine.IsLess(high[i], sum, amounts[i], left);
    }
}
