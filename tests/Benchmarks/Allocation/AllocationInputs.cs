using FundingFlows.Allocations;

namespace FundingFlows.Benchmarks;

/// <summary>A table of made-up areas that is the same for the same seed, and a formula that uses every kind of rule.</summary>
internal static class AllocationInputs
{
    private const long PotPence = 1_600_000_000_00;

    private static readonly DateOnly Day = new(2026, 4, 1);

    public static RunInputs Of(int areas, int seed)
    {
        var random = new Random(seed);
        Indicator[] indicators =
        [
            new("population", Indicator.People, "made up", Day), new("need", "score", "made up", Day), new("resources", Indicator.Pounds, "made up", Day),
            new("last_year", Indicator.Pounds, "made up", Day), new("left_behind", "mark", "made up", Day), new("distance", "minutes", "made up", Day),
        ];
        var rows = new List<(Recipient, IReadOnlyList<decimal?>)>(areas);
        for (var i = 0; i < areas; i++)
            rows.Add((
                new Recipient($"E01{i:000000}", $"Area {i}", $"Council {i / 115}"),
                [random.Next(1_000, 3_000), random.Next(500, 80_000) / 1_000m, random.Next(10_000, 200_000), random.Next(30_000, 60_000), random.Next(20) == 0 ? 1 : 0, random.Next(5, 60)]));
        return new RunInputs(Formula, [new PotLine(2026, Kind.Either, [], PotPence)], IndicatorTable.Of(indicators, rows).Value);
    }

    private static Formula Formula { get; } = new(
        "Everything",
        [
            new PerHead("people", 3_000, "population"), new ByNeed("need", 3_000, "population", "need", new Power(6)), new ByNeed("left behind", 1_000, "population", "need", Power.One, "left_behind"),
            new ByGap("far away", 1_000, "population", "distance", 30, Below: false), new Equalising("equalising", 2_000, "population", "need", Power.One, "resources"),
        ],
        [
            new Damping("half of the change", 5_000, "last_year"),
            new Bound("no more than 5 % less", BoundSide.Floor, new LastYearLimit(9_500, "last_year")),
            new Bound("no more than a quarter more", BoundSide.Cap, new LastYearLimit(12_500, "last_year")),
        ],
        "population");
}
