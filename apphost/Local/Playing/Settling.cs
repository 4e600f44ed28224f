using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Programmes.V1;

namespace FundingFlows.Local;

/// <summary>Funds are opened, money is issued and settled down the tiers; meanwhile an instance is killed.</summary>
internal sealed class Settling(Topology topology, IReadOnlyList<PublishedAward> awards, Office office, ServiceFleet? fleet)
{
    private readonly PlaceFund placeFund = new(topology);
    private readonly Funding funding = new(office);

    private string Root => topology.Root.Id;

    /// <summary>The instance that is killed. Null: none can be.</summary>
    private Instance? Victim => fleet is null ? null : topology.Instances.LastOrDefault(instance => instance.Service == ServiceKind.Council && topology.HostedBy(instance).Any());

    /// <summary>The Levelling Up Fund: real pounds, paid direct to the body that was awarded them.</summary>
    public async Task PlayLevellingUpAsync(CancellationToken cancellation)
    {
        if (awards.Count > 0)
            await PayAwardsAsync(SampleFunds.LevellingUp(Root, office), "levelling-up-fund-as-awarded", new PowerCutting(topology, office, fleet, victim: null), cancellation);
    }

    /// <summary>The same fund, as its awards are attributed to councils. An instance of councils is killed while money is on its way.</summary>
    public async Task<PowerCut?> PlayAttributedAsync(CancellationToken cancellation)
    {
        var cut = new PowerCutting(topology, office, fleet, Victim);
        await PayAwardsAsync(SampleFunds.LevellingUpAttributed(Root, office), "levelling-up-fund-as-attributed", cut, cancellation);
        return cut.Happened;
    }

    /// <summary>The Place Fund, tier by tier.</summary>
    public async Task<PowerCut?> PlayPlaceFundAsync(CancellationToken cancellation)
    {
        await OpenAsync(SampleFunds.Place(Root, office, placeFund), cancellation);
        await IssueAsync(PlaceFund.Name, PlaceFund.SourceReference, PlaceFund.AmountPence, cancellation);
        var cut = new PowerCutting(topology, office, fleet, Victim);
        var holding = new Dictionary<string, IReadOnlyDictionary<PromisedLine, long>> { [Root] = PlaceFund.Issued() };
        while (holding.Count > 0)
        {
            var below = new Dictionary<string, IReadOnlyDictionary<PromisedLine, long>>();
            var settlements = holding.SelectMany(funder => placeFund.Shares(funder.Key, funder.Value).Select(share => (Funder: funder.Key, share.Key.Id, Promises: share.Value))).ToList();
            var offered = new List<Release>();
            await Chapters.ForEachAsync(settlements, async (settlement, stop) =>
            {
                var award = await funding.AwardAsync(settlement.Funder, settlement.Id, $"{Root}.{PlaceFund.Name}", settlement.Promises, PlaceFund.Name, stop);
                lock (offered)
                    offered.AddRange(settlement.Promises.Select(promise => new Release(settlement.Funder, settlement.Id, award, promise.Key, promise.Value)));
                lock (below)
                    below.Add(settlement.Id, settlement.Promises);
            }, cancellation);
            await cut.ReleaseAsync(funding, InOrder(offered), cancellation);
            holding = below;
        }
        return cut.Happened;
    }

    public async Task AgreeAsync(CancellationToken cancellation)
    {
        var arranging = new Arranging(topology, office);
        await arranging.PlayAsync(cancellation);
        var along = topology.Bodies.SelectMany(body => body.FundedBy.Select(funder => (Funder: funder, Recipient: body.Id)));
        var direct = awards.Select(award => (Funder: Root, Recipient: award.Body));
        await Chapters.ForEachAsync(
            along.Concat(direct).Distinct(),
            (pair, stop) => funding.AgreeAsync(
                pair.Funder, pair.Recipient, stop, new ProposeAgreementRequest { AccountableBody = arranging.AccountableFor(topology.Body(pair.Recipient)) }),
            cancellation);
    }

    private async Task PayAwardsAsync(OpenFundRequest fund, string source, PowerCutting cut, CancellationToken cancellation)
    {
        await OpenAsync(fund, cancellation);
        await IssueAsync(fund.Name, source, awards.Sum(award => award.AmountPence), cancellation);
        var line = new PromisedLine(Kind.Capital);
        var offered = new List<Release>();
        await Chapters.ForEachAsync(awards, async (award, stop) =>
        {
            var id = await funding.AwardAsync(
                Root, award.Body, $"{Root}.{fund.Name}", new Dictionary<PromisedLine, long> { [line] = award.AmountPence },
                $"levelling up round {award.Round} {award.Project}", stop);
            lock (offered)
                offered.Add(new Release(Root, award.Body, id, line, award.AmountPence));
        }, cancellation);
        await cut.ReleaseAsync(funding, InOrder(offered), cancellation);
    }

    /// <summary>In one order whatever came first, so that a second run sends the same commands.</summary>
    private static List<Release> InOrder(IEnumerable<Release> offered) =>
        [.. offered.OrderBy(release => release.Award, StringComparer.Ordinal).ThenBy(release => release.Line.ToString(), StringComparer.Ordinal)];

    private Task OpenAsync(OpenFundRequest request, CancellationToken cancellation) =>
        office.AskAsync(Root, OfficerRoles.ChiefFinanceOfficer, options => office.Programmes.OpenFundAsync(request, options), cancellation);

    private Task IssueAsync(string fund, string source, long amountPence, CancellationToken cancellation) => office.AskAsync(
        Root, OfficerRoles.ChiefFinanceOfficer,
        options => office.Programmes.IssueMoneyAsync(
            new IssueMoneyRequest
            {
                Body = Root,
                CommandId = office.CommandId($"issue {fund}"),
                Fund = $"{Root}.{fund}",
                Source = new Source { Kind = SourceKind.ParliamentaryVote, Reference = source },
                AmountPence = amountPence,
            },
            options),
        cancellation);
}
