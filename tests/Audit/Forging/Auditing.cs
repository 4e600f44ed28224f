using FundingFlows.Topologies;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Audit.Tests;

/// <summary>The real audit service, over real gRPC, following the journals of a forged federation.</summary>
internal sealed class Auditing : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fundingflows-audit-");
    private readonly ForgedFederation federation;
    private readonly ForgedHost host;
    private TestInstance? auditor;
    private GrpcChannel? channel;

    private Auditing(ForgedFederation federation, ForgedHost host) => (this.federation, this.host) = (federation, host);

    public AuditService.AuditServiceClient Audit => new(channel);

    /// <summary>The HTTP address.</summary>
    public Uri Http => new(auditor!.Addresses.Http);

    /// <summary>The auditor's own copies.</summary>
    public OwnCopy Copy => new(folder);

    /// <summary>All that auditors logged.</summary>
    public SaidLog Log { get; } = new();

    public static async Task<Auditing> StartAsync(ForgedFederation federation, Action<IServiceCollection>? configure = null)
    {
        var auditing = new Auditing(federation, await ForgedHost.StartAsync(federation.All));
        await auditing.StartAuditorAsync(configure);
        return auditing;
    }

    /// <summary>The same, when money has gone through four tiers and all of it was seen.</summary>
    public static async Task<Auditing> PlayedAsync()
    {
        var federation = new ForgedFederation();
        var auditing = await StartAsync(federation);
        federation.PlayFourTiers();
        Assert.True((await auditing.ReconciledAsync()).Reconciled);
        return auditing;
    }

    public async Task StopAuditorAsync()
    {
        channel?.Dispose();
        if (auditor is not null)
            await auditor.DisposeAsync();
        auditor = null;
    }

    /// <summary>Starts the auditor (again), on the copies that it kept.</summary>
    public async Task StartAuditorAsync(Action<IServiceCollection>? configure = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["FundingFlows:Federation"] = federation.Id,
            ["FundingFlows:TrustRoot"] = federation[ForgedFederation.Central].Verifier.ToString(),
            ["FundingFlows:Data"] = folder.FullName,
            ["FundingFlows:Instances:forged:Grpc"] = host.Address,
            ["FundingFlows:Instances:forged:Http"] = host.Http,
            ["FundingFlows:Ports:Grpc"] = "0",
            ["FundingFlows:Ports:Http"] = "0",
        };
        foreach (var body in federation.All)
            settings[$"FundingFlows:Directory:{body.Body}"] = "forged";
        auditor = await TestInstance.StartAsync(ServiceKind.Audit, settings, Log, configure);
        channel = GrpcChannel.ForAddress(auditor.Addresses.Grpc);
    }

    /// <summary>Waits until every journal (but those that never will be) is applied as far as it is shown, or is not believed, and reconciles.</summary>
    public async Task<ReconcileResponse> ReconciledAsync(params string[] except)
    {
        await Wait.UntilAsync(
            async () => (await Audit.GetCoverageAsync(new GetCoverageRequest())).Journals,
            journals => journals.All(journal => except.Contains(journal.Body) || journal.Quarantined.Length > 0 || (long)journal.Applied == federation[journal.Body].Shown),
            "the auditor having seen everything");
        return await Audit.ReconcileAsync(new ReconcileRequest());
    }

    public async Task<JournalCoverage> CoverageAsync(string body) =>
        (await Audit.GetCoverageAsync(new GetCoverageRequest())).Journals.Single(journal => journal.Body == body);

    /// <summary>Every payment that is known, traced.</summary>
    public async Task<IReadOnlyList<TracePaymentResponse>> TracesAsync()
    {
        var traces = new List<TracePaymentResponse>();
        foreach (var payment in (await Audit.ListPaymentsAsync(new ListPaymentsRequest())).Payments)
            traces.Add(await Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.Id }));
        return traces;
    }

    /// <summary>Waits until all is seen, and covered by a checkpoint, and nothing is on its way.</summary>
    public Task<ReconcileResponse> CompleteAsync() =>
        Wait.UntilAsync(async () => await Audit.ReconcileAsync(new ReconcileRequest()), found => found.Complete, "a complete reconciliation");

    /// <summary>Waits until a payment's trace holds: an auditor that started again has no proof before it sees a checkpoint, and may not have seen the payment.</summary>
    public async Task<TracePaymentResponse> HoldsAsync(EntryId payment) => (await Wait.UntilAsync(() => TraceAsync(payment), trace => trace?.Holds == true, $"the trace of {payment} holding"))!;

    public async ValueTask DisposeAsync()
    {
        await StopAuditorAsync();
        await host.DisposeAsync();
        folder.Delete(recursive: true);
        federation.Dispose();
    }

    /// <summary>Null: the payment is not known yet.</summary>
    private async Task<TracePaymentResponse?> TraceAsync(EntryId payment)
    {
        try
        {
            return await Audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment.ToString() });
        }
        catch (RpcException problem) when (problem.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }
}
