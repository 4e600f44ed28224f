using System.Numerics;
using CsCheck;

namespace FundingFlows.Allocations.Tests;

/// <summary>Powers in quarters, exact, or of the part of the largest figure and rounded down.</summary>
public sealed class PowerTests
{
    [Theory]
    // Whole powers are of the figure itself.
    [InlineData(25, 100, 4, "25")]
    [InlineData(25, 100, 8, "625")]
    [InlineData(25, 100, 12, "15625")]
    // The square root of a quarter and of a half; a sixteenth to a quarter; a quarter to one and a half.
    [InlineData(225, 900, 2, "500000000000000")]
    [InlineData(2, 4, 2, "707106781186547")]
    [InlineData(1, 16, 1, "500000000000000")]
    [InlineData(4, 16, 6, "125000000000000")]
    [InlineData(7, 7, 15, "1000000000000000")]
    // A millionth to 3.75 is below what is kept.
    [InlineData(1, 1_000_000, 15, "0")]
    [InlineData(0, 1, 3, "0")]
    [InlineData(0, 0, 3, "0")]
    public void Power_OfAFigure_IsExact(long scaled, long largest, int quarters, string expected) =>
        Assert.Equal(BigInteger.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), new Power(quarters).Of(scaled, largest));

    [Fact]
    public void Root_OfAnyFigure_IsTheLargestThatIsNotAboveIt() =>
        Gen.Select(Gen.Long[0, 1_000_000_000_000_000_000], Gen.Long[1, 1_000_000_000_000_000_000], Gen.Int[1, 15].Where(quarters => quarters % 4 != 0)).Sample((one, other, quarters) =>
        {
            // root^4 x m^q <= s^q x 10^60 < (root + 1)^4 x m^q.
            var (scaled, largest) = (Math.Min(one, other), Math.Max(one, other));
            var root = new Power(quarters).Of(scaled, largest);
            var (whole, inside) = (BigInteger.Pow(largest, quarters), BigInteger.Pow(scaled, quarters) * BigInteger.Pow(10, 60));
            Assert.True(BigInteger.Pow(root, 4) * whole <= inside);
            Assert.True(BigInteger.Pow(root + 1, 4) * whole > inside);
        }, iter: 10_000);
}
