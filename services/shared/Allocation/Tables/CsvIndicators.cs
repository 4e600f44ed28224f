using System.Buffers;
using System.Globalization;

namespace FundingFlows.Allocations;

/// <summary>
/// Reads indicators from two tables of comma-separated values (RFC 4180, with headers). One describes the columns:
/// <c>indicator,unit,source,as_of</c>. The other has a row for each recipient: <c>id</c>, <c>name</c>, if there are groups <c>group</c>, and a
/// column for each indicator described; other columns are passed over. An empty field is no figure. Every fault is told, with its line
/// and column, and where there is one nothing is read.
/// </summary>
public static class CsvIndicators
{
    private static readonly SearchValues<char> DigitsAndPoint = SearchValues.Create("0123456789.");
    private const int FirstYear = 1800;
    private const int LastYear = 2200;
    private static readonly string[] DescriptionColumns = ["indicator", "unit", "source", "as_of"];
    private static readonly string[] WordsOfAnIndicator = ["unit", "source"];

    public static Outcome<IndicatorTable> Read(CsvText descriptions, CsvText figures)
    {
        var faults = new List<Fault>();
        var described = Describe(descriptions, faults);
        var table = CsvGrid.Read(figures, ["id", "name", .. described.Select(indicator => indicator.Name)], faults);
        if (table is null)
            return new Outcome<IndicatorTable>(faults);

        var rows = new List<(Recipient, IReadOnlyList<decimal?>)>();
        var lines = new Dictionary<string, (int Line, string Id)>(RecipientIds.Sameness);
        foreach (var row in table.Rows)
        {
            var id = row["id"];
            if (string.IsNullOrWhiteSpace(id))
                faults.Add(table.Fault(row, "id", "there is no id: write the recipient's."));
            else if (RecipientIds.FaultOf(id) is { } fault)
                faults.Add(table.Fault(row, "id", $"\"{RecipientIds.Shown(id)}\" {fault}"));
            else if (!lines.TryAdd(id, (row.Line, id)))
                faults.Add(table.Fault(row, "id", $"{id} stands twice, first in line {lines[id].Line}{(lines[id].Id == id ? "" : $" as {lines[id].Id}")}: remove one of the two."));
            if (string.IsNullOrWhiteSpace(row["name"]))
                faults.Add(table.Fault(row, "name", "there is no name: write what people call it."));
            var numbers = described.Select(indicator => Figure(table, row, indicator.Name, faults)).ToList();
            rows.Add((new Recipient(id, row["name"], table.Has("group") ? row["group"] : ""), numbers));
        }
        return faults.Count > 0 ? new Outcome<IndicatorTable>(faults) : IndicatorTable.Of(described, rows, [.. table.Rows.Select(row => $"{figures.Name}, line {row.Line}")]);
    }

    private static List<Indicator> Describe(CsvText descriptions, List<Fault> faults)
    {
        var described = new List<Indicator>();
        if (CsvGrid.Read(descriptions, DescriptionColumns, faults) is not { } table)
            return described;
        foreach (var row in table.Rows)
        {
            var before = faults.Count;
            if (!Indicator.IsName(row["indicator"]))
                faults.Add(table.Fault(row, "indicator", $"\"{row["indicator"]}\" cannot name an indicator: write lower-case letters, digits and underscores, a letter first, at most {Indicator.LongestName}."));
            if (described.Any(one => one.Name == row["indicator"]))
                faults.Add(table.Fault(row, "indicator", $"{row["indicator"]} stands twice: remove one of the two."));
            foreach (var column in WordsOfAnIndicator.Where(column => string.IsNullOrWhiteSpace(row[column])))
                faults.Add(table.Fault(row, column, $"there is no {column}: write it."));
            if (!DateOnly.TryParseExact(row["as_of"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                faults.Add(table.Fault(row, "as_of", $"\"{row["as_of"]}\" is no date: write it as 2026-04-01."));
            else if (day.Year is < FirstYear or > LastYear)
                faults.Add(table.Fault(row, "as_of", $"{row["as_of"]} is no day that figures are of: write one from {FirstYear} to {LastYear}."));
            if (faults.Count == before)
                described.Add(new Indicator(row["indicator"], row["unit"], row["source"], day));
        }
        return described;
    }

    private static decimal? Figure(CsvGrid table, CsvGrid.Row row, string column, List<Fault> faults)
    {
        var text = row[column];
        if (text.Length == 0)
            return null;
        var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var figure);
        var digits = text.AsSpan().TrimStart("+-");
        if (!isNumber && (digits.ContainsAnyExcept(DigitsAndPoint) || digits.Count('.') > 1 || !digits.ContainsAnyInRange('0', '9')))
            faults.Add(table.Fault(row, column, $"\"{text}\" is no number: write digits and at most one point, without commas or units."));
        // A decimal rounds what it cannot hold, so what is below zero or too fine is seen in the digits.
        else if (text[0] == '-' && digits.ContainsAnyInRange('1', '9'))
            faults.Add(table.Fault(row, column, $"{text} is below zero: write at least 0."));
        else if (!isNumber || !Column.IsFigure(figure) || (digits.IndexOf('.') is >= 0 and var point && digits[(point + 1)..].TrimEnd('0').Length > Column.MostDecimals))
            faults.Add(table.Fault(row, column, $"{text} is too large or too fine: write at most {Column.Most.ToString("N0", CultureInfo.InvariantCulture)}, with at most {Column.MostDecimals} decimal places."));
        return figure;
    }
}

/// <summary>The text of a table.</summary>
/// <param name="Name">What faults call it, such as the file's name.</param>
public sealed record CsvText(string Name, string Text);
