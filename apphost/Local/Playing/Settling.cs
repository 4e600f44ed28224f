using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Programmes.V1;

namespace FundingFlows.Local;

/// <summary>Funds are opened, money is issued and settled down the tiers; meanwhile an instance is killed.</summary>
internal sealed class Settling(Topology topology, IReadOnlyList<PublishedAward> awards, Office office, ServiceFleet? fleet)
{
    private readonly PlaceFund placeFund = new(topology);
    private readonly Funding funding = new(office);
    private readonly SharingOut sharing = new(topology, office);
    private readonly Dictionary<string, IReadOnlyDictionary<PromisedLine, long>> kept = [];

    private string Root => topology.Root.Id;

    private string LevellingUp => $"{Root}.{SampleFunds.LevellingUpName}";

    /// <summary>The instance that is killed. Null: none can be.</summary>
    private Instance? Victim => fleet is null ? null : topology.Instances.LastOrDefault(instance => instance.Service == ServiceKind.Council && topology.HostedBy(instance).Any());

    /// <summary>The Levelling Up Fund: real pounds, paid direct to the body that was awarded them.</summary>
    public async Task PlayLevellingUpAsync(CancellationToken cancellation)
    {
        if (awards.Count > 0)
            await PayAwardsAsync(SampleFunds.LevellingUp(Root, office), "levelling-up-fund-as-awarded", new PowerCutting(topology, office, fleet, victim: null, LevellingUp), cancellation);
    }

    /// <summary>The same fund, as its awards are attributed to councils. An instance of councils is killed while money is on its way.</summary>
    public async Task<PowerCut?> PlayAttributedAsync(CancellationToken cancellation)
    {
        var cut = new PowerCutting(topology, office, fleet, Victim, LevellingUp);
        await PayAwardsAsync(SampleFunds.LevellingUpAttributed(Root, office), "levelling-up-fund-as-attributed", cut, cancellation);
        return cut.Happened;
    }

    /// <summary>What of the Place Fund each body has when all was passed on, by line: the same whatever came of it since.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<PromisedLine, long>> Kept => kept;

    /// <summary>The Place Fund, tier by tier: each funder records how it shares out what it has, and makes awards from that.</summary>
    public async Task<PowerCut?> PlayPlaceFundAsync(CancellationToken cancellation)
    {
        var fund = $"{Root}.{PlaceFund.Name}";
        await funding.IssueAsync(
            SampleFunds.Place(Root, office, placeFund), $"issue {PlaceFund.Name}", SourceKind.ParliamentaryVote, PlaceFund.SourceReference, PlaceFund.AmountPence, cancellation);
        var cut = new PowerCutting(topology, office, fleet, Victim, fund);
        IReadOnlyDictionary<string, IReadOnlyDictionary<YearLine, long>> holding = new Dictionary<string, IReadOnlyDictionary<YearLine, long>>
        {
            [Root] = PlaceFund.Issued().ToDictionary(line => new YearLine(PlaceFund.Year, line.Key), line => line.Value),
        };
        while (holding.Count > 0)
        {
            var shared = await sharing.PassOnAsync(fund, PlaceFund.Name, holding, cancellation);
            await cut.ReleaseAsync(
                funding, [.. shared.SelectMany(share => share.Promises.Select(promise => new Release(share.Funder, share.Recipient, share.Award, promise.Key.Line, promise.Value)))], cancellation);
            foreach (var (funder, held) in holding)
                kept[funder] = held.ToDictionary(line => line.Key.Line, line => line.Value - shared.Where(share => share.Funder == funder).Sum(share => share.Promises.GetValueOrDefault(line.Key)));
            holding = SharingOut.Promised(shared);
        }
        return cut.Happened;
    }

    /// <summary>Why the first council that a combined authority funds gets what it gets of the Place Fund. Null: there is none.</summary>
    public async Task<string?> WorkingAsync(CancellationToken cancellation) =>
        topology.OfTier(Tier.Council).FirstOrDefault(council => council.FundedBy is [var funder, ..] && topology.Body(funder).Tier == Tier.CombinedAuthority) is { } council
            ? await sharing.WorkingAsync(council.FundedBy[0], council.Id, cancellation)
            : null;

    public async Task AgreeAsync(CancellationToken cancellation)
    {
        var arranging = new Arranging(topology, office);
        await arranging.PlayAsync(cancellation);
        var along = topology.Bodies.SelectMany(body => body.FundedBy.Select(funder => (Funder: funder, Recipient: body.Id)));
        var direct = awards.Select(award => (Funder: Root, Recipient: award.Body));
        await funding.AgreeAsync(
            [
                .. along.Concat(direct).Distinct().Select(pair => new ProposeAgreementRequest
                {
                    Body = pair.Funder, Recipient = pair.Recipient, AccountableBody = arranging.AccountableFor(topology.Body(pair.Recipient)),
                }),
            ],
            cancellation);
    }

    private async Task PayAwardsAsync(OpenFundRequest fund, string source, PowerCutting cut, CancellationToken cancellation)
    {
        await funding.IssueAsync(fund, $"issue {fund.Name}", SourceKind.ParliamentaryVote, source, awards.Sum(award => award.AmountPence), cancellation);
        await AwardAndReleaseAsync(
            [
                .. awards.Select(award => new Offer(
                    Root, award.Body, $"{Root}.{fund.Name}", new Dictionary<PromisedLine, long> { [new PromisedLine(Kind.Capital)] = award.AmountPence },
                    $"levelling up round {award.Round} {award.Project}")),
            ],
            cut, cancellation);
    }

    private async Task AwardAndReleaseAsync(IReadOnlyList<Offer> offers, PowerCutting cut, CancellationToken cancellation)
    {
        var made = await funding.AwardAsync(offers, cancellation);
        var releases = offers.Zip(made).SelectMany(pair => pair.First.Promises.Select(promise => new Release(pair.First.Funder, pair.First.Recipient, pair.Second, promise.Key, promise.Value)));
        await cut.ReleaseAsync(funding, [.. releases], cancellation);
    }
}
