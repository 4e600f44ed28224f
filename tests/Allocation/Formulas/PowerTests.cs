using System.Numerics;
using CsCheck;

namespace FundingFlows.Allocations.Tests;

/// <summary>Powers in quarters, exact or rounded down to a billionth.</summary>
public sealed class PowerTests
{
    [Theory]
    // 2.5 to 1, 2 and 3, in units of a tenth, a hundredth, a thousandth.
    [InlineData(25, 1, 4, "25")]
    [InlineData(25, 1, 8, "625")]
    [InlineData(25, 1, 12, "15625")]
    // The square root of 2.25 and of 2; 16 to a quarter; 4 to one and a half.
    [InlineData(225, 2, 2, "1500000000")]
    [InlineData(2, 0, 2, "1414213562")]
    [InlineData(16, 0, 1, "2000000000")]
    [InlineData(4, 0, 6, "8000000000")]
    // 0.000001 to 3.75 is below a billionth.
    [InlineData(1, 6, 15, "0")]
    [InlineData(0, 0, 3, "0")]
    public void Power_OfAFigure_IsExact(long scaled, int decimals, int quarters, string expected) =>
        Assert.Equal(BigInteger.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), new Power(quarters).Of(scaled, decimals));

    [Fact]
    public void Root_OfAnyFigure_IsTheLargestThatIsNotAboveIt() =>
        Gen.Select(Gen.Long[0, 1_000_000_000_000_000_000], Gen.Int[0, 6], Gen.Int[1, 15].Where(quarters => quarters % 4 != 0)).Sample((scaled, decimals, quarters) =>
        {
            // root^4 x 10^(q d) <= s^q x 10^36 < (root + 1)^4 x 10^(q d).
            var root = new Power(quarters).Of(scaled, decimals);
            var (scale, inside) = (BigInteger.Pow(10, quarters * decimals), BigInteger.Pow(scaled, quarters) * BigInteger.Pow(10, 36));
            Assert.True(BigInteger.Pow(root, 4) * scale <= inside);
            Assert.True(BigInteger.Pow(root + 1, 4) * scale > inside);
        }, iter: 10_000);
}
