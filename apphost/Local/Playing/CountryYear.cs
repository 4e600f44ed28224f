namespace FundingFlows.Local;

/// <summary>
/// A whole country, chapter by chapter: every body is registered and agrees with its funders, and published awards, attributed to
/// councils, are paid to them direct. Commands have ids as in the sample year.
/// </summary>
public sealed class CountryYear(Topology topology, IReadOnlyList<PublishedAward> awards, Office office, ServiceFleet? fleet)
{
    public async Task<Story> PlayAsync(CancellationToken cancellation)
    {
        var fund = $"{topology.Root.Id}.{SampleFunds.LevellingUpName}";
        await new Registering(topology, office).PlayAsync(cancellation);
        var settling = new Settling(topology, awards, office, fleet);
        await settling.AgreeAsync(cancellation);
        var cut = await settling.PlayAttributedAsync(cancellation);
        var payment = await new Spending(topology, office).PlayAsync(cancellation);
        var refused = await new Refusing(topology, office, fund).PlayAsync(cancellation);
        await new Reporting(topology, awards, office).PlayAwardsAsync(cancellation);
        return new Story(payment, refused, cut, Attribution: await new Attributing(topology, awards, office, fund).FiguresAsync(cancellation));
    }
}
