using static FundingFlows.Allocations.FormulaRules;

namespace FundingFlows.Allocations;

/// <summary>
/// A share of the growth of a stated figure of a region, which goes into its community fund each year. Exact: in whole pence, rounded down, and
/// nothing in a year in which the figure did not grow.
/// </summary>
/// <param name="Name">What the figure is of, such as <c>Business rates of the North East</c>.</param>
/// <param name="ShareBasisPoints">In hundredths of a per cent.</param>
public sealed record GrowthShare(string Name, uint ShareBasisPoints)
{
    /// <summary>The share of each year but the first, which has none before it.</summary>
    /// <param name="figures">A table of years, as <see cref="GrowthFigures"/> reads it.</param>
    public Outcome<IReadOnlyList<GrowthYear>> WorkOut(CsvText figures)
    {
        var faults = new List<Fault>();
        if (!Names.IsLabel(Name))
            faults.Add(new("name", "The figure has no name that can be shown: write one of 1 to 100 characters."));
        if (ShareBasisPoints is 0 or > Formula.WholeInBasisPoints)
            faults.Add(new("share", $"The share is {PerCent(ShareBasisPoints)} %: write one above 0 %, at most 100 %."));
        var years = GrowthFigures.Read(figures, faults);
        return faults.Count > 0
            ? new Outcome<IReadOnlyList<GrowthYear>>(faults)
            : new Outcome<IReadOnlyList<GrowthYear>>([.. years.Zip(years.Skip(1), Year)]);
    }

    private GrowthYear Year(YearFigure before, YearFigure now)
    {
        var growth = Math.Max(0, now.AmountPence - before.AmountPence);
        // 128 bits, for a growth times 10,000 may be more than 64 hold; the share itself is no more than the growth.
        var share = (long)((Int128)growth * ShareBasisPoints / Formula.WholeInBasisPoints);
        return new GrowthYear(before, now, growth, share, Sentence(before, now, growth, share));
    }

    private string Sentence(YearFigure before, YearFigure now, long growth, long share)
    {
        var figures = $"{Name}: {Pence.InPounds(now.AmountPence)} in {Years.InWords(now.FinancialYear)} ({Published(now)}), after {Pence.InPounds(before.AmountPence)} in {Years.InWords(before.FinancialYear)} ({Published(before)})";
        return growth == 0
            ? $"{figures}. That is no growth, so nothing goes into the fund."
            : $"{figures}. That is {Pence.InPounds(growth)} more, and {PerCent(ShareBasisPoints)} % of it, rounded down to the penny, goes into the fund: {Pence.InPounds(share)}.";
    }

    private static string Published(YearFigure figure) => FormattableString.Invariant($"{figure.Source}, {figure.AsOf:yyyy-MM-dd}");
}

/// <summary>What a figure's growth in a year gives.</summary>
/// <param name="GrowthPence">By how much it is above the year before. 0: it did not grow.</param>
/// <param name="SharePence">What of that goes into the fund.</param>
/// <param name="Sentence">The working in plain words.</param>
public sealed record GrowthYear(YearFigure Before, YearFigure Now, long GrowthPence, long SharePence, string Sentence);
