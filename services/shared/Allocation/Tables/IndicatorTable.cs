namespace FundingFlows.Allocations;

/// <summary>
/// The recipients, in the order of their ids, and what is known of each. The order in which they were given makes no difference.
/// </summary>
public sealed class IndicatorTable
{
    /// <summary>All of England's neighbourhood statistical areas are 33,755.</summary>
    public const int MostRecipients = 100_000;

    private readonly Dictionary<string, Column> columns;

    private readonly string[]? places;

    private IndicatorTable(Recipient[] recipients, Dictionary<string, Column> columns, string[]? places)
    {
        Recipients = recipients;
        this.places = places;
        this.columns = columns;
    }

    public IReadOnlyList<Recipient> Recipients { get; }

    public IEnumerable<Column> Columns => columns.Values;

    public Column? Find(string indicator) => columns.GetValueOrDefault(indicator);

    /// <summary>Where a recipient's figures stand in what the table was read from, such as <c>figures.csv, line 3</c>. Null: nobody said.</summary>
    public string? PlaceOf(int recipient) => places?[recipient];

    /// <summary>The place of a recipient in the table's order. Null: it is not in it.</summary>
    public int? IndexOf(string recipient)
    {
        var low = 0;
        var high = Recipients.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(Recipients[middle].Id, recipient);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return null;
    }

    /// <summary>Makes a table of rows in any order. All faults are told at once.</summary>
    /// <param name="indicators">The columns.</param>
    /// <param name="rows">For each recipient its figures in the order of the columns; null: there is none.</param>
    /// <param name="places">For each row where it stands in what it was read from, so that faults can say so.</param>
    public static Outcome<IndicatorTable> Of(
        IReadOnlyList<Indicator> indicators, IReadOnlyList<(Recipient Recipient, IReadOnlyList<decimal?> Figures)> rows, IReadOnlyList<string>? places = null)
    {
        var faults = TableRules.Check(indicators, rows);
        if (faults.Count > 0)
            return new Outcome<IndicatorTable>(faults);
        var order = Enumerable.Range(0, rows.Count).OrderBy(i => rows[i].Recipient.Id, StringComparer.Ordinal).ToList();
        var sorted = order.Select(i => rows[i]).ToList();
        var columns = indicators.Select((indicator, place) => new Column(indicator, [.. sorted.Select(row => row.Figures[place])]));
        return new Outcome<IndicatorTable>(new IndicatorTable([.. sorted.Select(row => row.Recipient)], columns.ToDictionary(column => column.Indicator.Name), places is null ? null : [.. order.Select(i => places[i])]));
    }
}
