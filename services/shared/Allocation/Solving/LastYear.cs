namespace FundingFlows.Allocations;

/// <summary>What each recipient had the year before, in billionths of a penny.</summary>
internal static class LastYear
{
    public static Int128 Of(Column column, YearAllocation? before, int recipient) =>
        before is null ? Fine(column, recipient) : Allocations.Fine.OfPence(before.Pence[recipient]);

    /// <summary>A figure in pounds. Exact: pounds have at most six decimal places.</summary>
    public static Int128 Fine(Column pounds, int recipient) => (Int128)pounds.Scaled(recipient) * (100 * Allocations.Fine.PerPenny / pounds.One);
}
