using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Shared services may run in a circle; a fund may not, and where no end could see that it does, the auditor can.</summary>
public sealed class SharedServiceCircleTests
{
    private static readonly string[] Served = ["gateshead", "hartlepool", "newcastle"];

    [Fact]
    public async Task SharedServices_InACircleThatNoFundGoesRound_AreSound()
    {
        using var federation = Serving();
        federation.Award(Council, "gateshead", Kind.Revenue, 1);
        federation.Award("hartlepool", "newcastle", Kind.Revenue, 1);
        federation.Award("gateshead", "hartlepool", Kind.Revenue, 1);
        await using var auditing = await Auditing.StartAsync(federation);

        Assert.True((await auditing.ReconciledAsync()).Reconciled);
    }

    [Fact]
    public async Task Fund_ThatGoesRoundSharedServices_IsFoundWhereItsMiddleCameLast()
    {
        using var federation = Serving();
        federation.Award(Council, "gateshead", Kind.Revenue, 1);
        federation.Award("hartlepool", "newcastle", Kind.Revenue, 1);
        federation.Award("gateshead", "hartlepool", Kind.Revenue, 1);
        federation.Award("newcastle", Council, Kind.Revenue, 1);
        await using var auditing = await Auditing.StartAsync(federation);

        var books = await auditing.ReconciledAsync();

        var broken = Assert.Single(books.Checks, check => !check.Holds);
        Assert.Equal(Check.NoCircles, broken.Check);
        Assert.Equal(
            [$"{Council} funds gateshead funds hartlepool funds newcastle funds {Council}: money of {FundId} could come round to who gave it."], broken.Findings);
    }

    /// <summary>Four councils, each of which does work for the next, and two of which have money of the fund from central government.</summary>
    private static ForgedFederation Serving()
    {
        var federation = new ForgedFederation();
        foreach (var council in Served)
        {
            federation.Add(council, Tier.Council, Central);
            federation.Register(council);
        }
        federation.OpenFund();
        federation.Issue(1_000);
        foreach (var council in new[] { Council, "hartlepool" })
        {
            federation.Agree(Central, council);
            federation.Award(Central, council, Kind.Revenue, 10);
        }
        string[] round = [Council, .. Served, Council];
        foreach (var (funder, recipient) in round.Zip(round.Skip(1)))
            federation.Agree(funder, recipient, AgreementBasis.SharedService);
        return federation;
    }
}
