namespace FundingFlows.Local;

/// <summary>
/// The sample year: what follows what, and what goes on at once. Every command has an id of its own that is the same in every run on
/// the same journals: what was recorded is not recorded again, and a year that was cut short is finished. Without a fleet no instance is
/// killed.
/// </summary>
public sealed class SampleYear(Topology topology, IReadOnlyList<PublishedAward> awards, Office office, ServiceFleet? fleet)
{
    private readonly Settling settling = new(topology, awards, office, fleet);
    private PowerCut? cut;
    private Abolition? abolition;
    private OverruledRefusal? overruled;
    private MergedPots? merged;
    private OnePot? onePot;
    private ClaimedBack? claimedBack;
    private WoundUp? woundUp;
    private string payment = "";
    private IReadOnlyList<RefusedAttempt> refused = [];

    public async Task<Story> PlayAsync(CancellationToken cancellation)
    {
        await new Registering(topology, office).PlayAsync(cancellation);
        await settling.AgreeAsync(cancellation);
        await Chapters.TogetherAsync([SettleAndSpendAsync, new Lending(topology, office).PlayAsync, new Cascading(topology, office).PlayAsync, new Amending(topology, office).PlayAsync, MergeAsync, ClaimBackAsync, WindUpAsync, AbolishAsync], cancellation);
        await new Reporting(topology, awards, office).PlayAsync(cancellation);
        return new Story(payment, refused, cut, await new YearEnding(topology, office).PlayAsync(cancellation), Abolition: abolition, Overruled: overruled, Merged: merged, OnePot: onePot, ClaimedBack: claimedBack, WoundUp: woundUp, Working: await settling.WorkingAsync(cancellation));
    }

    private async Task SettleAndSpendAsync(CancellationToken cancellation)
    {
        await Chapters.TogetherAsync([SettleDownAsync, GoPastTiersAsync], cancellation);
        payment = await new Spending(topology, awards, office).PlayAsync(settling.Kept, cancellation);
        await Chapters.TogetherAsync([InstructAsync, RefuseAsync, new Forecasting(topology, office).PlayAsync], cancellation);
    }

    private async Task SettleDownAsync(CancellationToken cancellation) => cut = await settling.PlayPlaceFundAsync(cancellation);

    /// <summary>One after the other: a neighbour's agreement with the centre is suspended for a while.</summary>
    private async Task GoPastTiersAsync(CancellationToken cancellation)
    {
        await settling.PlayLevellingUpAsync(cancellation);
        await new Neighbouring(topology, office).PlayAsync(cancellation);
    }

    /// <summary>One after the other: a fund of the first is one that the second may not merge into.</summary>
    private async Task MergeAsync(CancellationToken cancellation)
    {
        var pots = new PotMerging(topology, office);
        merged = await pots.PlayAsync(cancellation);
        onePot = await new PotsIntoOne(topology, office).PlayAsync(pots.Cast, cancellation);
    }

    private async Task ClaimBackAsync(CancellationToken cancellation) => claimedBack = await new ClaimingBack(topology, office).PlayAsync(cancellation);

    private async Task WindUpAsync(CancellationToken cancellation) => woundUp = await new WindingUp(topology, office).PlayAsync(cancellation);

    private async Task InstructAsync(CancellationToken cancellation) => overruled = await new Instructing(topology, office).PlayAsync(cancellation);

    private async Task RefuseAsync(CancellationToken cancellation) =>
        refused = await new Refusing(topology, office, $"{topology.Root.Id}.{PlaceFund.Name}").PlayAsync(cancellation);

    private async Task AbolishAsync(CancellationToken cancellation) => abolition = await new Succeeding(topology, office).PlayAsync(cancellation);
}
