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

        var link = await Wait.UntilAsync(() => LinkAsync(Hartlepool), one => one is { Stuck: true, Problem.Length: > 0 }, "the alarm");

        Assert.Equal((2ul, 15_50L), (link!.Unanswered, link.InTransitPence));
        Assert.Equal(await SentAtAsync(first), link.OldestAt);
        await Wait.UntilAsync(() => federation.Log.Lines.Any(line => line.Event.Id == Stuck && line.Line.Contains($"{Region} sends to {Hartlepool}", StringComparison.Ordinal)), "a line");
        await Wait.UntilAsync(HealthAsync, health => health.Contains("\"inTransitPence\":1550", StringComparison.Ordinal) && health.Contains("Degraded", StringComparison.Ordinal), "the health saying so");
        var measured = Measure();
        Assert.Equal(1, measured["fundingflows.links.stuck"]);
        Assert.Equal(15_50, measured["fundingflows.links.in_transit"]);
        Assert.InRange(measured["fundingflows.links.oldest"], 0.4, 600);
        // The others go on meanwhile, and the read names no pair that has nothing on its way.
        await Officers.SettledAsync(await Officers.ReleaseAsync(flowing, Kind.Capital, 20_00));
        Assert.Null(await LinkAsync(Durham));

        await federation.StartAsync(CouncilB);
        foreach (var transfer in new Transfer[] { first, second })
            await Officers.SettledAsync(transfer);
        await Wait.UntilAsync(() => federation.Log.Lines.Any(line => line.Event.Id == GoesOn), "the end of the alarm");
        Assert.Null(await LinkAsync(Hartlepool));
        await Wait.UntilAsync(HealthAsync, health => !health.Contains("inTransitPence", StringComparison.Ordinal), "the health being well");
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

    /// <summary>What the region's instance shows to whoever collects measurements.</summary>
    private Dictionary<string, double> Measure()
    {
        var meters = federation.Instance(RegionInstance).Services.GetRequiredService<IMeterFactory>();
        var found = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == LinkMetrics.Meter && ReferenceEquals(instrument.Meter.Scope, meters))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => found[instrument.Name] = value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => found[instrument.Name] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => found[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }
}
