namespace FundingFlows.Allocations;

/// <summary>Shows the working of an allocation.</summary>
public sealed class Explainer(AllocationResult result)
{
    private readonly Sentences sentences = new(result.Inputs);

    /// <param name="year">A year of the allocation.</param>
    /// <param name="recipient">The place of the recipient in the table's order.</param>
    public Working Explain(YearAllocation year, int recipient)
    {
        var formula = result.Inputs.Formula;
        var exact = year.Components.Concat(year.Adjustments).Select(part => part[recipient]).ToArray();
        var shown = Shown(exact, year.Pence[recipient]);
        var names = formula.Components.Select(component => component.Name).Concat(formula.Adjustments.Select(adjustment => adjustment.Name));
        var parts = names.Select((name, i) => new WorkingPart(name, Fine.InPence(exact[i]), shown[i])).ToList();
        return new Working(
            result.Inputs.Table.Recipients[recipient], year.FinancialYear, year.Pence[recipient], parts, Fine.InPence(year.Rounding(recipient)),
            sentences.PencePerHead(year, recipient), sentences.Of(year, recipient, shown));
    }

    /// <summary>
    /// Whole pence that add up to what the recipient gets. There are never more pence left than parts: the parts' fractions and
    /// the rounding make up a whole number below that.
    /// </summary>
    private static long[] Shown(Int128[] exact, long pence)
    {
        var shown = new long[exact.Length];
        var remainders = new Int128[exact.Length];
        for (var i = 0; i < exact.Length; i++)
        {
            // Also of an amount below zero the remainder is above it.
            var (whole, rest) = Int128.DivRem(exact[i], Fine.PerPenny);
            shown[i] = (long)whole - (rest < 0 ? 1 : 0);
            remainders[i] = rest < 0 ? rest + Fine.PerPenny : rest;
        }
        Apportionment.GiveLeft(shown, remainders, pence - shown.Sum());
        return shown;
    }
}
