namespace FundingFlows.Allocations;

/// <summary>
/// Works an allocation out: the components of each year, then the adjustments in their order, then whole pence by the largest
/// remainder, ties by the recipient's id. Whole numbers throughout.
/// </summary>
public static class Run
{
    /// <summary>The allocation, or everything that is wrong with the inputs. Impossible bounds are refused by their names.</summary>
    public static Outcome<AllocationResult> Of(RunInputs inputs)
    {
        var faults = FormulaRules.Check(inputs.Formula, inputs.Table).Concat(PotRules.Check(inputs.Lines)).Concat(RunRules.Check(inputs)).ToList();
        var shares = new List<ComponentShares>();
        if (faults.Count == 0)
            foreach (var component in inputs.Formula.Components)
                shares.Add(ComponentShares.Of(component, inputs.Table, faults));
        if (faults.Count > 0)
            return new Outcome<AllocationResult>(faults);

        var years = new List<YearAllocation>();
        foreach (var year in inputs.Lines.GroupBy(line => line.FinancialYear).OrderBy(year => year.Key))
        {
            var solved = Solve(inputs, shares, year.Key, [.. year], years.LastOrDefault(), faults);
            if (solved is null)
                return new Outcome<AllocationResult>(faults);
            years.Add(solved);
        }
        return new Outcome<AllocationResult>(new AllocationResult(inputs, years));
    }

    /// <summary>Null: bounds cannot be met, which is noted.</summary>
    private static YearAllocation? Solve(
        RunInputs inputs, List<ComponentShares> shares, int financialYear, IReadOnlyList<PotLine> lines, YearAllocation? before, List<Fault> faults)
    {
        var pot = lines.Sum(line => line.AmountPence);
        var pots = Apportionment.Split(pot, [.. inputs.Formula.Components.Select(component => (long)component.ShareBasisPoints)]);
        var components = shares.Zip(pots, (share, pence) => share.Of(Fine.OfPence(pence))).ToArray();

        var amounts = new Int128[inputs.Table.Recipients.Count];
        foreach (var component in components)
            for (var i = 0; i < amounts.Length; i++)
                amounts[i] += component[i];

        var adjusting = new Adjusting(inputs, financialYear, pot, amounts, before, faults);
        var adjustments = new List<Int128[]>();
        foreach (var adjustment in inputs.Formula.Adjustments)
        {
            if (!adjusting.Apply(adjustment))
                return null;
            adjustments.Add(adjusting.LastChange);
        }
        return new YearAllocation(financialYear, lines, components, [.. adjustments], Fine.ToPence(adjusting.Amounts, pot));
    }
}
