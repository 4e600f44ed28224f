using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>What became of money: shares that add up to the penny, and the nodes on the way.</summary>
public sealed class ForwardTests
{
    private const string FirstSource = $"{Central}.parliamentary-vote.estimate-2026-27";
    private const string SecondSource = $"{Central}.parliamentary-vote.estimate-2026-27-second";

    [Fact]
    public async Task Forward_FromEachSource_IsExactlyWhatWasIssued()
    {
        await using var auditing = await PlayedAsync();

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

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public async Task Nodes_ByPages_AreAllOfThemOnceNearestFirst(int size)
    {
        await using var auditing = await PlayedAsync();
        var whole = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Fund = FundId, PageSize = 1_000 });

        var nodes = new List<ForwardNode>();
        var token = "";
        do
        {
            var page = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Fund = FundId, PageSize = size, PageToken = token });
            Assert.True(page.Nodes.Count <= size);
            Assert.Equal((whole.AmountPence, whole.Shares), (page.AmountPence, page.Shares));
            nodes.AddRange(page.Nodes);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(whole.Nodes, nodes);
        Assert.Equal(nodes.Select(node => node.Depth).Order(), nodes.Select(node => node.Depth));
        var lots = nodes.Where(node => !node.IsPayment).ToDictionary(node => node.Id);
        Assert.All(nodes.Where(node => node.Depth > 0), node => Assert.Equal(node.Depth - 1, lots[node.Parent].Depth));
        Assert.All(lots.Values, lot => Assert.Equal(lot.AmountPence, lot.RemainingPence + nodes.Where(node => node.Parent == lot.Id).Sum(node => node.AmountPence)));
    }

    [Fact]
    public async Task Nodes_WhileMoneyMoves_AreNeitherRepeatedNorLost()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        var (toRegion, toCouncil, _) = federation.PlayFourTiers();
        await auditing.ReconciledAsync();
        var before = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Fund = FundId, PageSize = 1_000 });

        var nodes = new List<ForwardNode>();
        var token = "";
        do
        {
            var page = await auditing.Audit.TraceForwardAsync(new TraceForwardRequest { Fund = FundId, PageSize = 2, PageToken = token });
            nodes.AddRange(page.Nodes);
            token = page.NextPageToken;
            if (nodes.Count > 14)
                continue;
            federation.Issue(10_00);
            federation.Release(toRegion, Kind.Capital, 1_00);
            federation.Carry();
            federation.Release(toCouncil, Kind.Capital, 1_00);
            federation.Carry();
            await auditing.ReconciledAsync();
        }
        while (token.Length > 0);

        var ids = nodes.Select(node => $"{node.Id} {node.Parent}").ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Empty(before.Nodes.Select(node => $"{node.Id} {node.Parent}").Except(ids));
    }

    [Fact]
    public async Task Forward_FromWhatIsNotKnown_IsNotFound()
    {
        await using var auditing = await PlayedAsync();

        foreach (var (request, named) in new[]
        {
            (new TraceForwardRequest { Source = $"{Central}.parliamentary-vote.another" }, "another"),
            (new TraceForwardRequest { Source = $"{Central}.income.estimate-2026-27" }, "income"),
            (new TraceForwardRequest { Fund = $"{Central}.another" }, "another"),
            (new TraceForwardRequest { Transfer = $"{Council}.1.9999" }, "9999"),
            // An entry, but no transfer.
            (new TraceForwardRequest { Transfer = $"{Council}.1.0" }, "durham.1.0"),
        })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await auditing.Audit.TraceForwardAsync(request));
            Assert.Equal(StatusCode.NotFound, refused.StatusCode);
            Assert.Contains(named, refused.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Forward_FromNothingOrSomethingMalformed_IsInvalid()
    {
        await using var auditing = await PlayedAsync();

        foreach (var (request, field) in new[]
        {
            (new TraceForwardRequest(), "from"),
            (new TraceForwardRequest { Transfer = "not-a-transfer" }, "transfer"),
            (new TraceForwardRequest { Fund = FundId, PageSize = 1_001 }, "page_size"),
            (new TraceForwardRequest { Fund = FundId, PageToken = "?" }, "page_token"),
        })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () => await auditing.Audit.TraceForwardAsync(request));
            Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
            Assert.Equal(field, refused.Fields().Single());
        }
    }

    private static async Task<Auditing> PlayedAsync()
    {
        var federation = new ForgedFederation();
        var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        Assert.True((await auditing.ReconciledAsync()).Reconciled);
        return auditing;
    }

    private static void AddsUp(TraceForwardResponse traced) => Assert.Equal(
        traced.AmountPence, traced.Shares.Sum(share => share.HeldPence + share.InTransitPence + share.SpentPence + share.SurrenderedPence));
}
