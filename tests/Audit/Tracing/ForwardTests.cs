using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>What became of money: shares that add up to the penny.</summary>
public sealed class ForwardTests
{
    private const string FirstSource = $"{Central}.parliamentary-vote.estimate-2026-27";
    private const string SecondSource = $"{Central}.parliamentary-vote.estimate-2026-27-second";

    [Fact]
    public async Task Forward_FromEachSource_IsExactlyWhatWasIssued()
    {
        await using var auditing = await Auditing.PlayedAsync();

        var first = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Source = FirstSource });
        var second = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Source = SecondSource });
        var fund = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Fund = FundId });

        Assert.Equal((400_00L, 600_00L, 1_000_00L), (first.AmountPence, second.AmountPence, fund.AmountPence));
        Assert.Equal([Central, Region, Council, Forum], fund.Shares.Select(share => share.Body));
        Assert.Equal(["Body mhclg", "Body north", "Body durham", "Body easington"], fund.Shares.Select(share => share.OfficialName));
        Assert.Equal([Tier.CentralGovernment, Tier.CombinedAuthority, Tier.Council, Tier.NeighbourhoodForum], fund.Shares.Select(share => share.Tier));
        Assert.Equal([250_00, 100_00, 150_00, 149_99], fund.Shares.Select(share => share.HeldPence));
        Assert.Equal([0, 0, 300_00, 50_01], fund.Shares.Select(share => share.SpentPence));
        Assert.All([first, second, fund], AddsUp);
        Assert.Equal(fund.Shares.Sum(share => share.SpentPence), first.Shares.Concat(second.Shares).Sum(share => share.SpentPence));
    }

    [Fact]
    public async Task Forward_FromASourceOfAnyKind_IsFoundByItsName()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.OpenFund();
        var names = new[] { "parliamentary-vote", "dormant-assets", "local-levy", "loan-interest", "income" };
        var kinds = new[] { SourceKind.ParliamentaryVote, SourceKind.DormantAssets, SourceKind.LocalLevy, SourceKind.LoanInterest, SourceKind.Income };
        Assert.Equal(Enum.GetValues<SourceKind>().Length - 1, kinds.Length);
        for (var i = 0; i < kinds.Length; i++)
            federation[Central].Write(new IssueMoney(FundId, new SourceId(SourceKind.Income, "of-2026"), (i + 1) * 100_00), fact => Rename(fact.MoneyIssued, kinds[i]));
        await auditing.ReconciledAsync();

        for (var i = 0; i < names.Length; i++)
            Assert.Equal((i + 1) * 100_00, (await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Source = $"{Central}.{names[i]}.of-2026" })).AmountPence);
    }

    [Fact]
    public async Task Forward_FromASourceThatGotMoneyBack_SaysWhoSurrenderedIt()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.OpenFund();
        var income = new SourceId(SourceKind.Income, "of-2026");
        federation[Central].Do(new IssueMoney(FundId, income, 100_00));
        federation[Central].Do(new SurrenderMoney(FundId, income, 30_00));

        var books = await auditing.ReconciledAsync();
        var share = Assert.Single((await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Source = $"{Central}.income.of-2026" })).Shares);

        Assert.Equal((70_00, 30_00, 30_00), (share.HeldPence, share.SurrenderedPence, books.SurrenderedPence));
    }

    /// <summary>Interest is issued only with a loan's repayment; to be found it need only stand in the journal.</summary>
    private static void Rename(MoneyIssued issued, SourceKind kind)
    {
        issued.Source.Kind = kind;
        foreach (var lot in issued.Lots)
            lot.Origin.Source.Kind = kind;
    }

    [Fact]
    public async Task Forward_FromATransfer_IsWhatBecameOfItsMoneyAlone()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        var (_, _, toForum) = federation.PlayFourTiers();
        var sent = federation.Release(toForum, Kind.Either, 30_00, ForForums);
        federation.Carry();
        var down = federation[Region].Books.Transfers.Sent[0].Id;
        await auditing.ReconciledAsync();

        var toTheForum = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Transfer = sent.ToString() });
        var capital = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Transfer = down.ToString() });

        Assert.Equal(30_00, toTheForum.AmountPence);
        Assert.Equal((Forum, 30_00L), (toTheForum.Shares.Single().Body, toTheForum.Shares.Single().HeldPence));
        Assert.Equal(400_00, capital.AmountPence);
        Assert.Equal((Council, 100_00L, 300_00L), (capital.Shares.Single().Body, capital.Shares.Single().HeldPence, capital.Shares.Single().SpentPence));
        Assert.Equal([false, false, true, true], capital.Nodes.Select(node => node.IsPayment));
    }

    [Fact]
    public async Task Forward_OfMoneyOnItsWay_ShowsItInTransitWhereItLeft()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        var (_, _, toForum) = federation.PlayFourTiers();
        var sent = federation.Release(toForum, Kind.Either, 30_00, ForForums);
        await auditing.ReconciledAsync();

        var transfer = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Transfer = sent.ToString() });
        var fund = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Fund = FundId });

        Assert.Equal((30_00L, Council, 30_00L), (transfer.AmountPence, transfer.Shares.Single().Body, transfer.Shares.Single().InTransitPence));
        Assert.Empty(transfer.Nodes);
        Assert.Equal(1_000_00, fund.AmountPence);
        Assert.Equal(30_00, fund.Shares.Single(share => share.Body == Council).InTransitPence);
        AddsUp(fund);
    }

    [Fact]
    public async Task Forward_AfterARefund_CountsItAsHeldAgain()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        var payment = federation[Council].Books.Payments.All.Single().Id;
        federation[Council].Do(new RefundPayment(payment, null, 70_00));
        await auditing.ReconciledAsync();

        var fund = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Fund = FundId });

        var council = fund.Shares.Single(share => share.Body == Council);
        Assert.Equal((220_00L, 230_00L), (council.HeldPence, council.SpentPence));
        Assert.Equal(1_000_00, fund.AmountPence);
        Assert.Equal(230_00, fund.Nodes.Where(node => node.IsPayment && node.Body == Council).Sum(node => node.AmountPence));
    }

    private static void AddsUp(TraceForwardResponse traced) => Assert.Equal(
        traced.AmountPence, traced.Shares.Sum(share => share.HeldPence + share.InTransitPence + share.SpentPence + share.SurrenderedPence));
}
