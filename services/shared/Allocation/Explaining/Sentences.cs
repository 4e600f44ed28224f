using System.Globalization;
using System.Numerics;

namespace FundingFlows.Allocations;

/// <summary>An amount in words that a resident understands.</summary>
internal sealed class Sentences(RunInputs inputs)
{
    /// <summary>Beyond it a number of times says nothing to anybody.</summary>
    private const int MostTenths = 10_000_000;

    private readonly Formula formula = inputs.Formula;
    private readonly IndicatorTable table = inputs.Table;

    /// <summary>Worked out once for each component that needs it.</summary>
    private readonly Dictionary<ByNeed, (BigInteger Counts, BigInteger Products)> averages = [];

    /// <param name="year">A year of the allocation.</param>
    /// <param name="recipient">The place of the recipient in the table's order.</param>
    /// <param name="shown">What each component and adjustment is shown as, in pence.</param>
    public IReadOnlyList<string> Of(YearAllocation year, int recipient, long[] shown)
    {
        var reasons = new List<string>();
        for (var i = 0; i < formula.Components.Count; i++)
            if (shown[i] != 0)
                reasons.Add($"{Pence.InPounds(shown[i])} {Because(formula.Components[i], recipient)}");
        for (var i = 0; i < formula.Adjustments.Count; i++)
            if (shown[formula.Components.Count + i] is not 0 and var change)
                reasons.Add($"{Pence.InPounds(Math.Abs(change))} {(change > 0 ? "more" : "less")} {Because(formula.Adjustments[i])}");
        var all = $"{table.Recipients[recipient].Name} gets {Pence.InPounds(year.Pence[recipient])} in {Years.InWords(year.FinancialYear)}";
        var sentences = new List<string> { reasons.Count == 0 ? $"{all}." : $"{all}: {string.Join(", ", reasons)}." };
        if (PencePerHead(year, recipient) is { } each)
            sentences.Add($"That is {Pence.InPounds(each)} for each person.");
        return sentences;
    }

    /// <summary>Rounded down. Null: the formula names no population, or less than one person lives there.</summary>
    public long? PencePerHead(YearAllocation year, int recipient) =>
        formula.Population is { } name && table.Find(name) is { } people && people.Scaled(recipient) >= people.One
            ? (long)((Int128)year.Pence[recipient] * people.One / people.Scaled(recipient))
            : null;

    private string Because(Component component, int recipient)
    {
        var reason = component switch
        {
            PerHead heads => $"because {Count(table.Find(heads.Count)!, recipient)}",
            ByNeed need => $"because need there is {TimesTheAverage(need, recipient)}",
            Flat => "that each gets alike",
            ByGap gap => $"because its {Words(gap.Figure)} of {Number(table.Find(gap.Figure)!.Figure(recipient))} is {(gap.Below ? "below" : "above")} the standard of {Number(gap.Standard)}",
            Equalising grants => $"so that what it can raise itself, {Pounds(table.Find(grants.Resources)!, recipient)}, is made up to the same standard as everywhere",
            _ => throw new InvalidOperationException($"No words for {component.GetType().Name}."),
        };
        return component.OnlyWhere is { } mark ? $"{reason} and it is one of those marked by {Words(mark)}" : reason;
    }

    private static string Because(Adjustment adjustment) => adjustment switch
    {
        Damping damping => $"because only {PerCent(damping.CountedBasisPoints)} % of a change since last year counts",
        Bound { Limit: LastYearLimit last } bound => $"because no place {(bound.Side == BoundSide.Floor ? Least(last.BasisPoints) : Most(last.BasisPoints))} in a year",
        Bound { Limit: PerHeadLimit limit } bound => $"because no place may get {MoreOrLess(bound)} than {Pence.InPounds(limit.Pence)} a head",
        Bound { Limit: PoundsLimit limit } bound => $"because no place may get {MoreOrLess(bound)} than {Pence.InPounds(limit.Pence)}",
        _ => throw new InvalidOperationException($"No words for {adjustment.GetType().Name}."),
    };

    private static string MoreOrLess(Bound bound) => bound.Side == BoundSide.Floor ? "less" : "more";

    private static string Least(uint basisPoints) => basisPoints switch
    {
        < Formula.WholeInBasisPoints => $"may lose more than {PerCent(Formula.WholeInBasisPoints - basisPoints)} %",
        Formula.WholeInBasisPoints => "may lose any",
        _ => $"may gain less than {PerCent(basisPoints - Formula.WholeInBasisPoints)} %",
    };

    private static string Most(uint basisPoints) => basisPoints switch
    {
        > Formula.WholeInBasisPoints => $"may gain more than {PerCent(basisPoints - Formula.WholeInBasisPoints)} %",
        Formula.WholeInBasisPoints => "may gain any",
        _ => $"may lose less than {PerCent(Formula.WholeInBasisPoints - basisPoints)} %",
    };

    private static string Count(Column column, int recipient) =>
        column.Indicator.Unit == Indicator.People ? $"{Number(column.Figure(recipient))} people live there" : $"it has {Number(column.Figure(recipient))} {column.Indicator.Unit}";

    /// <summary>The index against its average over all that the count counts, to a tenth.</summary>
    private string TimesTheAverage(ByNeed need, int recipient)
    {
        var index = table.Find(need.Index)!;
        if (!averages.TryGetValue(need, out var average))
            averages.Add(need, average = Average(table.Find(need.Count)!, index));
        // In tenths, rounded to the nearest: 10 x index / (products / counts) and a half.
        var tenths = ((20 * average.Counts * index.Scaled(recipient)) + average.Products) / (2 * average.Products);
        return tenths == 10 ? "the average" : tenths > MostTenths ? $"more than {Number(MostTenths / 10)} times the average" : $"{Number((decimal)tenths / 10)} times the average";
    }

    private static (BigInteger Counts, BigInteger Products) Average(Column count, Column index)
    {
        var (counts, products) = (BigInteger.Zero, BigInteger.Zero);
        for (var i = 0; i < count.Length; i++)
            if (count.Has(i) && index.Has(i))
            {
                counts += count.Scaled(i);
                products += (BigInteger)count.Scaled(i) * index.Scaled(i);
            }
        return (counts, products);
    }

    private static string Pounds(Column column, int recipient) => Pence.InPounds((long)(column.Figure(recipient) * 100));

    private static string Words(string indicator) => indicator.Replace('_', ' ');

    private static string PerCent(uint basisPoints) => Number(basisPoints / 100m);

    private static string Number(decimal number) => number.ToString("#,0.######", CultureInfo.InvariantCulture);
}
