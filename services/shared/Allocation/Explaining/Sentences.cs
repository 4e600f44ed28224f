using System.Globalization;
using System.Numerics;

namespace FundingFlows.Allocations;

/// <summary>An amount in words that a resident understands.</summary>
internal sealed class Sentences(RunInputs inputs)
{
    /// <summary>Beyond it a number of times says nothing to anybody.</summary>
    private const int MostHundredths = 100_000_000;

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
        var counted = new HashSet<string>();
        for (var i = 0; i < formula.Components.Count; i++)
            if (shown[i] != 0)
                reasons.Add($"{Pence.InPounds(shown[i])} {Because(formula.Components[i], recipient, counted)}");
        for (var i = 0; i < formula.Adjustments.Count; i++)
            if (shown[formula.Components.Count + i] is not 0 and var change)
                reasons.Add($"{Pence.InPounds(Math.Abs(change))} {(change > 0 ? "more" : "less")}{Because(formula.Adjustments[i], change > 0)}");
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

    /// <param name="counted">What was counted in words before, so that it is said once.</param>
    private string Because(Component component, int recipient, HashSet<string> counted)
    {
        string Counted(string count) => counted.Add(count) ? $"{Count(table.Find(count)!, recipient)} and " : "";
        var reason = component switch
        {
            PerHead heads => $"because {Count(table.Find(heads.Count)!, recipient)}",
            ByNeed need => $"because {Counted(need.Count)}need there is {TimesTheAverage(need, recipient)}{(need.Power == Power.One ? "" : $" (to the power of {need.Power})")}",
            Flat => "that each gets alike",
            ByGap gap => $"because its {Words(gap.Figure)} of {Number(table.Find(gap.Figure)!.Figure(recipient))} is {(gap.Below ? "below" : "above")} the standard of {Number(gap.Standard)}",
            Equalising grants => $"so that what it can raise itself, {Pounds(table.Find(grants.Resources)!, recipient)}, is made up to the same standard as everywhere",
            _ => throw new InvalidOperationException($"No words for {component.GetType().Name}."),
        };
        if (component is PerHead { Count: var people })
            counted.Add(people);
        return component.OnlyWhere is { } mark ? $"{reason} and it is one of those marked by {Words(mark)}" : reason;
    }

    /// <summary>Whoever is at no bound bears what it takes to lift others, or has what others cannot: that is said of it.</summary>
    private static string Because(Adjustment adjustment, bool gains) => adjustment switch
    {
        Damping damping => $" because only {PerCent(damping.CountedBasisPoints)} % of a change since last year counts",
        Bound bound when gains == (bound.Side == BoundSide.Floor) => $" because {Rule(bound)}",
        Bound { Side: BoundSide.Floor } bound => $", which others need because {Rule(bound)}",
        Bound bound => $", which others cannot have because {Rule(bound)}",
        _ => throw new InvalidOperationException($"No words for {adjustment.GetType().Name}."),
    };

    private static string Rule(Bound bound)
    {
        var limit = bound.Limit switch
        {
            LastYearLimit last => $"{(bound.Side == BoundSide.Floor ? Least(last.BasisPoints) : Most(last.BasisPoints))} in a year",
            PerHeadLimit heads => $"may get {MoreOrLess(bound)} than {Pence.InPounds(heads.Pence)} a head",
            PoundsLimit pounds => $"may get {MoreOrLess(bound)} than {Pence.InPounds(pounds.Pence)}",
            _ => throw new InvalidOperationException($"No words for {bound.Limit.GetType().Name}."),
        };
        return $"no place {(bound.OnlyWhere is { } mark ? $"marked by {Words(mark)} " : "")}{limit}";
    }

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

    /// <summary>The index against its average over all that the count counts, to a hundredth.</summary>
    private string TimesTheAverage(ByNeed need, int recipient)
    {
        var index = table.Find(need.Index)!;
        if (!averages.TryGetValue(need, out var average))
            averages.Add(need, average = Average(table.Find(need.Count)!, index));
        // In hundredths, rounded to the nearest: 100 x index / (products / counts) and a half.
        var hundredths = ((200 * average.Counts * index.Scaled(recipient)) + average.Products) / (2 * average.Products);
        return hundredths.IsZero ? "less than a hundredth of the average"
            : hundredths == 100 ? "the average"
            : hundredths > MostHundredths ? $"more than {Number(MostHundredths / 100)} times the average"
            : $"{Number((decimal)hundredths / 100)} times the average";
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
