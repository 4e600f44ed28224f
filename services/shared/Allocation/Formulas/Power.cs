using System.Numerics;

namespace FundingFlows.Allocations;

/// <summary>An exponent in quarters, from a quarter to 4: fine enough for any formula in use, and its roots are exact square roots.</summary>
/// <param name="Quarters">4 is a power of 1.</param>
public readonly record struct Power(int Quarters)
{
    public const int MostQuarters = 16;

    public static Power One => new(4);

    public bool IsValid => Quarters is >= 1 and <= MostQuarters;

    /// <summary>What 1 is in powers that are not whole: ten to this.</summary>
    private const int Digits = 15;

    /// <summary>
    /// A figure to this power, in a scale that is the same for all figures of a column. Whole powers are exact. Others are of the figure's part
    /// of the column's largest, so that the unit of the column makes no difference, and rounded down to fifteen decimal places.
    /// </summary>
    /// <param name="scaled">The figure in units of the column's finest decimal place.</param>
    /// <param name="largest">The column's largest figure in these units: not below it.</param>
    internal BigInteger Of(long scaled, long largest)
    {
        if (scaled == 0)
            return 0;
        if (Quarters % 4 == 0)
            return BigInteger.Pow(scaled, Quarters / 4);
        // (s / m)^(n/2) x 10^d is the square root of s^n x 10^2d / m^n, and quarters are the square root of one more. What is divided
        // off changes nothing: rounding down before a root that is rounded down gives the same.
        return Quarters % 2 == 0
            ? SquareRoot(Inside(scaled, largest, Quarters / 2, 2 * Digits))
            : SquareRoot(SquareRoot(Inside(scaled, largest, Quarters, 4 * Digits)));
    }

    private static BigInteger Inside(long scaled, long largest, int power, int tens) =>
        BigInteger.Pow(scaled, power) * BigInteger.Pow(10, tens) / BigInteger.Pow(largest, power);

    /// <summary>
    /// The largest whole number whose square is not above <paramref name="square"/>. Newton's steps from above the root fall until they
    /// are there: a step from any guess above the root lands below the guess and not below the root's whole part, and the first that
    /// does not fall is the answer.
    /// </summary>
    internal static BigInteger SquareRoot(BigInteger square)
    {
        if (square.IsZero)
            return square;
        var guess = BigInteger.One << (int)((square.GetBitLength() + 1) / 2);
        while (true)
        {
            var better = (guess + (square / guess)) >> 1;
            if (better >= guess)
                return guess;
            guess = better;
        }
    }

    public override string ToString() => $"{Quarters / 4m:0.##}";
}
