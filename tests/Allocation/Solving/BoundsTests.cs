using CsCheck;

namespace FundingFlows.Allocations.Tests;

/// <summary>Several floors, caps and dampings in any order, against the bounds worked out a second way.</summary>
public sealed class BoundsTests
{
    private const int People = 0;
    private const int LastYear = 1;
    private const int Marked = 2;

    private static readonly Indicator[] Columns = [Some.People(), Some.Pounds(), Some.Score("marked")];

    private static readonly Gen<decimal?[][]> Rows =
        Gen.Select(Gen.Int[0, 50], Gen.Int[0, 10_000], Gen.Int[0, 1], (people, pence, mark) => new decimal?[] { people, pence / 100m, mark })
            .Array[0, 6].Select(rows => (decimal?[][])[[10m, 100m, 1m], .. rows]);

    private static readonly Gen<Adjustment[]> Adjustments =
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 10_000], Gen.Bool, (rule, size, marked) => Adjusted(rule, size, marked ? "marked" : null)).Array[1, 4]
            .Select(all => all.Select((one, i) => one with { Name = $"a{i}" }).ToArray());

    [Fact]
    public void AnyBounds_HoldAlsoAfterDamping_AndNoneThatCanBeMetAreRefused()
    {
        var (ran, refused) = (0, 0);
        Gen.Select(Rows, Adjustments, Gen.Long[1, 100_000]).Sample((rows, adjustments, pot) =>
        {
            var (low, high) = (rows.Select((_, i) => Low(adjustments, rows[i])).ToList(), rows.Select((_, i) => High(adjustments, rows[i], pot)).ToList());
            var outcome = Run.Of(new RunInputs(Some.Formula([Some.ByPeople], adjustments), Some.Pot(pot), Some.Table(Columns, rows)));
            if (outcome.IsRefused)
            {
                Interlocked.Increment(ref refused);
                // Whom the components give nothing gets no more than its floor, and none before a floor comes: then it is the order that counts.
                Assert.False(
                    rows.All(row => row[People] > 0) && low.Sum() <= pot && high.Sum() >= pot && low.Zip(high).All(both => both.First <= both.Second),
                    string.Join(" ", outcome.Faults));
                return;
            }
            Interlocked.Increment(ref ran);
            var given = outcome.Value.Years.Single().Pence;
            Assert.Equal(pot, given.Sum());
            for (var i = 0; i < rows.Length; i++)
                Assert.InRange(given[i], low[i], high[i]);
        }, iter: 10_000);
        Assert.True(ran > 1_000 && refused > 1_000, $"{ran} ran and {refused} were refused");
    }

    private static Adjustment Adjusted(int rule, int size, string? mark) => rule switch
    {
        0 => new Bound("", BoundSide.Floor, new PoundsLimit(size), mark),
        1 => new Bound("", BoundSide.Cap, new PoundsLimit(size * 5), mark),
        2 => new Bound("", BoundSide.Floor, new PerHeadLimit(size / 100, "population"), mark),
        3 => new Bound("", BoundSide.Floor, new LastYearLimit((uint)size, "last_year"), mark),
        4 => new Bound("", BoundSide.Cap, new LastYearLimit(8_000 + (uint)(size * 2), "last_year"), mark),
        _ => new Damping("", (uint)size, "last_year"),
    };

    private static decimal Low(IEnumerable<Adjustment> adjustments, decimal?[] row) =>
        Of(adjustments, BoundSide.Floor, row).Select(decimal.Ceiling).Append(0).Max();

    private static decimal High(IEnumerable<Adjustment> adjustments, decimal?[] row, long pot) =>
        Of(adjustments, BoundSide.Cap, row).Select(decimal.Floor).Append(pot).Min();

    /// <summary>In pence, before rounding.</summary>
    private static IEnumerable<decimal> Of(IEnumerable<Adjustment> adjustments, BoundSide side, decimal?[] row) =>
        from bound in adjustments.OfType<Bound>()
        where bound.Side == side && (bound.OnlyWhere is null || row[Marked] > 0)
        select bound.Limit switch
        {
            PoundsLimit limit => limit.Pence,
            PerHeadLimit limit => limit.Pence * row[People]!.Value,
            LastYearLimit limit => row[LastYear]!.Value * 100 * limit.BasisPoints / 10_000m,
            _ => throw new InvalidOperationException(),
        };
}
