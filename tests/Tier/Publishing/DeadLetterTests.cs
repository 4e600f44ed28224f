using System.Diagnostics.Metrics;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Links.V1;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>How deep the dead letters are is measured: they count, beyond a restart, until somebody has said that they are dealt with.</summary>
public sealed class DeadLetterTests
{
    /// <summary>The auditor and two instances hear of journals, and none of them can read this.</summary>
    private const ulong OfOneEvent = 3;

    [Fact]
    public async Task DeadLetters_AreTheDepthUntilTheyAreSettled()
    {
        await using var town = await EventTown.StartAsync();
        await town.AuditedAsync(Central);
        Assert.Equal(0ul, Depth(town));
        await PoisonAsync(town);

        // A restart neither settles nor forgets them.
        await town.Federation.StopAsync(AuditInstance);
        await town.Federation.StartAsync(AuditInstance);
        Assert.Equal(OfOneEvent, await CountAsync(town));
        Assert.Equal(OfOneEvent, Depth(town));

        // By whoever may, and as many as he has seen.
        await RefusedAsync(StatusCode.Unauthenticated, "UNAUTHENTICATED", town, OfOneEvent, []);
        await RefusedAsync(StatusCode.PermissionDenied, "ROLE_NEEDED", town, OfOneEvent, town.Officers.At(Central));
        await RefusedAsync(StatusCode.PermissionDenied, "ROLE_NEEDED", town, OfOneEvent, Officers.With(town.Federation.Issuer.Token(Durham, Role.Auditor)));
        await RefusedAsync(StatusCode.InvalidArgument, "MALFORMED", town, 0, Auditor(town));
        await RefusedAsync(StatusCode.Aborted, "DEAD_LETTERS_CHANGED", town, OfOneEvent - 1, Auditor(town));
        Assert.Equal(OfOneEvent, Depth(town));
        await SettleAsync(town, OfOneEvent, Auditor(town));

        Assert.Equal((0ul, 0ul), (await CountAsync(town), Depth(town)));
        await RefusedAsync(StatusCode.Aborted, "DEAD_LETTERS_CHANGED", town, OfOneEvent, Auditor(town));
        await town.Federation.StopAsync(AuditInstance);
        await town.Federation.StartAsync(AuditInstance);
        Assert.Equal((0ul, 0ul), (await CountAsync(town), Depth(town)));

        // What comes from then on counts again.
        await town.Dapr.AttachAsync(town.Federation.HttpOf(AuditInstance), AuditInstance);
        await PoisonAsync(town);
        Assert.Equal(OfOneEvent, Depth(town));
    }

    private static async Task PoisonAsync(EventTown town)
    {
        await town.Sidecars.PutAsync(JournalMoved.Topic, "poison"u8.ToArray());
        await Wait.UntilAsync(() => CountAsync(town), count => count == OfOneEvent, "the dead letters");
    }

    private static Metadata Auditor(EventTown town) => Officers.With(town.Federation.Issuer.Token(Central, Role.Auditor));

    private static async Task SettleAsync(EventTown town, ulong deadLetters, Metadata headers) =>
        await town.Officers.Audit.SettleDeadLettersAsync(new SettleDeadLettersRequest { DeadLetters = deadLetters }, headers);

    private static async Task RefusedAsync(StatusCode status, string reason, EventTown town, ulong deadLetters, Metadata headers)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => SettleAsync(town, deadLetters, headers));
        Assert.Equal((status, reason), (refused.StatusCode, PeerVoice.ReasonOf(refused)));
    }

    private static async Task<ulong> CountAsync(EventTown town) =>
        (await town.Officers.Audit.ListSecurityEventsAsync(new Contracts.Audit.V1.ListSecurityEventsRequest())).Events
        .Where(one => one.Kind == SecurityEventKind.DeadLetter).Aggregate(0ul, (sum, one) => sum + one.Count);

    /// <summary>What the auditor shows to whoever collects measurements.</summary>
    private static ulong Depth(EventTown town)
    {
        var meters = town.Federation.Instance(AuditInstance).Services.GetRequiredService<IMeterFactory>();
        long? depth = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "fundingflows.events.dead_letters" && ReferenceEquals(instrument.Meter.Scope, meters))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => depth = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return (ulong)Assert.NotNull(depth);
    }
}
