namespace FundingFlows.Allocations;

/// <summary>
/// One year of a run. Everything is in the order of the table's recipients. Amounts of parts are in billionths of a penny, which is how
/// finely a run is worked out; what each gets is in whole pence.
/// </summary>
public sealed class YearAllocation
{
    internal YearAllocation(int financialYear, IReadOnlyList<PotLine> lines, Int128[][] components, Int128[][] adjustments, long[] pence)
    {
        FinancialYear = financialYear;
        Lines = lines;
        Components = components;
        Adjustments = adjustments;
        Pence = pence;
        LinePence = Spread(lines, pence);
    }

    public int FinancialYear { get; }

    public IReadOnlyList<PotLine> Lines { get; }

    /// <summary>For each component of the formula what it gives each recipient.</summary>
    public IReadOnlyList<IReadOnlyList<Int128>> Components { get; }

    /// <summary>For each adjustment by how much it changes what each recipient has.</summary>
    public IReadOnlyList<IReadOnlyList<Int128>> Adjustments { get; }

    /// <summary>What each recipient gets. Adds up to the year's pot.</summary>
    public IReadOnlyList<long> Pence { get; }

    /// <summary>For each line of the pot what each recipient gets of it. Adds up to the line, and over all lines to <see cref="Pence"/>.</summary>
    public IReadOnlyList<IReadOnlyList<long>> LinePence { get; }

    public long PotPence => Lines.Sum(line => line.AmountPence);

    /// <summary>What rounding to whole pence gave or took, in billionths of a penny: less than a penny either way.</summary>
    public Int128 Rounding(int recipient) =>
        Fine.OfPence(Pence[recipient]) - Components.Concat(Adjustments).Aggregate(Int128.Zero, (sum, part) => sum + part[recipient]);

    /// <summary>
    /// One line after the other is shared out in proportion to what each recipient still has coming: nobody gets more of a line than
    /// that, because its share of the line is at most that whole number. What is left for the last line is what is left of the pot.
    /// </summary>
    private static long[][] Spread(IReadOnlyList<PotLine> lines, long[] pence)
    {
        var left = pence.ToArray();
        var parts = new long[lines.Count][];
        for (var line = 0; line < lines.Count; line++)
        {
            parts[line] = line == lines.Count - 1 ? left.ToArray() : Apportionment.Split(lines[line].AmountPence, left);
            for (var i = 0; i < left.Length; i++)
                left[i] -= parts[line][i];
        }
        return parts;
    }
}
