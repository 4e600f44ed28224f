using System.Numerics;

namespace FundingFlows.Allocations;

/// <summary>An exponent in quarters, from a quarter to 4: fine enough for any formula in use, and its roots are exact square roots.</summary>
/// <param name="Quarters">4 is a power of 1.</param>
public readonly record struct Power(int Quarters)
{
    public const int MostQuarters = 16;

    public static Power One => new(4);

    public bool IsValid => Quarters is >= 1 and <= MostQuarters;

    /// <summary>
    /// A figure to this power, in a scale that is the same for all figures with as many decimal places. Whole powers are exact. Others are
    /// rounded down to a billionth.
    /// </summary>
    /// <param name="scaled">The figure in units of its finest decimal place.</param>
    /// <param name="decimals">How many decimal places that are.</param>
    internal BigInteger Of(long scaled, int decimals)
    {
        if (Quarters % 4 == 0)
            return BigInteger.Pow(scaled, Quarters / 4);
        // (s / 10^d)^(n/2) x 10^9 is the square root of s^n x 10^(18 - n d), and quarters are the square root of one more. What is divided
        // off, where the exponent is below zero, changes nothing: rounding down before a root that is rounded down gives the same.
        return Quarters % 2 == 0
            ? SquareRoot(Inside(scaled, Quarters / 2, 18 - (Quarters / 2 * decimals)))
            : SquareRoot(SquareRoot(Inside(scaled, Quarters, 36 - (Quarters * decimals))));
    }

    private static BigInteger Inside(long scaled, int power, int tens) =>
        tens >= 0 ? BigInteger.Pow(scaled, power) * BigInteger.Pow(10, tens) : BigInteger.Pow(scaled, power) / BigInteger.Pow(10, -tens);

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
