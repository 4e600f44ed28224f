using System.Diagnostics.Metrics;
using FundingFlows.Contracts.Links.V1;

namespace FundingFlows.Tiers;

/// <summary>What of the links to other bodies is measured, under the meter <c>FundingFlows.Links</c>.</summary>
public sealed class LinkMetrics
{
    public const string Meter = "FundingFlows.Links";
    private readonly Counter<long> turnedAway;
    private IReadOnlyList<LinkState> links = [];
    private Func<long> deadLetters = () => 0;

    public LinkMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Meter);
        turnedAway = meter.CreateCounter<long>("fundingflows.security.events", description: "What was turned away at the doors of this instance, by kind.");
        meter.CreateObservableGauge("fundingflows.links.oldest", () => Each(link => link.Age.TotalSeconds), "s", "Age of the oldest delivery that is unanswered, by pair.");
        meter.CreateObservableGauge("fundingflows.links.unanswered", () => Each(link => (long)link.Unanswered), description: "Deliveries that are unanswered, by pair.");
        meter.CreateObservableGauge("fundingflows.links.in_transit", () => Each(link => link.InTransitPence), "{penny}", "Money that is on its way, by pair.");
        meter.CreateObservableGauge("fundingflows.links.stuck", () => links.Count(link => link.IsStuck), description: "Pairs whose oldest delivery has waited longer than the alarm allows.");
        meter.CreateObservableGauge("fundingflows.events.dead_letters", () => deadLetters(), description: "Depth of the dead letters: news that some subscriber could not take, as the auditor has taken it from the dead-letter topic, and that nobody has dealt with.");
    }

    internal void TurnedAway(SecurityEventKind kind) => turnedAway.Add(1, new KeyValuePair<string, object?>("kind", $"{kind}"));

    /// <summary>How the pairs are now, in the place of what was shown before.</summary>
    internal void Show(IReadOnlyList<LinkState> now) => Volatile.Write(ref links, now);

    /// <summary>Who knows how many dead letters nobody has dealt with.</summary>
    internal void CountDeadLetters(Func<long> count) => deadLetters = count;

    private IEnumerable<Measurement<T>> Each<T>(Func<LinkState, T> measure)
        where T : struct =>
        Volatile.Read(ref links).Select(link => new Measurement<T>(measure(link), new("sender", link.Sender), new("receiver", link.Receiver)));
}
