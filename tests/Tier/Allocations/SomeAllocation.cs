using FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Tiers.Tests;

/// <summary>
/// A small pot for three councils: populations (ONS, mid-2024) and average scores (MHCLG, Indices of Deprivation 2025). What they had last year is
/// made up.
/// </summary>
internal static class SomeAllocation
{
    public static IndicatorTables Indicators => new()
    {
        DescriptionsCsv = """
            indicator,unit,source,as_of
            population,people,"ONS, mid-2024",2024-06-30
            need,score,"MHCLG, Indices of Deprivation 2025",2025-10-30
            last_year,pounds,Made up,2026-03-31
            """,
        FiguresCsv = """
            id,name,group,population,need,last_year
            E06000002,Middlesbrough,Tees Valley,156161,40.037,400000
            E06000001,Hartlepool,Tees Valley,98180,37.58,600000
            E06000047,County Durham,,538011,28.808,100000
            """,
    };

    public static PotLine Pot(long pence = 1_000_000_00, int year = 2026) => new() { FinancialYear = year, Kind = Kind.Revenue, AmountPence = pence };

    public static Formula PerHead => new()
    {
        Name = "Per head",
        Population = "population",
        Components = { new Component { Name = "people", ShareBasisPoints = 10_000, PerHead = new PerHead { Count = "population" } } },
    };

    public static Formula ByNeed => new()
    {
        Name = "By need",
        Population = "population",
        Components = { new Component { Name = "need", ShareBasisPoints = 10_000, ByNeed = new ByNeed { Count = "population", Index = "need", PowerQuarters = 4 } } },
    };

    public static SimulateAllocationRequest Simulation(string body) => new() { Body = body, Formula = PerHead, Pot = { Pot() }, Indicators = Indicators };

    public static CompareAllocationsRequest Comparison(string body) =>
        new() { Body = body, Before = PerHead, After = ByNeed, Pot = { Pot() }, Indicators = Indicators, Count = "population", Index = "need" };

    /// <summary>A tenth of the growth of an invented figure, of which one year has none.</summary>
    public static WorkOutGrowthShareRequest Growth(string body) => new()
    {
        Body = body,
        Name = "Business rates of the region (invented)",
        ShareBasisPoints = 1_000,
        FiguresCsv = """
            financial_year,pounds,source,as_of
            2025,400000000,"Regional accounts, invented",2026-06-30
            2026,412345678.95,"Regional accounts, invented",2027-06-30
            2027,410000000,"Regional accounts, invented",2028-06-30
            2028,418200000.50,"Regional accounts, invented",2029-06-30
            """,
    };
}
