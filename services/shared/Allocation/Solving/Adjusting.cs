namespace FundingFlows.Allocations;

/// <summary>
/// The amounts of one year while its adjustments are applied, one after the other. A later adjustment pushes nobody past an earlier
/// bound: all bounds so far are met at once, each time.
/// </summary>
internal sealed class Adjusting(RunInputs inputs, int financialYear, long potPence, Int128[] amounts, YearAllocation? before, List<Fault> faults)
{
    private readonly Int128 pot = Fine.OfPence(potPence);
    private readonly Bounds bounds = new(inputs.Table, financialYear, potPence);

    /// <summary>What bounds are met from: what the components, or the last damping, gave.</summary>
    private Int128[] unbounded = amounts;

    public Int128[] Amounts { get; private set; } = amounts;

    /// <summary>By how much the last adjustment changed each amount.</summary>
    public Int128[] LastChange { get; private set; } = [];

    /// <summary>False: it cannot be applied, which is noted.</summary>
    public bool Apply(Adjustment adjustment)
    {
        if (adjustment is Bound bound)
            bounds.Add(bound, before, faults);
        else if (adjustment is Damping damping)
            Damp(damping);
        if (faults.Count > 0 || !bounds.CanBeMet(unbounded, faults))
            return false;

        var met = WaterFilling.Fill(unbounded, bounds.Low, bounds.High, pot);
        LastChange = new Int128[met.Length];
        for (var i = 0; i < met.Length; i++)
            LastChange[i] = met[i] - Amounts[i];
        Amounts = met;
        return true;
    }

    /// <summary>Counted x amount + (1 - counted) x last year's share of the pot. Both add up to the pot, so this does.</summary>
    private void Damp(Damping damping)
    {
        var column = inputs.Table.Find(damping.LastYear)!;
        var last = new Int128[Amounts.Length];
        for (var i = 0; i < last.Length; i++)
            last[i] = LastYear.Of(column, before, i);
        var all = last.Aggregate(Int128.Zero, (sum, one) => sum + one);
        if (all == 0)
        {
            faults.Add(new(damping.Name, $"{damping.Name} needs what each got last year, and {damping.LastYear} is zero for all."));
            return;
        }
        var damped = new Int128[last.Length];
        for (var i = 0; i < last.Length; i++)
        {
            var asBefore = Fine.Share(pot, last[i], all);
            damped[i] = ((Amounts[i] * damping.CountedBasisPoints) + (asBefore * (Formula.WholeInBasisPoints - damping.CountedBasisPoints))) / Formula.WholeInBasisPoints;
        }
        unbounded = damped;
    }
}
