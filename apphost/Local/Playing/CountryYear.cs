namespace FundingFlows.Local;

/// <summary>
/// A whole country, chapter by chapter: every body is registered and agrees with its funders, and published awards, attributed to
/// councils, are paid to them direct. Then one part of it plays the sample year, so that every operation is in use. Commands have ids as
/// in the sample year.
/// </summary>
public sealed class CountryYear(Topology topology, IReadOnlyList<PublishedAward> awards, Office office, ServiceFleet? fleet)
{
    private const int FewestCouncils = 3;

    /// <summary>So many that some keep their own money and some cannot.</summary>
    private const int EnoughForums = 4;

    public async Task<Story> PlayAsync(CancellationToken cancellation)
    {
        var fund = $"{topology.Root.Id}.{SampleFunds.LevellingUpName}";
        await new Registering(topology, office).PlayAsync(cancellation);
        var settling = new Settling(topology, awards, office, fleet);
        await settling.AgreeAsync(cancellation);
        var cut = await settling.PlayAttributedAsync(cancellation);
        await new Reporting(topology, awards, office).PlayAwardsAsync(cancellation);
        var part = Part();
        // What the part spends is up to the sample year there.
        var rest = part is null ? topology : topology with { Bodies = [.. topology.Bodies.Where(body => body.RegisteredBy == body.Id || !part.Bodies.Contains(body))] };
        var payment = await new Spending(rest, office).PlayAsync(cancellation);
        var refused = await new Refusing(rest, office, fund).PlayAsync(cancellation);
        var sample = part is null ? null : await new SampleYear(part, [], office, fleet: null).PlayAsync(cancellation);
        return (sample ?? new Story(payment, [], null)) with
        {
            PaymentToFollow = payment,
            Refused = [.. refused, .. sample?.Refused ?? []],
            PowerCut = cut,
            Attribution = await new Attributing(topology, awards, office, fund).FiguresAsync(part?.OfTier(Tier.CombinedAuthority).Single().Name ?? "", cancellation),
        };
    }

    /// <summary>
    /// Central government and the smallest combined authority that has several councils and enough forums, or any, with these. Null: there is none, and
    /// awards are all that is played.
    /// </summary>
    private Topology? Part() => topology.OfTier(Tier.CombinedAuthority)
        .Select(authority => topology with { Bodies = [topology.Root, .. Below(authority)] })
        .Where(part => part.OfTier(Tier.Council).Count() >= FewestCouncils && part.OfTier(Tier.NeighbourhoodForum).Any())
        .MinBy(part => (part.OfTier(Tier.NeighbourhoodForum).Count() < EnoughForums, part.Bodies.Count));

    private IEnumerable<TopologyBody> Below(TopologyBody body) =>
        topology.Bodies.Where(below => below.FundedBy is [var only] && only == body.Id).SelectMany(Below).Prepend(body);
}
