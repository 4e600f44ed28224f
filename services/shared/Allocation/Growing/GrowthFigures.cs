using System.Globalization;

namespace FundingFlows.Allocations;

/// <summary>A figure of a year, in money.</summary>
/// <param name="FinancialYear">By its first calendar year.</param>
/// <param name="Source">Who published it.</param>
/// <param name="AsOf">The day that it is of.</param>
public sealed record YearFigure(int FinancialYear, long AmountPence, string Source, DateOnly AsOf);

/// <summary>
/// Reads a figure over the years from a table of comma-separated values (RFC 4180, with a header): <c>financial_year,pounds,source,as_of</c>.
/// The years follow one another without a gap, in any order of rows. Every fault is told, with its line and column.
/// </summary>
internal static class GrowthFigures
{
    /// <summary>So many that a century can be shown.</summary>
    private const int MostYears = 100;

    private static readonly string[] Columns = ["financial_year", "pounds", "source", "as_of"];

    /// <summary>By year. What is wrong is noted, and then what is read is not to be used.</summary>
    public static IReadOnlyList<YearFigure> Read(CsvText text, List<Fault> faults)
    {
        var before = faults.Count;
        if (CsvGrid.Read(text, Columns, faults) is not { } table)
            return [];
        var read = new SortedDictionary<int, YearFigure>();
        foreach (var row in table.Rows)
            if (Figure(table, row, faults) is { } figure && !read.TryAdd(figure.FinancialYear, figure))
                faults.Add(table.Fault(row, "financial_year", $"{Years.InWords(figure.FinancialYear)} stands twice: remove one of the two."));
        if (faults.Count > before)
            return [];
        var years = read.Keys.ToList();
        if (years.Count is < 2 or > MostYears)
            faults.Add(new(text.Name, $"{text.Name}: there are figures of {(years.Count == 1 ? "1 year" : $"{years.Count} years")}; growth needs 2, and at most {MostYears} are worked out at once."));
        foreach (var (one, next) in years.Zip(years.Skip(1)).Where(pair => pair.Second != pair.First + 1))
            faults.Add(new(text.Name, $"{text.Name}: the figure of {Years.InWords(one + 1)} is missing, so nobody can say what grew up to {Years.InWords(next)}: add it."));
        return [.. read.Values];
    }

    private static YearFigure? Figure(CsvGrid table, CsvGrid.Row row, List<Fault> faults)
    {
        var before = faults.Count;
        var isYear = int.TryParse(row["financial_year"], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && new Years(year, year).IsValid;
        if (!isYear)
            faults.Add(table.Fault(row, "financial_year", $"\"{row["financial_year"]}\" is no year: write it by its first calendar year, such as 2026."));
        var pence = Pence(table, row, faults);
        if (row["source"].Length == 0)
            faults.Add(table.Fault(row, "source", "there is no source: write who published it."));
        if (!DateOnly.TryParseExact(row["as_of"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            faults.Add(table.Fault(row, "as_of", $"\"{row["as_of"]}\" is no date: write it as 2026-04-01."));
        return faults.Count > before ? null : new YearFigure(year, pence, row["source"], day);
    }

    private static long Pence(CsvGrid table, CsvGrid.Row row, List<Fault> faults)
    {
        var text = row["pounds"];
        if (text.Length == 0)
            faults.Add(table.Fault(row, "pounds", "there is no figure: write it, for growth is not worked out from what is missing."));
        else if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var pounds))
            faults.Add(table.Fault(row, "pounds", $"\"{text}\" is no number: write digits and at most one point, without commas or units."));
        else if (pounds < 0)
            faults.Add(table.Fault(row, "pounds", $"{text} is below zero: write at least 0."));
        else if (pounds > Column.Most || pounds * 100 != decimal.Truncate(pounds * 100))
            faults.Add(table.Fault(row, "pounds", $"{text} is too large or too fine: write at most {Column.Most.ToString("N0", CultureInfo.InvariantCulture)}, with at most 2 decimal places."));
        else
            return (long)(pounds * 100);
        return 0;
    }
}
