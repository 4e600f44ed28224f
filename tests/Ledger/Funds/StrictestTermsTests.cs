namespace FundingFlows.Ledger.Tests;

/// <summary>Money that several terms bind obeys the strictest of each rule.</summary>
public sealed class StrictestTermsTests
{
    private static readonly FundTerms Lax = new();
    private static readonly FundTerms Strict = new() { SecondApprovalAbovePence = 0, CarryForwardBasisPoints = 0, RecyclingYears = 0 };
    private static readonly FundTerms Middling = new() { SecondApprovalAbovePence = 500_00, CarryForwardBasisPoints = 2_500, RecyclingYears = 3 };

    [Fact]
    public void SecondApproval_OfSeveral_IsTheLowestThatIsGiven()
    {
        Assert.Null(new[] { Lax, Lax }.SecondApprovalAbovePence());
        Assert.Equal(500_00, new[] { Lax, Middling }.SecondApprovalAbovePence());
        Assert.Equal(0, new[] { Middling, Strict }.SecondApprovalAbovePence());
    }

    [Fact]
    public void CarryForward_OfSeveral_IsTheLowestAndAllWhereNoneIsGiven()
    {
        Assert.Equal(10_000u, new[] { Lax }.CarryForwardBasisPoints());
        Assert.Equal(2_500u, new[] { Middling, Lax }.CarryForwardBasisPoints());
        Assert.Equal(0u, new[] { Middling, Strict }.CarryForwardBasisPoints());
    }

    [Fact]
    public void Recycling_OfSeveral_NeedsAllToPermitLoans()
    {
        Assert.Null(new[] { Middling, Lax }.RecyclingYears());
        Assert.Equal(3u, new[] { Middling, Middling }.RecyclingYears());
        Assert.Equal(0u, new[] { Middling, Strict }.RecyclingYears());
    }
}
