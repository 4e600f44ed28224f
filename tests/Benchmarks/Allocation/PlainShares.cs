using FundingFlows.Allocations;

namespace FundingFlows.Benchmarks;

/// <summary>The other side of the comparison: in decimals, without bounds, whole pence or working.</summary>
internal static class PlainShares
{
    public static decimal[] Of(RunInputs inputs)
    {
        var amounts = new decimal[inputs.Table.Recipients.Count];
        foreach (var component in inputs.Formula.Components)
        {
            var columns = component.Indicators.Select(name => inputs.Table.Find(name)!).ToArray();
            var weights = new decimal[amounts.Length];
            for (var i = 0; i < amounts.Length; i++)
            {
                weights[i] = 1;
                foreach (var column in columns)
                    weights[i] *= column.Figure(i);
            }
            var each = (decimal)inputs.Lines[0].AmountPence * component.ShareBasisPoints / Formula.WholeInBasisPoints / weights.Sum();
            for (var i = 0; i < amounts.Length; i++)
                amounts[i] += each * weights[i];
        }
        return amounts;
    }
}
