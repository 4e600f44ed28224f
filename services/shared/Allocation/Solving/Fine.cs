using System.Numerics;

namespace FundingFlows.Allocations;

/// <summary>
/// Amounts while a run is worked out: whole billionths of a penny, rounded down. Whole pence are made of them once, at the end.
/// </summary>
public static class Fine
{
    /// <summary>Parts of a penny.</summary>
    public const long PerPenny = 1_000_000_000;

    private const int BitsOfAnInt128 = 127;

    public static Int128 OfPence(long pence) => (Int128)pence * PerPenny;

    /// <summary>As exact pence, to nine decimal places.</summary>
    public static decimal InPence(Int128 amount) => (decimal)amount / PerPenny;

    /// <summary>amount x part / whole, rounded down. Nothing is below zero, and the whole is above it; part is at most the whole.</summary>
    internal static Int128 Share(Int128 amount, Int128 part, Int128 whole) =>
        Bits(amount) + Bits(part) <= BitsOfAnInt128 ? amount * part / whole : (Int128)((BigInteger)amount * part / whole);

    /// <summary>Whether a x b is less than c x d. Nothing is below zero.</summary>
    internal static bool IsLess(Int128 a, Int128 b, Int128 c, Int128 d)
    {
        if (a == 0 || b == 0 || c == 0 || d == 0)
            return (a == 0 || b == 0) && c > 0 && d > 0;
        // A product has as many bits as its factors together, or one less.
        var (left, right) = (Bits(a) + Bits(b), Bits(c) + Bits(d));
        if (left < right - 1 || left > right + 1)
            return left < right;
        return Math.Max(left, right) <= BitsOfAnInt128 ? a * b < c * d : (BigInteger)a * b < (BigInteger)c * d;
    }

    private static int Bits(Int128 number) => BitsOfAnInt128 + 1 - (int)Int128.LeadingZeroCount(number);

    /// <summary>
    /// Whole pence that add up to the pot: each amount rounded down, the pence that are left one each to the largest remainders, ties to the
    /// earlier. An amount of whole pence keeps them, for there are never more pence left than amounts with a remainder: the amounts fall short of
    /// the pot by less than a penny together, by what was rounded off before.
    /// </summary>
    internal static long[] ToPence(Int128[] amounts, long potPence)
    {
        var pence = new long[amounts.Length];
        var remainders = new Int128[amounts.Length];
        var left = potPence;
        for (var i = 0; i < amounts.Length; i++)
        {
            var (whole, remainder) = Int128.DivRem(amounts[i], PerPenny);
            pence[i] = (long)whole;
            remainders[i] = remainder;
            left -= pence[i];
        }
        Apportionment.GiveLeft(pence, remainders, left);
        return pence;
    }
}
