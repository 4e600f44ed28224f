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

    public async ValueTask DisposeAsync()
    {
        await StopAuditorAsync();
        await host.DisposeAsync();
        folder.Delete(recursive: true);
        federation.Dispose();
    }
}
