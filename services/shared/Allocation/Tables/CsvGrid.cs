using System.Globalization;
using CsvHelper;

namespace FundingFlows.Allocations;

/// <summary>The rows of a table of comma-separated values, their fields by the names of the columns, in any order.</summary>
internal sealed class CsvGrid
{
    private static readonly CsvReaderOptions Strictly = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        FormatProvider = CultureInfo.InvariantCulture,
    };

    private readonly string name;
    private readonly Dictionary<string, int> places;

    private CsvGrid(string name, Dictionary<string, int> places) => (this.name, this.places) = (name, places);

    public List<Row> Rows { get; } = [];

    public bool Has(string column) => places.ContainsKey(column);

    /// <summary>Null: it is no table with these columns, which is noted.</summary>
    public static CsvGrid? Read(CsvText text, IReadOnlyList<string> columns, List<Fault> faults)
    {
        try
        {
            using var reader = CsvReader.FromText(text.Text, Strictly);
            return Read(reader, text.Name, columns, faults);
        }
        catch (CsvFormatException problem)
        {
            faults.Add(new($"{text.Name}, line {problem.LineNumber}", $"{text.Name}, line {problem.LineNumber}: a quote stands where none may; put quotes around the whole field, and write two for each one inside it."));
            return null;
        }
    }

    public Fault Fault(Row row, string column, string sentence) => Fault(name, row.Line, column, sentence);

    private static Fault Fault(string name, long line, string column, string sentence) =>
        new($"{name}, line {line}, column {column}", $"{name}, line {line}, column {column}: {sentence}");

    private static CsvGrid? Read(CsvReader reader, string name, IReadOnlyList<string> columns, List<Fault> faults)
    {
        var header = reader.Headers?.ToList() ?? [];
        var before = faults.Count;
        faults.AddRange(columns.Where(column => !header.Contains(column)).Select(column => Fault(name, 1, column, "the header lacks it: add this column.")));
        faults.AddRange(header.GroupBy(column => column).Where(same => same.Count() > 1).Select(same => Fault(name, 1, same.Key, "the header names it twice: remove one of the two.")));
        if (faults.Count > before)
            return null;
        var grid = new CsvGrid(name, header.Select((column, place) => (column, place)).ToDictionary(one => one.column, one => one.place));
        while (reader.Read())
            if (reader.FieldCount != header.Count)
                faults.Add(new($"{name}, line {reader.LineNumber}", $"{name}, line {reader.LineNumber}: the row has {reader.FieldCount} fields and the header {header.Count}; put quotes around a field that holds a comma."));
            else
                grid.Rows.Add(new Row(grid, (int)reader.LineNumber, [.. Enumerable.Range(0, header.Count).Select(reader.GetString)]));
        if (grid.Rows.Count == 0 && faults.Count == before)
            faults.Add(new($"{name}, line 2", $"{name}, line 2: there is no row below the header; add one."));
        return grid;
    }

    /// <summary>A row and where it stands.</summary>
    /// <param name="Line">From 1; the header is the first.</param>
    internal sealed record Row(CsvGrid Grid, int Line, string[] Fields)
    {
        public string this[string column] => Fields[Grid.places[column]];
    }
}
