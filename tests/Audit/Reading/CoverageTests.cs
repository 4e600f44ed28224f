using System.Net.Http.Json;
using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>What the auditor says of entries that it knows of and has not yet verified.</summary>
public sealed class CoverageTests
{
    [Fact]
    public async Task Entries_ThatNoCheckpointCovers_AreKnownAndNotYetSeen()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        var council = federation[Council];
        var before = await auditing.ReconciledAsync();
        var size = (ulong)council.Size;
        var covered = council.Checkpoint(council.Size);

        council.Sign(_ => covered);
        federation.Pay(Council, Kind.Capital, 1_00);
        federation.Pay(Council, Kind.Capital, 2_00);
        var partly = await Wait.UntilAsync(() => auditing.CoverageAsync(Council), journal => journal.Known == size + 2, "the entries being known");
        var books = await auditing.Audit.ReconcileAsync(new ReconcileRequest());

        Assert.Equal(size, partly.Applied);
        Assert.Equal(council.EntryAt((long)size - 1).RecordedAt, partly.NewestEntryAt);
        Assert.Equal(2UL, (await auditing.Audit.GetCoverageAsync(new GetCoverageRequest())).NotYetSeen);
        Assert.True(before.Complete);
        Assert.Equal(new ReconcileResponse(before) { Complete = false }, books);
        council.Sign(null);
        Assert.True((await auditing.ReconciledAsync()) is { Complete: true, Payments: 4 });
    }

    [Fact]
    public async Task Entries_ThatAreToldOfAndNotShown_AreKnownAndNotYetSeen()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        var council = federation[Council];
        council.Shown = council.Size;
        await auditing.ReconciledAsync();
        federation.Pay(Council, Kind.Capital, 1_00);

        await TellAsync(auditing, council.Checkpoint(council.Size));

        Assert.Equal(((ulong)council.Shown, (ulong)council.Size), await SeenAsync(auditing));
        Assert.Equal(1UL, (await auditing.Audit.GetCoverageAsync(new GetCoverageRequest())).NotYetSeen);
        Assert.True(await auditing.ReconciledAsync() is { Reconciled: true, Complete: false, InTransit.Count: 0 });
        council.Shown = long.MaxValue;
        Assert.True((await auditing.ReconciledAsync()).Complete);
    }

    [Fact]
    public async Task News_ThatTheBodyDidNotSign_SaysNothing()
    {
        var federation = new ForgedFederation();
        await using var auditing = await Auditing.StartAsync(federation);
        federation.PlayFourTiers();
        var council = federation[Council];
        await auditing.ReconciledAsync();
        var another = federation[Forum];

        foreach (var news in new[] { "", "nonsense", new Checkpoint(council.Genesis.Origin, 1_000, new byte[32]).Sign(another.Verifier, another.Key) })
            await TellAsync(auditing, news);

        Assert.Equal(((ulong)council.Size, (ulong)council.Size), await SeenAsync(auditing));
        Assert.True((await auditing.ReconciledAsync()) is { Reconciled: true, Complete: true });
    }

    private static async Task<(ulong Applied, ulong Known)> SeenAsync(Auditing auditing)
    {
        var journal = await auditing.CoverageAsync(Council);
        return (journal.Applied, journal.Known);
    }

    /// <summary>Tells, as an event does, that the council's journal has moved.</summary>
    private static async Task TellAsync(Auditing auditing, string checkpoint)
    {
        using var http = new HttpClient { BaseAddress = auditing.Http };
        var answer = await http.PostAsJsonAsync(new Uri(JournalMoved.Route, UriKind.Relative), new { type = JournalMoved.Type, data = new { body = Council, checkpoint } });
        Assert.Contains("SUCCESS", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
