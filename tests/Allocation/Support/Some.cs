namespace FundingFlows.Allocations.Tests;

/// <summary>Small tables, formulas and pots for tests.</summary>
internal static class Some
{
    public const int Year = 2026;

    public static Indicator People(string name = "population") => new(name, Indicator.People, "ONS mid-2024 estimates", new DateOnly(2024, 6, 30));

    public static Indicator Score(string name = "need") => new(name, "score", "MHCLG Indices of Deprivation 2025", new DateOnly(2025, 10, 30));

    public static Indicator Pounds(string name = "last_year") => new(name, Indicator.Pounds, "The accounts of 2025-26", new DateOnly(2026, 3, 31));

    /// <summary>Recipients a, b, c and so on, one for each row.</summary>
    public static IndicatorTable Table(IReadOnlyList<Indicator> indicators, params decimal?[][] rows) => TryTable(indicators, rows).Value;

    public static Outcome<IndicatorTable> TryTable(IReadOnlyList<Indicator> indicators, params decimal?[][] rows) =>
        IndicatorTable.Of(indicators, [.. rows.Select((figures, i) => (new Recipient(Id(i), $"Place {Id(i)}"), (IReadOnlyList<decimal?>)figures))]);

    public static string Id(int place) => place < 26 ? $"{(char)('a' + place)}" : $"z{place:00000}";

    public static IReadOnlyList<PotLine> Pot(long pence) => [new PotLine(Year, Kind.Revenue, [], pence)];

    public static Formula Formula(IReadOnlyList<Component> components, params Adjustment[] adjustments) => new("A formula", components, adjustments);

    public static Component ByPeople { get; } = new PerHead("per head", 10_000, "population");

    public static long[] Pence(Formula formula, IndicatorTable table, long pot) => [.. Result(formula, table, pot).Years.Single().Pence];

    public static AllocationResult Result(Formula formula, IndicatorTable table, long pot) => Run.Of(new RunInputs(formula, Pot(pot), table)).Value;

    public static IReadOnlyList<string> Faults(Formula formula, IndicatorTable table, long pot = 100_00) =>
        [.. Run.Of(new RunInputs(formula, Pot(pot), table)).Faults.Select(fault => fault.Sentence)];
}
