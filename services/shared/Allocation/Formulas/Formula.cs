namespace FundingFlows.Allocations;

/// <summary>How a pot is shared out: components whose shares add up to 100 %, then adjustments in their order.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Components">1 to 16.</param>
/// <param name="Adjustments">At most 16.</param>
/// <param name="Population">The indicator that amounts per head are shown by, counted in people. Null: they are not shown.</param>
public sealed record Formula(string Name, IReadOnlyList<Component> Components, IReadOnlyList<Adjustment> Adjustments, string? Population = null)
{
    public const int MostComponents = 16;
    public const int MostAdjustments = 16;
    public const uint WholeInBasisPoints = OpenFund.WholeInBasisPoints;
}
