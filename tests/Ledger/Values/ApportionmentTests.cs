using CsCheck;

namespace FundingFlows.Ledger.Tests;

/// <summary>The one place that rounds.</summary>
public sealed class ApportionmentTests
{
    [Theory]
    [InlineData(100, new long[] { 1, 1 }, new long[] { 50, 50 })]
    // Ties go to the earlier.
    [InlineData(101, new long[] { 1, 1 }, new long[] { 51, 50 })]
    [InlineData(11, new long[] { 1, 1, 1 }, new long[] { 4, 4, 3 })]
    // 60,000.6 and 15,000.15 and 25,000.25: the largest remainder gets the penny.
    [InlineData(100_001, new long[] { 6_000, 1_500, 2_500 }, new long[] { 60_001, 15_000, 25_000 })]
    // 1.2, 1.2 and 4.6: one penny, to the last.
    [InlineData(7, new long[] { 12, 12, 46 }, new long[] { 1, 1, 5 })]
    // 0.5, 1.5, 3 of five: two remainders of a half, one penny, to the earlier.
    [InlineData(5, new long[] { 1, 3, 6 }, new long[] { 1, 1, 3 })]
    [InlineData(5, new long[] { 0, 3, 0 }, new long[] { 0, 5, 0 })]
    [InlineData(0, new long[] { 2, 3 }, new long[] { 0, 0 })]
    [InlineData(1, new long[] { 1, 2, 2 }, new long[] { 0, 1, 0 })]
    public void Split_OfATotal_GoesByLargestRemainder(long total, long[] weights, long[] expected) =>
        Assert.Equal(expected, Apportionment.Split(total, weights));

    [Fact]
    public void Split_OfHugeNumbers_DoesNotOverflow()
    {
        Assert.Equal([long.MaxValue / 2 + 1, long.MaxValue / 2], Apportionment.Split(long.MaxValue, [long.MaxValue, long.MaxValue]));
        Assert.Equal([long.MaxValue, 0], Apportionment.Split(long.MaxValue, [long.MaxValue, 0]));
        Assert.Equal(long.MaxValue, Apportionment.Split(long.MaxValue, [.. Enumerable.Repeat(long.MaxValue, 100)]).Sum());
    }

    [Fact]
    public void Split_OfWhatHasNoMeaning_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Apportionment.Split(-1, [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Apportionment.Split(1, [1, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Apportionment.Split(1, [0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Apportionment.Split(1, []));
    }

    [Fact]
    public void Split_OfAnyTotal_AddsUpAndIsWithinAPennyOfItsShare() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue].Array[1, 20])
            .Where((_, weights) => weights.Any(weight => weight > 0))
            .Sample((total, weights) =>
            {
                var parts = Apportionment.Split(total, weights);
                var sum = weights.Aggregate(Int128.Zero, (before, weight) => before + weight);

                Assert.Equal((Int128)total, parts.Aggregate(Int128.Zero, (before, part) => before + part));
                Assert.All(parts.Zip(weights), pair =>
                {
                    var floor = (Int128)total * pair.Second / sum;
                    Assert.InRange(pair.First, (long)floor, (long)floor + 1);
                    // Who has no share gets no penny.
                    Assert.True(pair.Second > 0 || pair.First == 0);
                });
            });
}
