using System.Numerics;

namespace FundingFlows.Allocations;

/// <summary>By what a component divides: exact whole numbers in a scale of the component's own, zero for whom it is not for.</summary>
internal static class Weights
{
    /// <summary>The most that they may add up to, so that what is multiplied by them stays quick to divide.</summary>
    public static readonly Int128 Most = Int128.One << 100;

    /// <summary>None is below zero, nor much above <see cref="Most"/>: what would be is cut there.</summary>
    public static Int128[] Of(Component component, IndicatorTable table)
    {
        var weigh = Rule(component, table);
        var marks = component.OnlyWhere is { } flag ? table.Find(flag) : null;
        var weights = new Int128[table.Recipients.Count];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = marks is null || marks.Marks(i) ? weigh(i) : 0;
        return weights;
    }

    public static string WhyNobody(Component component) => component switch
    {
        { OnlyWhere: { } flag } => $"no recipient that {flag} marks has a figure above zero.",
        ByGap { Below: true } gap => $"nobody's {gap.Figure} is below the standard of {gap.Standard}.",
        ByGap gap => $"nobody's {gap.Figure} is above the standard of {gap.Standard}.",
        _ => $"all its figures ({string.Join(", ", component.Indicators)}) are zero.",
    };

    private static Func<int, Int128> Rule(Component component, IndicatorTable table)
    {
        Column Get(string indicator) => table.Find(indicator)!;
        switch (component)
        {
            case Flat:
                return _ => Int128.One;
            case PerHead(_, _, var name, _):
                var people = Get(name);
                return i => people.Scaled(i);
            case ByNeed(_, _, var name, var index, var power, _):
                return Need(Get(name), Get(index), power);
            case Equalising(_, _, var name, var index, var power, _, _):
                var heads = Get(name);
                return index is null ? i => heads.Scaled(i) : Need(heads, Get(index), power);
            case ByGap gap:
                var each = gap.Count is { } counted ? Get(counted) : null;
                var figures = Get(gap.Figure);
                // In millionths, the finest that a figure or standard can be.
                return i => (Int128)(Gap(gap, figures.Figure(i)) * 1_000_000m) * (each?.Scaled(i) ?? 1);
            default:
                throw new InvalidOperationException($"No rule weighs {component.GetType().Name}.");
        }
    }

    private static decimal Gap(ByGap gap, decimal figure) => Math.Max(0, gap.Below ? gap.Standard - figure : figure - gap.Standard);

    private static Func<int, Int128> Need(Column count, Column index, Power power) =>
        power == Power.One
            ? i => (Int128)count.Scaled(i) * index.Scaled(i)
            : i => (Int128)BigInteger.Min(count.Scaled(i) * power.Of(index.Scaled(i), index.Largest), Most + 1);
}
