using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>The nodes on the way of money, by pages.</summary>
public sealed class ForwardPagesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public async Task Nodes_ByPages_AreAllOfThemOnceNearestFirst(int size)
    {
        await using var auditing = await Auditing.PlayedAsync();
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
}
