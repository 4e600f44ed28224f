using System.Globalization;
using System.Text.Json.Nodes;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Reports.V1;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Tiers.Tests;

/// <summary>
/// The town with a sidecar beside every instance. Nobody looks at a journal by himself, so that whatever is learnt of one after
/// the first look is learnt from an event.
/// </summary>
internal sealed class EventTown : IAsyncDisposable
{
    public const string PubSub = "pubsub";

    private EventTown(DaprDouble dapr, TestFederation federation) => (Dapr, Federation) = (dapr, federation);

    public DaprDouble Dapr { get; }

    public TestFederation Federation { get; }

    public Officers Officers => Federation.Officers;

    /// <summary>Starts it, with every body registered.</summary>
    /// <param name="dapr">The sidecars. Null: ones in which nothing is wrong.</param>
    public static async Task<EventTown> StartAsync(DaprDouble? dapr = null, Action<TestFederationOptions>? configure = null)
    {
        dapr ??= await DaprDouble.StartAsync();
        var federation = await Town.StartEmptyAsync(options =>
        {
            (options.WithAudit, options.Register) = (true, false);
            Beside(dapr.GrpcPort, options);
            configure?.Invoke(options);
        });
        foreach (var instance in federation.Topology.Instances.Where(instance => instance.Name != TestTopology.GatewayInstance))
            await dapr.AttachAsync(federation.HttpOf(instance.Name), instance.Name);
        await federation.Officers.RegisterAllAsync();
        return new EventTown(dapr, federation);
    }

    /// <summary>Sets instances beside a sidecar that is (or will be) at that port, and to look by themselves once in an hour.</summary>
    public static void Beside(int port, TestFederationOptions options)
    {
        options.Settings["DAPR_GRPC_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        options.Settings["FundingFlows:Events:WithoutStreams"] = "true";
        // They hear no events.
        Also(options, (instance, services) =>
        {
            if (instance == TestTopology.Forums)
                services.PostConfigure<InstanceOptions>(forums => forums.Events.WithoutStreams = false);
        });
        options.Settings["FundingFlows:Events:LookAnyway"] = "01:00:00";
    }

    /// <summary>Changes the services of instances once more.</summary>
    public static void Also(TestFederationOptions options, Action<string, IServiceCollection> configure)
    {
        var before = options.Configure;
        options.Configure = (instance, services) =>
        {
            before?.Invoke(instance, services);
            configure(instance, services);
        };
    }

    public HostedBody Hosted(string body) => Federation.Instance(Federation.Topology.Body(body).Instance).Services.GetRequiredService<BodyHost>().Find(body)!;

    /// <summary>What was published of a body, in order.</summary>
    public IReadOnlyList<JsonObject> Of(string body) => [.. Dapr.Published.Where(published => (string)published["subject"]! == body)];

    /// <summary>Waits until an event has told of all that a body has recorded by now.</summary>
    public Task ToldAsync(string body) => Wait.UntilAsync(
        () => Of(body).Any(told => (long)told["data"]!["lastIndex"]! == Hosted(body).Sequencer.CommittedSize - 1), $"an event of all of {body}");

    public async Task<JournalCoverage> CoverageAsync(string body) =>
        (await Officers.Audit.GetCoverageAsync(new GetCoverageRequest())).Journals.Single(journal => journal.Body == body);

    /// <summary>Waits until the auditor has applied all that a body has recorded.</summary>
    public Task AuditedAsync(string body) => Wait.UntilAsync(
        async () => await CoverageAsync(body), seen => (long)seen.Applied == Hosted(body).Sequencer.CommittedSize, $"the auditor seeing all of {body}");

    /// <summary>Waits until a funder has applied all that a body that it funds has recorded.</summary>
    public Task SeenByFunderAsync(string funder, string body) => Wait.UntilAsync(
        async () => (await new ReportService.ReportServiceClient(Federation.ToBody(funder)).ListFundedBodiesAsync(new ListFundedBodiesRequest { Body = funder })).Bodies,
        seen => seen.Any(one => one.Body == body && (long)one.JournalSize == Hosted(body).Sequencer.CommittedSize), $"{funder} seeing all of {body}");

    public async ValueTask DisposeAsync()
    {
        await Federation.DisposeAsync();
        await Dapr.DisposeAsync();
    }
}
