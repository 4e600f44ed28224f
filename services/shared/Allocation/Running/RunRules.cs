using System.Globalization;

namespace FundingFlows.Allocations;

/// <summary>What formula, pot and table must be together.</summary>
internal static class RunRules
{
    /// <summary>What each recipient has by each component and adjustment in each year is kept, 16 bytes each: 64 MiB.</summary>
    public const long MostFigures = 4L << 20;

    public static IEnumerable<Fault> Check(RunInputs inputs)
    {
        var (formula, recipients) = (inputs.Formula, inputs.Table.Recipients.Count);
        var years = inputs.Lines.Select(line => line.FinancialYear).Distinct().Order().ToList();
        var parts = formula.Components.Count + formula.Adjustments.Count;
        if ((long)parts * recipients * years.Count is > MostFigures and var figures)
            yield return new(PotRules.Item,
                $"{parts} components and adjustments for {Words(recipients)} recipients in {years.Count} years are {Words(figures)} figures: at most {Words(MostFigures)} are worked out at once, so take fewer years.");
        if (formula.Adjustments.FirstOrDefault(one => one is Damping or Bound { Limit: LastYearLimit }) is { } adjustment)
            foreach (var (year, next) in years.Zip(years.Skip(1)).Where(pair => pair.Second != pair.First + 1))
                yield return new(PotRules.Item, $"{adjustment.Name} goes by the year before, and after {Years.InWords(year)} the pot has {Years.InWords(next)}: name the years between, or share them out apart.");
    }

    private static string Words(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
