namespace FundingFlows.Local;

/// <summary>
/// A whole country, chapter by chapter: every body is registered and agrees with its funders, and published awards, attributed to
/// councils, are paid to them direct. Then one part of it plays the sample year, so that every operation is in use, and one council of
/// that part is abolished. Commands have ids as in the sample year.
/// </summary>
public sealed class CountryYear(Topology topology, IReadOnlyList<PublishedAward> awards, Office office, ServiceFleet? fleet)
{
    private const int FewestCouncils = 3;
    private const int Successors = 2;

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
        var settlement = await new TenYears(topology, office).PlayAsync(cancellation);
        var part = Part();
        // What is refused in the part is up to the sample year there.
        var rest = part is null ? topology : topology with { Bodies = [.. topology.Bodies.Where(body => body.RegisteredBy == body.Id || part.Bodies.All(one => one.Id != body.Id))] };
        var payment = await new Spending(topology, awards, office).PlayAwardsAsync(cancellation);
        var refused = await new Refusing(rest, office, fund).PlayAsync(cancellation);
        var sample = part is null ? null : await new SampleYear(part, [], office, fleet: null).PlayAsync(cancellation);
        var attribution = await new Attributing(topology, awards, office, fund).FiguresAsync(part?.OfTier(Tier.CombinedAuthority).Single().Name ?? "", cancellation);
        // Last of all, when nobody needs the council any more, and in the next year: the first is closed.
        var abolition = part is null ? null : await new Succeeding(WithSuccession(part), office, PlaceFund.Year + 1).PlayAsync(cancellation);
        return (sample ?? new Story(payment, [], null)) with
        {
            PaymentToFollow = payment,
            Refused = [.. refused, .. sample?.Refused ?? []],
            PowerCut = cut,
            Attribution = attribution,
            Settlement = settlement,
            Abolition = abolition is null ? null : abolition with { Name = $"{abolition.Name} (illustration: no such order exists)" },
        };
    }

    /// <summary>
    /// Central government and the smallest combined authority that has several councils and enough forums, or any, with these. Null: there is none, and
    /// awards are all that is played.
    /// </summary>
    private Topology? Part() => topology.OfTier(Tier.CombinedAuthority)
        .Select(authority => topology with { Bodies = [topology.Root, .. Below(authority)] })
        .Where(part => part.OfTier(Tier.Council).Count() >= FewestCouncils && part.OfTier(Tier.NeighbourhoodForum).Any())
        .MinBy(part => (part.OfTier(Tier.NeighbourhoodForum).Count() < EnoughForums, part.Bodies.Count)) is { } found ? WithClosing(found) : null;

    /// <summary>The last forum that keeps its own money, if there are others, has none along the tiers there, so that it is closed.</summary>
    private static Topology WithClosing(Topology part)
    {
        var closed = part.OfTier(Tier.NeighbourhoodForum).Where(forum => forum.LegalForm != LegalForm.Unincorporated).Skip(1).LastOrDefault();
        return part with { Bodies = [.. part.Bodies.Select(body => body == closed ? body with { FundedBy = [] } : body)] };
    }

    /// <summary>The last council without a forum, if there is one, goes to the first two others.</summary>
    private static Topology WithSuccession(Topology part)
    {
        var abolished = part.OfTier(Tier.Council).LastOrDefault(council => part.OfTier(Tier.NeighbourhoodForum).All(forum => forum.RegisteredBy != council.Id));
        var successors = part.OfTier(Tier.Council).Where(council => council != abolished).Take(Successors).Select(council => council.Id).ToList();
        return part with { Bodies = [.. part.Bodies.Select(body => body == abolished ? body with { SucceededBy = successors } : body)] };
    }

    private IEnumerable<TopologyBody> Below(TopologyBody body) =>
        topology.Bodies.Where(below => below.FundedBy is [var only] && only == body.Id).SelectMany(Below).Prepend(body);
}
