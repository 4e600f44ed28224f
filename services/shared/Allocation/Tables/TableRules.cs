namespace FundingFlows.Allocations;

/// <summary>What a table must be before anything is worked out from it.</summary>
internal static class TableRules
{
    public static List<Fault> Check(IReadOnlyList<Indicator> indicators, IReadOnlyList<(Recipient Recipient, IReadOnlyList<decimal?> Figures)> rows)
    {
        var faults = new List<Fault>();
        if (rows.Count is 0 or > IndicatorTable.MostRecipients)
            faults.Add(new("recipients", $"There are {rows.Count:N0} recipients: name 1 to {IndicatorTable.MostRecipients:N0}."));
        foreach (var bad in indicators.Where(indicator => !Indicator.IsName(indicator.Name)))
            faults.Add(new(bad.Name, $"\"{bad.Name}\" cannot name an indicator: write lower-case letters, digits and underscores, a letter first, at most {Indicator.LongestName}."));
        foreach (var bad in indicators.Where(indicator => indicator.Unit.Length == 0 || indicator.Source.Length == 0))
            faults.Add(new(bad.Name, $"The indicator {bad.Name} has no unit or no source: say both."));
        foreach (var twice in indicators.GroupBy(indicator => indicator.Name).Where(same => same.Count() > 1))
            faults.Add(new(twice.Key, $"The indicator {twice.Key} is there twice: name each once."));
        foreach (var twice in rows.GroupBy(row => row.Recipient.Id, RecipientIds.Sameness).Where(same => same.Count() > 1))
            faults.Add(new(twice.Key, $"The recipient {twice.Key} is there {twice.Count()} times: name each once."));
        foreach (var (recipient, figures) in rows)
            CheckRow(indicators, recipient, figures, faults);
        return faults;
    }

    private static void CheckRow(IReadOnlyList<Indicator> indicators, Recipient recipient, IReadOnlyList<decimal?> figures, List<Fault> faults)
    {
        if (recipient.Id.Length == 0 || recipient.Name.Length == 0)
            faults.Add(new(recipient.Id, $"A recipient has no id or no name (id \"{recipient.Id}\", name \"{recipient.Name}\"): say both."));
        if (RecipientIds.FaultOf(recipient.Id) is { } fault)
            faults.Add(new(recipient.Id, $"The id \"{RecipientIds.Shown(recipient.Id)}\" {fault}"));
        if (figures.Count != indicators.Count)
        {
            faults.Add(new(recipient.Id, $"{recipient.Id} has {figures.Count} figures for {indicators.Count} indicators: give one for each, or none in its place."));
            return;
        }
        for (var i = 0; i < figures.Count; i++)
            if (figures[i] is { } figure && !Column.IsFigure(figure))
                faults.Add(new(recipient.Id, FigureSentence(recipient.Id, indicators[i].Name, figure)));
    }

    private static string FigureSentence(string recipient, string indicator, decimal figure) =>
        figure < 0
            ? $"{indicator} of {recipient} is {figure}: it cannot be below zero."
            : $"{indicator} of {recipient} is {figure}: write at most {Column.Most:N0}, with at most {Column.MostDecimals} decimal places.";
}
