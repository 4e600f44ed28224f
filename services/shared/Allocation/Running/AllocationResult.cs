namespace FundingFlows.Allocations;

/// <summary>An allocation: what a formula gives each recipient of a pot, before anything is awarded.</summary>
/// <param name="Inputs">What it was worked out from.</param>
/// <param name="Years">In their order.</param>
public sealed record AllocationResult(RunInputs Inputs, IReadOnlyList<YearAllocation> Years)
{
    /// <summary>What a recipient gets in all years together.</summary>
    public long Pence(int recipient) => Years.Sum(year => year.Pence[recipient]);
}
