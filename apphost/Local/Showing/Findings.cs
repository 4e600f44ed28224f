using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using FundingFlows.Contracts.Audit.V1;

namespace FundingFlows.Local;

/// <summary>What the auditor says of the finished year, and what it took.</summary>
/// <param name="Story">What was played.</param>
/// <param name="StartedAgain">The instances that ended by themselves and were started again, once for each time.</param>
/// <param name="TraceMilliseconds">The median time of a trace by REST through the gateway.</param>
/// <param name="MemoryMegabytes">Resident memory of all processes together. 0: they are somebody else's.</param>
/// <param name="Below">What became of the fund that was shared out. Null: none was.</param>
public sealed record Gathered(
    Story Story, IReadOnlyList<AuditedBody> Bodies, TracePaymentResponse Trace, ReconcileResponse Books, IReadOnlyList<string> StartedAgain, double TraceMilliseconds, long MemoryMegabytes,
    FundBelow? Below)
{
    public bool Reconciled => Books.Reconciled && Books.Complete && Trace.Holds;
}

/// <summary>What is promised, released, spent, expected and left of a fund for a year, at all bodies of each tier below central government.</summary>
public sealed record FundBelow(string Title, int Year, IReadOnlyList<SettledTier> Tiers);

/// <summary>Asks the auditor, once it has seen everything.</summary>
internal sealed class Findings(Topology topology, Office office, ServiceFleet? fleet)
{
    private const int Traces = 21;

    public async Task<Gathered> GatherAsync(Story story, CancellationToken cancellation)
    {
        await SeenByAuditAsync(cancellation);
        var books = await office.ReadAsync("", options => office.Audit.ReconcileAsync(new ReconcileRequest(), options), cancellation);
        var bodies = new List<AuditedBody>();
        for (var token = ""; bodies.Count == 0 || token.Length > 0;)
        {
            var page = await office.ReadAsync("", options => office.Audit.ListBodiesAsync(new ListBodiesRequest { PageSize = 1_000, PageToken = token }, options), cancellation);
            bodies.AddRange(page.Bodies);
            token = page.NextPageToken;
        }
        var trace = await office.ReadAsync("", options => office.Audit.TracePaymentAsync(new TracePaymentRequest { Payment = story.PaymentToFollow }, options), cancellation);
        return new Gathered(
            story, bodies, trace, books, fleet?.StartedAgain ?? [], await TimeTraceAsync(story.PaymentToFollow, cancellation), Memory(), await BelowAsync(story, cancellation));
    }

    /// <summary>Null: the fund was not played.</summary>
    private async Task<FundBelow?> BelowAsync(Story story, CancellationToken cancellation)
    {
        var root = topology.Root.Id;
        var fund = $"{root}.{(story.Settlement is null ? PlaceFund.Name : TenYears.Name)}";
        try
        {
            var settled = await office.ReadAsync("", options => office.Audit.GetSettlementBelowAsync(new GetSettlementBelowRequest { Body = root, Fund = fund }, options), cancellation);
            return new FundBelow(story.Settlement is null ? PlaceFund.Title : TenYears.Title, PlaceFund.Year, [.. settled.Rows.Where(row => row.FinancialYear == PlaceFund.Year)]);
        }
        catch (RpcException missing) when (missing.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The auditor has seen everything when it holds as many entries of each journal as the body itself says there are.</summary>
    private async Task SeenByAuditAsync(CancellationToken cancellation)
    {
        var sizes = new ConcurrentDictionary<string, ulong>();
        await Chapters.ForEachAsync(topology.Bodies, async (body, stop) => sizes[body.Id] =
            (await office.ReadAsync(body.Id, options => office.Ledger.GetBodyAsync(new Contracts.Ledger.V1.GetBodyRequest { Body = body.Id }, options), stop)).Body.JournalSize, cancellation);
        for (var token = ""; ;)
        {
            var seen = await office.UntilAsync(
                "", options => office.Audit.GetCoverageAsync(new GetCoverageRequest { PageSize = 1_000, PageToken = token }, options),
                coverage => coverage.Journals.All(journal => journal.Quarantined.Length > 0 || journal.Applied >= sizes.GetValueOrDefault(journal.Body)),
                "That the auditor has seen every entry", cancellation);
            if ((token = seen.NextPageToken).Length == 0)
                break;
        }
        // Asked again: what arrived while the auditor caught up may have been answered since.
        await office.UntilAsync(
            "", options => office.Audit.ReconcileAsync(new ReconcileRequest(), options), found => found.Complete || !found.Reconciled, "That nothing is on its way", cancellation);
    }

    private async Task<double> TimeTraceAsync(string payment, CancellationToken cancellation)
    {
        var taken = new List<double>();
        for (var i = 0; i < Traces; i++)
        {
            var clock = Stopwatch.StartNew();
            using var answer = await office.Rest.GetAsync(new Uri($"/v1/audit/payments/{payment}/trace", UriKind.Relative), cancellation);
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
            taken.Add(clock.Elapsed.TotalMilliseconds);
        }
        taken.Sort();
        return taken[Traces / 2];
    }

    private long Memory()
    {
        var bytes = 0L;
        foreach (var id in fleet?.ProcessIds ?? [])
        {
            using var process = Process.GetProcessById(id);
            bytes += process.WorkingSet64;
        }
        return bytes / (1 << 20);
    }
}
