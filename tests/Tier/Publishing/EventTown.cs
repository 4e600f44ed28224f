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

    private EventTown(ISidecars sidecars, TestFederation federation) => (Sidecars, Federation) = (sidecars, federation);

    public ISidecars Sidecars { get; }

    /// <summary>The double and its faults, where the sidecars are its own.</summary>
    public DaprDouble Dapr => ((DoubleSidecars)Sidecars).Dapr;

    public TestFederation Federation { get; }

    public Officers Officers => Federation.Officers;

    /// <summary>Starts it, with every body registered.</summary>
    /// <param name="sidecars">The sidecars. Null: ones in which nothing is wrong.</param>
    /// <param name="withSidecars">Start them too, before the services.</param>
    public static async Task<EventTown> StartAsync(ISidecars? sidecars = null, Action<TestFederationOptions>? configure = null, bool withSidecars = true)
    {
        sidecars ??= await DoubleSidecars.MakeAsync(Town.Topology);
        if (withSidecars)
            await StartAsync(sidecars);
        var federation = await Town.StartEmptyAsync(options =>
        {
            (options.WithAudit, options.Register) = (true, false);
            Beside(port: null, options);
            options.SettingsOf = instance => instance == TestTopology.GatewayInstance
                ? new Dictionary<string, string?>()
                : new Dictionary<string, string?> { ["DAPR_GRPC_PORT"] = sidecars.PortOf(instance).ToString(CultureInfo.InvariantCulture) };
            configure?.Invoke(options);
        });
        var town = new EventTown(sidecars, federation);
        foreach (var instance in WithSidecar)
            sidecars.Beside(instance, federation.HttpOf(instance));
        await federation.Officers.RegisterAllAsync();
        return town;
    }

    /// <summary>Starts the sidecars of a town that began without them.</summary>
    public Task StartSidecarsAsync() => StartAsync(Sidecars);

    private static IEnumerable<string> WithSidecar => Town.Topology.Instances.Select(instance => instance.Name).Where(instance => instance != TestTopology.GatewayInstance);

    private static async Task StartAsync(ISidecars sidecars)
    {
        foreach (var instance in WithSidecar)
            await sidecars.StartAsync(instance);
    }

    /// <summary>Sets instances beside a sidecar that is (or will be) at that port, and to look by themselves once in an hour.</summary>
    /// <param name="port">Of all instances. Null: each has one of its own.</param>
    public static void Beside(int? port, TestFederationOptions options)
    {
        if (port is { } one)
            options.Settings["DAPR_GRPC_PORT"] = one.ToString(CultureInfo.InvariantCulture);
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

    /// <summary>What the broker was given of a body, in order, whoever published it: the first and the last entry that each event tells of.</summary>
    public async Task<IReadOnlyList<(long First, long Last)>> NewsAsync(string body) =>
    [
        .. (await Sidecars.GivenAsync(JournalMoved.Topic)).Select(given => JsonNode.Parse(given)!).Where(told => (string?)told["subject"] == body)
            .Select(told => ((long)told["data"]!["firstIndex"]!, (long)told["data"]!["lastIndex"]!)),
    ];

    /// <summary>Waits until an event has told of all that a body has recorded by now. (None is lost with a sidecar that works.)</summary>
    public Task ToldAsync(string body) => Sidecars is DoubleSidecars
        ? Wait.UntilAsync(() => Of(body).Any(told => (long)told["data"]!["lastIndex"]! == Hosted(body).Sequencer.CommittedSize - 1), $"an event of all of {body}")
        : Wait.UntilAsync(() => NewsAsync(body), news => news.Any(one => one.Last == Hosted(body).Sequencer.CommittedSize - 1), $"an event of all of {body}");

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
        await Sidecars.DisposeAsync();
    }
}
