using System.Diagnostics.Metrics;
using FundingFlows.Contracts.Links.V1;
using FundingFlows.Contracts.Transfers.V1;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A pair of bodies that is stuck is said aloud, with how long and how much, and no other pair waits for it.</summary>
public sealed class StuckPairTests : IAsyncLifetime
{
    private const int Stuck = 4007, GoesOn = 4008;
    private TestFederation federation = null!;

    public async ValueTask InitializeAsync()
    {
        federation = await TestFederation.StartAsync(options =>
        {
            options.WithAudit = false;
            options.Settings["FundingFlows:Courier:AlarmAfter"] = "00:00:00.400";
        });
        await Officers.AgreeAsync(Central, Region);
        await Officers.AgreeAsync(Region, Durham);
        await Officers.AgreeAsync(Region, Hartlepool);
        await Officers.OpenFundAsync();
        await Officers.IssueAsync(1_000_000_00);
        await Officers.FundAsync(Central, Region, Kind.Capital, 500_000_00);
    }

    public ValueTask DisposeAsync() => federation.DisposeAsync();

    private Officers Officers => federation.Officers;

    [Fact]
    public async Task Pair_WhoseReceiverIsAway_RaisesAnAlarmWithAgeAndAmountAndBlocksNobody()
    {
        var stuck = await Officers.AwardAsync(Region, Hartlepool, Kind.Capital, 100_000_00);
        var flowing = await Officers.AwardAsync(Region, Durham, Kind.Capital, 100_000_00);
        await federation.StopAsync(CouncilB);
        var first = await Officers.ReleaseAsync(stuck, Kind.Capital, 10_00);
        var second = await Officers.ReleaseAsync(stuck, Kind.Capital, 5_50);

        var link = await Wait.UntilAsync(() => LinkAsync(Hartlepool), one => one is { Stuck: true, Problem.Length: > 0, Unanswered: 2 }, "the alarm");

        Assert.Equal(15_50L, link!.InTransitPence);
        Assert.Equal(await SentAtAsync(first), link.OldestAt);
        await SaidAsync(Stuck);
        await Wait.UntilAsync(HealthAsync, health => health.Contains("\"inTransitPence\":1550", StringComparison.Ordinal) && health.Contains("Degraded", StringComparison.Ordinal), "the health saying so");
        // Other pairs may be stuck for a moment, where the machine is busy.
        await Wait.UntilAsync(() => Task.FromResult(Measure()), all => all["fundingflows.links.stuck"] == 1, "one pair being measured as stuck");
        await Wait.UntilAsync(() => Task.FromResult(Measure()), all => all["fundingflows.links.in_transit"] == 15_50 && all["fundingflows.links.unanswered"] == 2, "its money being measured");
        Assert.True(Measure()["fundingflows.links.oldest"] > 0.4);
        // The others go on meanwhile, and the read names no pair that has nothing on its way.
        await Officers.SettledAsync(await Officers.ReleaseAsync(flowing, Kind.Capital, 20_00));
        await Wait.UntilAsync(() => LinkAsync(Durham), one => one is null, "nothing on its way to who has answered");
        Assert.True((await LinkAsync(Hartlepool))!.Stuck);

        await federation.StartAsync(CouncilB);
        foreach (var transfer in new Transfer[] { first, second })
            await Officers.SettledAsync(transfer);
        await SaidAsync(GoesOn);
        await Wait.UntilAsync(() => LinkAsync(Hartlepool), one => one is null, "nothing on its way");
        await Wait.UntilAsync(HealthAsync, health => !health.Contains($"{Region} to {Hartlepool}", StringComparison.Ordinal), "the health being well");
    }

    /// <summary>The age is that of the entry: it does not begin anew with the process.</summary>
    [Fact]
    public async Task Pair_ThatWasStuckBeforeTheStart_IsAsOldAsItsJournalSays()
    {
        var stuck = await Officers.AwardAsync(Region, Hartlepool, Kind.Capital, 100_000_00);
        await federation.StopAsync(CouncilB);
        var waiting = await Officers.ReleaseAsync(stuck, Kind.Capital, 10_00);

        await federation.StopAsync(RegionInstance);
        await federation.StartReadingAsync(RegionInstance);

        var link = await Wait.UntilAsync(() => LinkAsync(Hartlepool), one => one is { Stuck: true }, "the alarm");
        Assert.Equal((await SentAtAsync(waiting), 10_00L), (link!.OldestAt, link.InTransitPence));
    }

    /// <summary>Waits until the log says it of the pair that a test has made stuck.</summary>
    private Task SaidAsync(int id) => Wait.UntilAsync(
        () => federation.Log.Lines.Any(line => line.Event.Id == id && line.Line.Contains($"{Region} sends to {Hartlepool}", StringComparison.Ordinal)), $"line {id}");

    private Task<Google.Protobuf.WellKnownTypes.Timestamp> SentAtAsync(Transfer transfer) =>
        Forged.BooksAsync(federation, Region, books => books.Transfers.Sent.Single(one => one.Id.ToString() == transfer.Id).SentAt);

    private async Task<Link?> LinkAsync(string receiver) =>
        (await new LinkService.LinkServiceClient(federation.ToBody(Region)).ListLinksAsync(new ListLinksRequest { Body = Region })).Links.SingleOrDefault(link => link.Receiver == receiver);

    private async Task<string> HealthAsync()
    {
        using var http = new HttpClient { BaseAddress = federation.HttpOf(RegionInstance) };
        using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What the region's instance shows to whoever collects measurements: of all pairs, or else of the one that a test has made stuck. Noughts: nothing.</summary>
    private Dictionary<string, double> Measure()
    {
        var meters = federation.Instance(RegionInstance).Services.GetRequiredService<IMeterFactory>();
        string[] ofPairs = ["fundingflows.links.oldest", "fundingflows.links.unanswered", "fundingflows.links.in_transit"];
        var found = ofPairs.Append("fundingflows.links.stuck").ToDictionary(name => name, _ => 0.0);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == LinkMetrics.Meter && ReferenceEquals(instrument.Meter.Scope, meters))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument.Name, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return found;

        void Take(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (!ofPairs.Contains(name) || tags.Contains(new KeyValuePair<string, object?>("receiver", Hartlepool)))
                found[name] = value;
        }
    }
}
