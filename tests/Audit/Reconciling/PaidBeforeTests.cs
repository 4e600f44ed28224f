namespace FundingFlows.Audit.Tests;

/// <summary>Who was paid, and became a body later.</summary>
public sealed class PaidBeforeTests
{
    [Fact]
    public async Task Payee_WhoBecameABodyLater_WasPaidRightly()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        federation.Pay(ForgedFederation.Council, Kind.Capital, 1_00, "GB-CHC-0000009");
        federation.Add("trust", Tier.NeighbourhoodForum, ForgedFederation.Council);
        federation.Register("trust", registration => registration.Organisations.Add("GB-CHC-0000009"));

        Assert.True((await auditing.ReconciledAsync()).Reconciled);
    }
}
