namespace FundingFlows.Allocations;

/// <summary>The floors and caps that hold for each recipient in a year, in billionths of a penny, each of whole pence.</summary>
internal sealed class Bounds
{
    /// <summary>Ten times the most that any pot can be: whatever is above it cannot be met either, and those of all recipients still add up.</summary>
    private static readonly Int128 MostAmount = Fine.OfPence(10 * Pence.Most);

    private readonly IndicatorTable table;
    private readonly int financialYear;
    private readonly Int128 pot;
    private readonly List<Bound> all = [];
    private readonly Bound?[] lowBy;
    private readonly Bound?[] highBy;

    public Bounds(IndicatorTable table, int financialYear, long potPence)
    {
        this.table = table;
        this.financialYear = financialYear;
        pot = Fine.OfPence(potPence);
        Low = new Int128[table.Recipients.Count];
        High = new Int128[Low.Length];
        Array.Fill(High, pot);
        lowBy = new Bound?[Low.Length];
        highBy = new Bound?[Low.Length];
    }

    public Int128[] Low { get; }

    /// <summary>At most the pot: nobody can get more.</summary>
    public Int128[] High { get; }

    /// <summary>Where it leaves a recipient no amount at all, that is noted with the names of both bounds.</summary>
    public void Add(Bound bound, YearAllocation? before, List<Fault> faults)
    {
        all.Add(bound);
        var marks = bound.OnlyWhere is { } flag ? table.Find(flag) : null;
        for (var i = 0; i < Low.Length; i++)
        {
            if (marks is not null && !marks.Marks(i))
                continue;
            var amount = Int128.Min(Amount(bound, before, i), MostAmount);
            if (bound.Side == BoundSide.Floor && amount > Low[i])
                (Low[i], lowBy[i]) = (amount, bound);
            if (bound.Side == BoundSide.Cap && amount < High[i])
                (High[i], highBy[i]) = (amount, bound);
            if (Low[i] > High[i] && highBy[i] is { } cap)
                faults.Add(new(table.Recipients[i].Id,
                    $"{table.Recipients[i].Name} ({table.Recipients[i].Id}) cannot get at least {InPounds(Low[i])} ({lowBy[i]!.Name}) and at most {InPounds(High[i])} ({cap.Name}) in {Years.InWords(financialYear)}."));
        }
    }

    /// <summary>
    /// Whether some amounts within all bounds add up to the pot; if none do, that is noted. Who has nothing to scale gets its floor.
    /// </summary>
    public bool CanBeMet(Int128[] unbounded, List<Fault> faults)
    {
        var least = Int128.Zero;
        var most = Int128.Zero;
        var isAnyAtItsFloor = false;
        for (var i = 0; i < unbounded.Length; i++)
        {
            least += Low[i];
            most += unbounded[i] > 0 ? High[i] : Low[i];
            isAnyAtItsFloor |= unbounded[i] == 0;
        }
        if (least > pot)
            faults.Add(new(NamesOf(BoundSide.Floor), $"The floors ({NamesOf(BoundSide.Floor)}) add up to {InPounds(least)} in {Years.InWords(financialYear)}; the pot is {InPounds(pot)}."));
        else if (most < pot)
            faults.Add(new(NamesOf(BoundSide.Cap), $"The caps ({NamesOf(BoundSide.Cap)}) leave room for {InPounds(most)} in {Years.InWords(financialYear)}{(isAnyAtItsFloor ? ", as whom the components give nothing gets its floor and no more" : "")}; the pot is {InPounds(pot)}."));
        else
            return true;
        return false;
    }

    private Int128 Amount(Bound bound, YearAllocation? before, int recipient)
    {
        // Of a fraction of a penny a floor goes up and a cap down.
        Int128 Whole(Int128 numerator, Int128 denominator) =>
            (bound.Side == BoundSide.Floor ? (numerator + denominator - 1) / denominator : numerator / denominator) * Fine.PerPenny;
        switch (bound.Limit)
        {
            case PoundsLimit(var pence):
                return Fine.OfPence(pence);
            case PerHeadLimit(var pence, var count):
                var column = table.Find(count)!;
                return Whole((Int128)pence * column.Scaled(recipient), column.One);
            case LastYearLimit(var basisPoints, var lastYear):
                return Whole(LastYear.Of(table.Find(lastYear)!, before, recipient) * basisPoints, (Int128)Formula.WholeInBasisPoints * Fine.PerPenny);
            default:
                throw new InvalidOperationException($"No rule reads {bound.Limit.GetType().Name}.");
        }
    }

    private string NamesOf(BoundSide side) => string.Join(", ", all.Where(bound => bound.Side == side).Select(bound => bound.Name));

    private static string InPounds(Int128 amount) => Pence.InPounds((long)Int128.Min(amount / Fine.PerPenny, long.MaxValue));
}
