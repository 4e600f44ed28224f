namespace FundingFlows.Allocations;

/// <summary>
/// Grants that meet need equally: max(0, need x standard - resources), with the one standard at which they add up to the pot.
/// </summary>
/// <remarks>
/// What all grants come to is continuous in the standard, zero at first and then rising without end, so there is one standard, and it is
/// found by leaving out those who get nothing. Take any set of recipients that holds all who get a grant at the right standard, and the
/// standard at which it would share out the pot if grants below zero counted as such. Without those below zero the grants come to more than
/// the pot there, so the right standard is not higher, and who is below zero at this one gets nothing at the right one either: leaving
/// them out keeps the set as it has to be. Each turn leaves out at least one, so there is an end, and nobody is below zero there: these are
/// the grants. Whoever is left has a grant, for what is shared out is above zero.
/// </remarks>
internal static class Equalisation
{
    /// <summary>Grants in billionths of a penny, rounded down.</summary>
    /// <param name="pot">Above zero.</param>
    /// <param name="need">At least zero, some above it. Who has no need gets nothing.</param>
    /// <param name="resources">What each has, at least zero.</param>
    public static Int128[] Grants(Int128 pot, Int128[] need, Int128[] resources)
    {
        var inside = Enumerable.Range(0, need.Length).Where(i => need[i] > 0).ToList();
        while (true)
        {
            var (met, needs) = (pot, Int128.Zero);
            foreach (var i in inside)
            {
                met += resources[i];
                needs += need[i];
            }
            // Rounded down it is at least a whole number just where it is so exactly.
            var left = inside.Where(i => Fine.Share(met, need[i], needs) >= resources[i]).ToList();
            if (left.Count < inside.Count)
            {
                inside = left;
                continue;
            }
            var grants = new Int128[need.Length];
            foreach (var i in inside)
                grants[i] = Fine.Share(met, need[i], needs) - resources[i];
            return grants;
        }
    }
}
