using System.Globalization;
using System.Text;
using CsvHelper;

namespace FundingFlows.Topologies;

/// <summary>A table cannot be used: what is wrong, in which line, and what to do about it.</summary>
public sealed class TableException(string message) : Exception(message);

/// <summary>A row of a table: its fields by the names of their columns, and where it stands.</summary>
/// <param name="Line">From 1; the header is the first.</param>
internal sealed record TableRow(int Line, IReadOnlyDictionary<string, string> Fields)
{
    public string this[string column] => Fields[column];
}

/// <summary>
/// Reads a table of comma-separated values with a header (RFC 4180, UTF-8). Columns are found by their names, in any order; columns
/// that nobody asks for are passed over. All faults are collected before any is told.
/// </summary>
internal sealed class CsvTable
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
    private readonly List<(int Line, string Fault)> faults = [];

    private CsvTable(string name) => this.name = name;

    public List<TableRow> Rows { get; } = [];

    /// <summary>Reads a file. Throws <see cref="TableException"/> when it is no table with these columns.</summary>
    public static CsvTable Read(string path, params IReadOnlyList<string> columns)
    {
        try
        {
            return Parse(File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)), Path.GetFileName(path), columns);
        }
        catch (DecoderFallbackException)
        {
            throw new TableException($"The table {path} is not in UTF-8: save it as CSV in UTF-8.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new TableException($"The table {path} cannot be read: {problem.Message}");
        }
    }

    /// <summary>Reads a text; <paramref name="name"/> is what faults call it.</summary>
    public static CsvTable Parse(string text, string name, params IReadOnlyList<string> columns)
    {
        var table = new CsvTable(name);
        try
        {
            using var reader = CsvReader.FromText(text, Strictly);
            table.Read(reader, columns);
        }
        catch (CsvFormatException problem)
        {
            table.Fault((int)problem.LineNumber, "a quote stands where none may; put quotes around the whole field, and write two for each one inside it.");
        }
        table.Refuse();
        return table;
    }

    public void Fault(int line, string fault) => faults.Add((line, fault));

    /// <summary>Throws <see cref="TableException"/> when any fault was found.</summary>
    public void Refuse()
    {
        if (faults.Count > 0)
            throw new TableException(FileFaults.Sentence(name, faults));
    }

    /// <summary>Notes a fault for every row whose code stands in an earlier one.</summary>
    public void CheckOnce(string column)
    {
        foreach (var same in Rows.GroupBy(row => row[column]))
            foreach (var again in same.Skip(1))
                Fault(again.Line, $"{same.Key} stands twice, first in line {same.First().Line}; remove one of the two.");
    }

    /// <summary>A whole number within bounds. Null: it is not, which is noted.</summary>
    public long? Whole(TableRow row, string column, long most)
    {
        if (long.TryParse(row[column], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most)
            return number;
        Fault(row.Line, $"{column} is \"{row[column]}\"; write a whole number from 0 to {most.ToString("N0", CultureInfo.InvariantCulture)}, in digits alone.");
        return null;
    }

    private void Read(CsvReader reader, IReadOnlyList<string> columns)
    {
        var header = reader.Headers?.ToList() ?? [];
        if (columns.Where(column => !header.Contains(column)).ToList() is { Count: > 0 } missing)
            Fault(1, $"the header lacks {string.Join(", ", missing)}; add {(missing.Count == 1 ? "this column" : "these columns")}.");
        foreach (var twice in columns.Where(column => header.Count(one => one == column) > 1))
            Fault(1, $"the header names {twice} twice; remove one of the two columns.");
        if (faults.Count > 0)
            return;
        while (reader.Read())
            if (reader.FieldCount != header.Count)
                Fault((int)reader.LineNumber, $"the row has {reader.FieldCount} fields and the header {header.Count}; put quotes around a field that holds a comma.");
            else
                Rows.Add(new TableRow((int)reader.LineNumber, columns.ToDictionary(column => column, column => reader.GetString(header.IndexOf(column)))));
        if (Rows.Count == 0 && faults.Count == 0)
            Fault(1, "there is no row below the header; add one for each council.");
    }
}
