using CsCheck;

namespace FundingFlows.Allocations.Tests;

/// <summary>What is true of any run, on random formulas, tables and pots.</summary>
public sealed class PropertyTests
{
    private const int Cases = 3_000;

    private static readonly Indicator[] Columns = [Some.People(), Some.Score(), Some.Pounds("resources"), Some.Pounds(), Some.Score("marked")];

    /// <summary>Counts with and without zeros, scores to two decimal places, pounds to the penny.</summary>
    private static readonly Gen<decimal?[]> Row = Gen.Select(
        Gen.Int[0, 5_000], Gen.Int[1, 9_999], Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000], Gen.Int[0, 1],
        (people, score, resources, last, marked) => new decimal?[] { people, score / 100m, resources / 100m, last / 100m, marked });

    /// <summary>The first recipient has something of everything, so that no component has nobody to go to.</summary>
    private static readonly Gen<decimal?[][]> Rows = Row.Array[0, 30].Select(rows => (decimal?[][])[[1_000m, 25m, 10m, 100m, 1m], .. rows]);

    private static readonly Gen<Component> AnyComponent = Gen.Select(Gen.Int[0, 5], Gen.Int[1, 12], Gen.Bool, (which, power, marked) =>
    {
        var mark = marked ? "marked" : null;
        return (Component)(which switch
        {
            0 => new PerHead("", 0, "population", mark),
            1 => new ByNeed("", 0, "population", "need", new Power(power), mark),
            2 => new Flat("", 0, mark),
            3 => new ByGap("", 0, "population", "need", 50, Below: true, mark),
            4 => new Equalising("", 0, "population", "need", new Power(power), "resources", mark),
            _ => new Equalising("", 0, "population", null, Power.One, "resources", mark),
        });
    });

    /// <summary>One to five components whose shares add up.</summary>
    private static readonly Gen<IReadOnlyList<Component>> Components = Gen.Select(AnyComponent.Array[1, 5], Gen.Int[1, 100].Array[5], (components, weights) =>
    {
        var shares = Apportionment.Split(10_000, [.. weights[..components.Length].Select(weight => (long)weight)]);
        return (IReadOnlyList<Component>)[.. components.Select((component, i) => component with { Name = $"c{i}", ShareBasisPoints = (uint)shares[i] })];
    });

    private static readonly Gen<Adjustment> AnyAdjustment = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 10_000], Gen.Bool, (which, size, marked) =>
    {
        var mark = marked ? "marked" : null;
        return (Adjustment)(which switch
        {
            0 => new Bound("", BoundSide.Floor, new PoundsLimit(size), mark),
            1 => new Bound("", BoundSide.Cap, new PoundsLimit(size * 100_00L), mark),
            2 => new Bound("", BoundSide.Floor, new PerHeadLimit(size / 100, "population"), mark),
            3 => new Bound("", BoundSide.Floor, new LastYearLimit((uint)size, "last_year"), mark),
            4 => new Bound("", BoundSide.Cap, new LastYearLimit(10_000 + (uint)(size * 20), "last_year"), mark),
            _ => new Damping("", (uint)size, "last_year"),
        });
    });

    private static readonly Gen<IReadOnlyList<Adjustment>> Adjustments = AnyAdjustment.Array[0, 3].Select(all =>
        (IReadOnlyList<Adjustment>)[.. all.Select((adjustment, i) => adjustment with { Name = $"a{i}" })]);

    private static readonly Gen<(Formula Formula, decimal?[][] Rows, long Pot)> Any = Gen.Select(Components, Adjustments, Rows, Gen.Long[1, 10_000_000_00],
        (components, adjustments, rows, pot) => (Some.Formula(components, [.. adjustments]), rows, pot));

    private static Outcome<AllocationResult> Try((Formula Formula, decimal?[][] Rows, long Pot) run) =>
        Run.Of(new RunInputs(run.Formula, Some.Pot(run.Pot), Some.Table(Columns, run.Rows)));

    [Fact]
    public void AnyRun_AddsUp_InTotalAndInEachPart()
    {
        var (ran, refused) = (0, 0);
        Any.Sample(run =>
        {
            if (Try(run) is { IsRefused: false } outcome)
            {
                Interlocked.Increment(ref ran);
                CheckSums(run.Pot, outcome.Value);
            }
            else
                Interlocked.Increment(ref refused);
        }, iter: Cases);
        // Neither is rare, or the test would say little.
        Assert.True(ran > Cases / 4 && refused > Cases / 100, $"{ran} ran and {refused} were refused.");
    }

    private static void CheckSums(long pot, AllocationResult result)
    {
        var year = result.Years.Single();
        Assert.Equal(pot, year.Pence.Sum());
        Assert.All(year.Pence, pence => Assert.True(pence >= 0));
        var pots = Apportionment.Split(pot, [.. result.Inputs.Formula.Components.Select(component => (long)component.ShareBasisPoints)]);
        foreach (var (component, share) in year.Components.Zip(pots))
            Assert.InRange(Fine.OfPence(share) - component.Aggregate(Int128.Zero, (sum, one) => sum + one), 0, component.Count);
        foreach (var adjustment in year.Adjustments)
            Assert.InRange(adjustment.Aggregate(Int128.Zero, (sum, one) => sum + one), -Fine.PerPenny / 1_000, Fine.PerPenny / 1_000);
        var explainer = new Explainer(result);
        for (var i = 0; i < year.Pence.Count; i++)
        {
            var working = explainer.Explain(year, i);
            Assert.InRange(working.RoundingPence, -0.999999999m, 0.999999999m);
            Assert.Equal(year.Pence[i], working.Parts.Sum(part => part.Pence) + working.RoundingPence);
            Assert.Equal(year.Pence[i], working.Parts.Sum(part => part.ShownPence));
            Assert.All(working.Parts, part => Assert.InRange(part.ShownPence - part.Pence, -1, 1));
        }
    }

    [Fact]
    public void RowsInAnyOrder_GiveTheSame() =>
        Gen.Select(Any, Gen.Int).Sample((run, seed) =>
        {
            var rows = run.Rows.Select((figures, i) => (new Recipient(Some.Id(i), "A place"), (IReadOnlyList<decimal?>)figures)).ToList();
            var shuffled = rows.ToArray();
            new Random(seed).Shuffle(shuffled);
            var (one, other) = (Of(run, rows), Of(run, shuffled));
            Assert.Equal(one.Faults, other.Faults);
            if (!one.IsRefused)
                Assert.Equal(one.Value.Years[0].Pence, other.Value.Years[0].Pence);
        }, iter: Cases);

    private static Outcome<AllocationResult> Of((Formula Formula, decimal?[][] Rows, long Pot) run, IReadOnlyList<(Recipient, IReadOnlyList<decimal?>)> rows) =>
        Run.Of(new RunInputs(run.Formula, Some.Pot(run.Pot), IndicatorTable.Of(Columns, rows).Value));

    [Fact]
    public void LargerPot_GivesNobodyLess_ButForARoundingPenny() =>
        Gen.Select(Any, Gen.Long[1, 1_000_000_00]).Sample((run, more) =>
        {
            if (Try(run) is { IsRefused: false } smaller && Try(run with { Pot = run.Pot + more }) is { IsRefused: false } larger)
                Assert.All(smaller.Value.Years[0].Pence.Zip(larger.Value.Years[0].Pence), pair => Assert.True(pair.Second >= pair.First - MostOfRounding));
        }, iter: Cases);

    /// <summary>A penny for whole pence, and one where the shares of the components were rounded to pence the other way.</summary>
    private const int MostOfRounding = 2;

    [Fact]
    public void WeightsOfAnotherScale_GiveTheSame() =>
        Gen.Select(Rows, Gen.Long[1, 10_000_000_00], Gen.Int[1, 1_000], Gen.Int[1, Power.MostQuarters - 1], Gen.Bool).Sample((rows, pot, scale, power, fine) =>
        {
            var formula = Some.Formula([new PerHead("heads", 2_000, "population"), new ByNeed("need", 8_000, "population", "need", new Power(power))]);
            decimal?[][] scaled = [.. rows.Select(row => (decimal?[])[row[0] * scale, fine ? row[1] / 1_000 : row[1] * scale, .. row[2..]])];
            Assert.Equal(Some.Pence(formula, Some.Table(Columns, rows), pot), Some.Pence(formula, Some.Table(Columns, scaled), pot));
        }, iter: Cases);

    [Fact]
    public void FloorsAndCaps_AreNeverPassed_AndAllOthersKeepTheirProportions()
    {
        var ran = 0;
        Gen.Select(Rows, Gen.Long[1_00, 1_000_000_00], Gen.Int[0, 10_000], Gen.Int[0, 50_000]).Sample((rows, pot, least, most) =>
        {
            var floor = new Bound("floor", BoundSide.Floor, new LastYearLimit((uint)least, "last_year"));
            var cap = new Bound("cap", BoundSide.Cap, new PerHeadLimit(most, "population"), "marked");
            var table = Some.Table(Columns, rows);
            if (Run.Of(new RunInputs(Some.Formula([Some.ByPeople], floor, cap), Some.Pot(pot), table)) is not { IsRefused: false } outcome)
                return;
            Interlocked.Increment(ref ran);
            var pence = outcome.Value.Years[0].Pence;
            var ratios = new List<(decimal Least, decimal Most)>();
            for (var i = 0; i < rows.Length; i++)
            {
                var low = decimal.Ceiling(rows[i][3]!.Value * 100 * least / 10_000);
                var high = rows[i][4] > 0 ? most * rows[i][0]!.Value : pot;
                Assert.InRange(pence[i], low, high);
                if (pence[i] > low + 1 && pence[i] < high - 1 && rows[i][0] > 0)
                    ratios.Add(((pence[i] - 1) / rows[i][0]!.Value, (pence[i] + 1) / rows[i][0]!.Value));
            }
            // One factor fits all who are at no bound.
            if (ratios.Count > 0)
                Assert.True(ratios.Max(ratio => ratio.Least) <= ratios.Min(ratio => ratio.Most));
        }, iter: Cases);
        Assert.True(ran > Cases / 4, $"{ran} ran.");
    }

    [Fact]
    public void Equalisation_LeavesNeedMetEqually_WhereverThereIsAGrant() =>
        Gen.Select(Rows, Gen.Long[1, 10_000_000_00]).Sample((rows, pot) =>
        {
            var pence = Some.Pence(Some.Formula([new Equalising("equalising", 10_000, "population", "need", Power.One, "resources")]), Some.Table(Columns, rows), pot);
            var met = rows.Select((row, i) => (Need: row[0]!.Value * row[1]!.Value, Has: (row[2]!.Value * 100) + pence[i], Grant: pence[i])).Where(one => one.Need > 0).ToList();
            var least = met.Where(one => one.Grant > 0).Max(one => (one.Has - 1) / one.Need);
            Assert.All(met.Where(one => one.Grant > 1), one => Assert.True((one.Has + 1) / one.Need >= least));
            // Who gets nothing has as much already.
            Assert.All(met.Where(one => one.Grant == 0), one => Assert.True((one.Has + 1) / one.Need >= least));
        }, iter: Cases);
}
