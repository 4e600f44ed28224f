using FundingFlows.Ledger;

namespace FundingFlows.Tiers.Tests;

/// <summary>Money that lies in very many small lots, so that one transfer of it takes many parts.</summary>
internal static class ManyLots
{
    /// <summary>Has the centre issue a pound that many times: each time it makes one lot for capital.</summary>
    public static async Task IssueAsync(TestFederation federation, int lots)
    {
        var centre = Forged.Hosted(federation, TestTopology.Central).Sequencer;
        var pound = new IssueMoney(Officers.FundId, new SourceId(SourceKind.DormantAssets, "many-small-ones"), 1_00);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, lots).Select(_ => centre.SubmitAsync(pound, null, CancellationToken.None)));
        Assert.All(outcomes, outcome => Assert.Null(outcome.Refusal));
    }
}
