using CsCheck;

namespace FundingFlows.Allocations.Tests;

/// <summary>A share of growth: exact, never below zero, and refused where figures are not all there.</summary>
public sealed class GrowthShareTests
{
    private const string Header = "financial_year,pounds,source,as_of\n";

    private static Outcome<IReadOnlyList<GrowthYear>> WorkOut(string rows, uint share = 1_250) => new GrowthShare("Rates", share).WorkOut(new CsvText("rates.csv", Header + rows));

    private static string Row(int year, decimal pounds) => FormattableString.Invariant($"{year},{pounds},Office,2030-06-30\n");

    [Fact]
    public void Growth_OverYears_IsSharedToThePennyAndNeverBelowZero()
    {
        // 12.5 % of £0.87 is 10.875 pence.
        var years = WorkOut(Row(2027, 99.50m) + Row(2025, 99.13m) + Row(2026, 100.00m)).Value;
        Assert.Equal([(2026, 87, 10), (2027, 0, 0)], years.Select(year => (year.Now.FinancialYear, year.GrowthPence, year.SharePence)));
        Assert.Equal(
            "Rates: £100 in 2026-27 (Office, 2030-06-30), after £99.13 in 2025-26 (Office, 2030-06-30). That is £0.87 more, and 12.5 % of it, rounded down to the penny, goes into the fund: £0.10.",
            years[0].Sentence);
        Assert.Equal("Rates: £99.50 in 2027-28 (Office, 2030-06-30), after £100 in 2026-27 (Office, 2030-06-30). That is no growth, so nothing goes into the fund.", years[1].Sentence);
    }

    [Fact]
    public void Growth_AsLargeAsFiguresMayBe_IsSharedExactly()
    {
        var year = Assert.Single(WorkOut(Row(2025, 0) + Row(2026, Column.Most), 9_999).Value);
        Assert.Equal((100_000_000_000_000, 99_990_000_000_000), (year.GrowthPence, year.SharePence));
        Assert.Equal(100_000_000_000_000, Assert.Single(WorkOut(Row(2025, 0) + Row(2026, Column.Most), 10_000).Value).SharePence);
    }

    [Fact]
    public void Share_IsTheMostWholePenceThatIsNotAboveIt() =>
        Gen.Select(Gen.Long[0, 1_000_000_000], Gen.Long[0, 1_000_000_000], Gen.UInt[1, 10_000]).Sample((before, now, share) =>
        {
            var year = WorkOut(Row(2025, before / 100m) + Row(2026, now / 100m), share).Value.Single();
            var exact = Math.Max(0, now - before) * (decimal)share / 10_000m;
            Assert.True(year.SharePence <= exact && exact < year.SharePence + 1);
        }, iter: 5_000);

    [Theory]
    [InlineData("2025,1,O,2026-01-01\n2026,,O,2026-01-01\n", "rates.csv, line 3, column pounds: there is no figure")]
    [InlineData("2025,1,O,2026-01-01\n2026,-0.01,O,2026-01-01\n", "rates.csv, line 3, column pounds: -0.01 is below zero")]
    [InlineData("2025,1.005,O,2026-01-01\n2026,2,O,2026-01-01\n", "rates.csv, line 2, column pounds: 1.005 is too large or too fine")]
    [InlineData("2025,1e9,O,2026-01-01\n2026,2,O,2026-01-01\n", "rates.csv, line 2, column pounds: \"1e9\" is no number")]
    [InlineData("2025,1,O,2026-01-01\n2025,2,O,2026-01-01\n", "rates.csv, line 3, column financial_year: 2025-26 stands twice")]
    [InlineData("last,1,O,2026-01-01\n2025,2,O,2026-01-01\n", "rates.csv, line 2, column financial_year: \"last\" is no year")]
    [InlineData("2025,1,,2026-01-01\n2026,2,O,2026-01-01\n", "rates.csv, line 2, column source: there is no source")]
    [InlineData("2025,1,O,soon\n2026,2,O,2026-01-01\n", "rates.csv, line 2, column as_of: \"soon\" is no date")]
    [InlineData("2025,1,O,2026-01-01\n2028,2,O,2026-01-01\n", "rates.csv: the figure of 2026-27 is missing, so nobody can say what grew up to 2028-29")]
    [InlineData("2025,1,O,2026-01-01\n", "rates.csv: there are figures of 1 year; growth needs 2")]
    [InlineData("", "rates.csv, line 2: there is no row below the header")]
    public void Figures_ThatAreNotAllThere_AreRefusedByLineAndColumn(string rows, string sentence)
    {
        var fault = Assert.Single(WorkOut(rows).Faults);
        Assert.StartsWith(sentence, fault.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Share_ThatIsNone_AndNoName_AreRefusedTogether()
    {
        var faults = new GrowthShare("", 10_001).WorkOut(new CsvText("rates.csv", Header + Row(2025, 1) + Row(2026, 2))).Faults;
        Assert.Equal(["name", "share"], faults.Select(fault => fault.Item));
        Assert.Equal("The share is 100.01 %: write one above 0 %, at most 100 %.", faults[1].Sentence);
        Assert.True(WorkOut(Row(2025, 1) + Row(2026, 2), 0).IsRefused);
    }
}
