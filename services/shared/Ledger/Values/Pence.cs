using System.Globalization;

namespace FundingFlows.Ledger;

/// <summary>Amounts of money: whole pence in a checked 64-bit integer.</summary>
public static class Pence
{
    /// <summary>
    /// The most that any amount may be, and the most that a body may issue, receive from funders, or release: 10 trillion pounds,
    /// more than three times the yearly output of the United Kingdom. Thousands of times that fit in 64 bits, so that no sum of a
    /// body's accounts can overflow.
    /// </summary>
    public const long Most = 1_000_000_000_000_000;

    /// <summary>
    /// The most that anything may add up to at one body: <see cref="Most"/> may be issued there, as much may come from funders, and
    /// as much may come back, for no more is released.
    /// </summary>
    public const long MostOfABody = 3 * Most;

    /// <summary>Whether it is an amount that something can be done with: above zero and not above <see cref="Most"/>.</summary>
    public static bool IsAmount(long pence) => pence is > 0 and <= Most;

    /// <summary>In pounds, as people write them: <c>£25,000</c>, <c>£0.05</c>, <c>-£3.10</c>.</summary>
    public static string InPounds(long pence)
    {
        var whole = Math.Abs(pence / 100).ToString("N0", CultureInfo.InvariantCulture);
        var rest = Math.Abs(pence % 100);
        var sign = pence < 0 ? "-" : "";
        return rest == 0 ? $"{sign}£{whole}" : string.Create(CultureInfo.InvariantCulture, $"{sign}£{whole}.{rest:00}");
    }
}
