namespace FundingFlows.Ledger.Tests;

/// <summary>Amounts, and how people read them.</summary>
public sealed class PenceTests
{
    [Theory]
    [InlineData(0, "£0")]
    [InlineData(5, "£0.05")]
    [InlineData(10, "£0.10")]
    [InlineData(100, "£1")]
    [InlineData(2_500_000, "£25,000")]
    [InlineData(123_456_789, "£1,234,567.89")]
    [InlineData(-310, "-£3.10")]
    [InlineData(-5, "-£0.05")]
    [InlineData(Pence.Most, "£10,000,000,000,000")]
    [InlineData(long.MaxValue, "£92,233,720,368,547,758.07")]
    [InlineData(long.MinValue, "-£92,233,720,368,547,758.08")]
    public void InPounds_OfPence_IsAsPeopleWriteIt(long pence, string expected) => Assert.Equal(expected, Pence.InPounds(pence));

    [Theory]
    [InlineData(1, true)]
    [InlineData(Pence.Most, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(Pence.Most + 1, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(long.MinValue, false)]
    public void IsAmount_OfPence_IsTrueAboveZeroAndUpToTheMost(long pence, bool expected) => Assert.Equal(expected, Pence.IsAmount(pence));
}
