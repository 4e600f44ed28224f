namespace FundingFlows.Allocations;

/// <summary>How a component divides whatever it is given. It is the same for every year of a run.</summary>
internal abstract class ComponentShares
{
    /// <summary>What each recipient gets of an amount, in billionths of a penny rounded down.</summary>
    public abstract Int128[] Of(Int128 amount);

    /// <summary>Of a component and table that were checked. Weights that nobody has, or that are too large, are noted as faults.</summary>
    public static ComponentShares Of(Component component, IndicatorTable table, List<Fault> faults)
    {
        var weights = Weights.Of(component, table);
        var sum = weights.Aggregate(Int128.Zero, (before, weight) => Int128.Min(before + weight, Weights.Most + 1));
        if (sum == 0)
            faults.Add(new(component.Name, $"Nobody would get any of the component {component.Name}: {Weights.WhyNobody(component)}"));
        if (sum > Weights.Most)
            faults.Add(new(component.Name, $"The figures that the component {component.Name} needs are too large or have too many decimal places for its power."));
        if (sum == 0 || sum > Weights.Most)
            return new InProportion([], 1);
        if (component is not Equalising equalising)
            return new InProportion(weights, sum);
        var resources = table.Find(equalising.Resources)!;
        return new Equalised(weights, [.. Enumerable.Range(0, weights.Length).Select(i => weights[i] == 0 ? 0 : LastYear.Fine(resources, i))]);
    }

    private sealed class InProportion(Int128[] weights, Int128 sum) : ComponentShares
    {
        public override Int128[] Of(Int128 amount) => Array.ConvertAll(weights, weight => Fine.Share(amount, weight, sum));
    }

    private sealed class Equalised(Int128[] need, Int128[] resources) : ComponentShares
    {
        public override Int128[] Of(Int128 amount) => Equalisation.Grants(amount, need, resources);
    }
}
