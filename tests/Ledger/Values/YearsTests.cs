namespace FundingFlows.Ledger.Tests;

/// <summary>Financial years, written by their first calendar year.</summary>
public sealed class YearsTests
{
    [Theory]
    [InlineData(2026, "2026-27")]
    [InlineData(2099, "2099-00")]
    [InlineData(2008, "2008-09")]
    [InlineData(int.MaxValue, "2147483647-48")]
    public void InWords_OfAYear_IsBothCalendarYears(int year, string expected) => Assert.Equal(expected, Years.InWords(year));

    [Fact]
    public void ToString_OfYears_NamesFirstAndLast()
    {
        Assert.Equal("2026-27 to 2028-29", new Years(2026, 2028).ToString());
        Assert.Equal("2026-27", new Years(2026, 2026).ToString());
    }

    [Theory]
    [InlineData(2000, 2199, true)]
    [InlineData(2026, 2026, true)]
    [InlineData(2027, 2026, false)]
    [InlineData(1999, 2026, false)]
    [InlineData(2026, 2200, false)]
    public void IsValid_OfAWindow_IsAsDocumented(int first, int last, bool expected) => Assert.Equal(expected, new Years(first, last).IsValid);

    [Fact]
    public void Contain_OfAWindow_IncludesItsFirstAndLast()
    {
        var window = new Years(2026, 2028);

        Assert.Equal([false, true, true, true, false], Enumerable.Range(2025, 5).Select(window.Contain));
        Assert.True(window.Contain(window));
        Assert.False(window.Contain(new Years(2026, 2029)));
        Assert.False(window.Contain(new Years(2025, 2026)));
    }
}
