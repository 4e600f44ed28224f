using FundingFlows.Contracts.Programmes.V1;

namespace FundingFlows.Local;

/// <summary>Funds are opened, money is issued and settled down the tiers; meanwhile an instance is killed.</summary>
internal sealed class Settling(Topology topology, IReadOnlyList<PublishedAward> awards, Office office, ServiceFleet? fleet)
{
    private readonly PlaceFund placeFund = new(topology);
    private readonly Funding funding = new(office);

    private string Root => topology.Root.Id;

    /// <summary>The Levelling Up Fund: real pounds, paid direct to the body that was awarded them.</summary>
    public async Task PlayLevellingUpAsync(CancellationToken cancellation)
    {
        if (awards.Count == 0)
            return;
        await OpenAsync(SampleFunds.LevellingUp(Root, office), cancellation);
        await IssueAsync(SampleFunds.LevellingUpName, "levelling-up-fund-as-awarded", awards.Sum(award => award.AmountPence), cancellation);
        await Chapters.ForEachAsync(awards.GroupBy(award => award.Body), PayAwardsAsync, cancellation);
    }

    /// <summary>The Place Fund, tier by tier.</summary>
    public async Task<PowerCut?> PlayPlaceFundAsync(CancellationToken cancellation)
    {
        await OpenAsync(SampleFunds.Place(Root, office, placeFund), cancellation);
        await IssueAsync(PlaceFund.Name, "place-fund-illustration", PlaceFund.AmountPence, cancellation);
        var victim = fleet is null ? null : topology.Instances.LastOrDefault(instance => instance.Service == ServiceKind.Council && topology.HostedBy(instance).Any());
        var cut = new PowerCutting(topology, office, fleet, victim);
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
            // In one order whatever came first, so that a second run sends the same commands.
            var releases = offered.OrderBy(release => release.Award, StringComparer.Ordinal).ThenBy(release => release.Line.ToString(), StringComparer.Ordinal).ToList();
            await cut.ReleaseAsync(funding, releases, cancellation);
            holding = below;
        }
        return cut.Happened;
    }

    public Task AgreeAsync(CancellationToken cancellation)
    {
        var along = topology.Bodies.SelectMany(body => body.FundedBy.Select(funder => (Funder: funder, Recipient: body.Id)));
        var direct = awards.Select(award => (Funder: Root, Recipient: award.Body));
        return Chapters.ForEachAsync(along.Concat(direct).Distinct(), (pair, stop) => funding.AgreeAsync(pair.Funder, pair.Recipient, stop), cancellation);
    }

    private async Task PayAwardsAsync(IGrouping<string, PublishedAward> toBody, CancellationToken cancellation)
    {
        foreach (var award in toBody)
        {
            var line = new PromisedLine(Kind.Capital);
            var id = await funding.AwardAsync(
                Root, award.Body, $"{Root}.{SampleFunds.LevellingUpName}", new Dictionary<PromisedLine, long> { [line] = award.AmountPence },
                $"levelling up round {award.Round} {award.Project}", cancellation);
            await funding.ArriveAsync(await funding.ReleaseAsync(Root, id, line, award.AmountPence, cancellation), cancellation);
        }
    }

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
