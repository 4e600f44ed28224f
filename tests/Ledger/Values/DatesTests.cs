using Date = Google.Type.Date;

namespace FundingFlows.Ledger.Tests;

public sealed class DatesTests
{
    [Theory]
    [InlineData(2027, 3, 31, 2026)]
    [InlineData(2027, 4, 1, 2027)]
    [InlineData(2026, 12, 31, 2026)]
    [InlineData(2000, 4, 1, 2000)]
    [InlineData(2200, 3, 31, 2199)]
    [InlineData(2028, 2, 29, 2027)]
    public void TryFrom_ADayOfAFinancialYear_IsReadWithItsYear(int year, int month, int day, int financialYear)
    {
        Assert.True(Dates.TryFrom(new Date { Year = year, Month = month, Day = day }, out var read));

        Assert.Equal(new DateOnly(year, month, day), read);
        Assert.Equal(financialYear, Years.Of(read));
        Assert.Equal(read, Dates.From(read.ToDate()));
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(2027, 0, 1)]
    [InlineData(2027, 13, 1)]
    [InlineData(2027, 2, 29)]
    [InlineData(2027, 4, 31)]
    [InlineData(2027, 4, -1)]
    [InlineData(2000, 3, 31)]
    [InlineData(2200, 4, 1)]
    [InlineData(10_000, 1, 1)]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue)]
    [InlineData(int.MinValue, int.MinValue, int.MinValue)]
    public void TryFrom_NoDayOfAFinancialYear_IsNotRead(int year, int month, int day) =>
        Assert.False(Dates.TryFrom(new Date { Year = year, Month = month, Day = day }, out _));

    [Fact]
    public void TryFrom_Nothing_IsNotRead() => Assert.False(Dates.TryFrom(null, out _));
}
