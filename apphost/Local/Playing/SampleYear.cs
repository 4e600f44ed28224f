namespace FundingFlows.Local;

/// <summary>
/// The sample year, chapter by chapter. Every command has an id of its own that is the same in every run on the same journals:
/// what was recorded is not recorded again, and a year that was cut short is finished. Without a fleet no instance is killed.
/// </summary>
public sealed class SampleYear(Topology topology, IReadOnlyList<PublishedAward> awards, Office office, ServiceFleet? fleet)
{
    public async Task<Story> PlayAsync(CancellationToken cancellation)
    {
        await new Registering(topology, office).PlayAsync(cancellation);
        var settling = new Settling(topology, awards, office, fleet);
        await settling.AgreeAsync(cancellation);
        await settling.PlayLevellingUpAsync(cancellation);
        var cut = await settling.PlayPlaceFundAsync(cancellation);
        var payment = await new Spending(topology, office).PlayAsync(cancellation);
        var overruled = await new Instructing(topology, office).PlayAsync(cancellation);
        var refused = await new Refusing(topology, office, $"{topology.Root.Id}.{PlaceFund.Name}").PlayAsync(cancellation);
        await new Neighbouring(topology, office).PlayAsync(cancellation);
        await new Reporting(topology, awards, office).PlayAsync(cancellation);
        var abolition = await new Succeeding(topology, office).PlayAsync(cancellation);
        return new Story(payment, refused, cut, await new YearEnding(topology, office).PlayAsync(cancellation), Abolition: abolition, Overruled: overruled);
    }
}
