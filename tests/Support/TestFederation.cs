using FundingFlows.Tiers;
using FundingFlows.Topologies;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Support;

/// <summary>How a test's federation differs from the usual one.</summary>
public sealed class TestFederationOptions
{
    public Topology Topology { get; set; } = TestTopology.Make();

    /// <summary>Start the gateway too.</summary>
    public bool WithGateway { get; set; }

    /// <summary>Start the auditor too.</summary>
    public bool WithAudit { get; set; } = true;

    /// <summary>Register every body with the one that vouches for it.</summary>
    public bool Register { get; set; } = true;

    /// <summary>Further settings, the same for every instance.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Further settings of an instance alone.</summary>
    public Func<string, IReadOnlyDictionary<string, string?>>? SettingsOf { get; set; }

    /// <summary>Last changes to the services of an instance.</summary>
    public Action<string, IServiceCollection>? Configure { get; set; }
}

/// <summary>A whole federation in this process: the real services over real gRPC, on real ports, with journals in a folder of its own.</summary>
public sealed class TestFederation : IAsyncDisposable
{
    private readonly TestFederationOptions options;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fundingflows-test-");
    private readonly Dictionary<string, InstanceAddress> addresses = [];
    private readonly Dictionary<string, TestInstance> running = [];
    private readonly Dictionary<string, GrpcChannel> channels = [];
    private readonly FederationSetup setup;

    private TestFederation(TestFederationOptions options)
    {
        this.options = options;
        setup = FederationSetup.Open(folder.FullName, options.Topology, TimeProvider.System);
        foreach (var instance in options.Topology.Instances)
            addresses[instance.Name] = new InstanceAddress { Grpc = "http://127.0.0.1:1", Http = "http://127.0.0.1:1" };
    }

    public Topology Topology => options.Topology;

    public string Id => setup.Id;

    /// <summary>The folder of all journals.</summary>
    public string Folder => folder.FullName;

    public TestIssuer Issuer { get; } = new();

    public SaidLog Log { get; } = new();

    public Officers Officers => new(this);

    public static async Task<TestFederation> StartAsync(Action<TestFederationOptions>? configure = null)
    {
        var options = new TestFederationOptions();
        configure?.Invoke(options);
        var federation = new TestFederation(options);
        // The auditor first: it is whom the others ask.
        if (options.WithAudit)
            await federation.StartAsync(options.Topology.Audit.Name);
        foreach (var instance in options.Topology.Instances.Where(instance => instance.Service is not (ServiceKind.Gateway or ServiceKind.Audit)))
            await federation.StartAsync(instance.Name);
        if (options.WithGateway)
            await federation.StartAsync(options.Topology.Gateway.Name);
        if (options.Register)
            await federation.Officers.RegisterAllAsync();
        return federation;
    }

    /// <summary>Further settings, which instances have that are started from now on.</summary>
    public Dictionary<string, string?> Settings => options.Settings;

    public TestInstance Instance(string name) => running[name];

    /// <summary>A channel to an instance.</summary>
    public GrpcChannel To(string instance)
    {
        var address = addresses[instance].Grpc;
        if (!channels.TryGetValue(address, out var channel))
            channels.Add(address, channel = GrpcChannel.ForAddress(address));
        return channel;
    }

    /// <summary>A channel to the instance that hosts a body.</summary>
    public GrpcChannel ToBody(string body) => To(Topology.Body(body).Instance);

    public Uri HttpOf(string instance) => new(addresses[instance].Http);

    public async Task StopAsync(string instance)
    {
        await running[instance].DisposeAsync();
        running.Remove(instance);
    }

    /// <summary>Starts an instance (again), on its own journals and whatever ports are free, and waits until all its bodies take commands.</summary>
    public async Task StartAsync(string instance)
    {
        await StartReadingAsync(instance);
        if (running[instance].Services.GetService<BodyHost>() is { } bodies)
            await Wait.UntilAsync(
                () => Task.FromResult(bodies.All.Select(body => body.Sequencer.ReadsOnlyBecause).FirstOrDefault(why => why is not null)),
                why => why is null, $"{instance} taking commands");
    }

    /// <summary>The same, without waiting.</summary>
    public async Task StartReadingAsync(string instance)
    {
        var service = Topology.Instances.Single(one => one.Name == instance);
        var settings = InstanceSettings.Of(Topology, setup, service).ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        foreach (var (name, address) in addresses)
        {
            settings[$"FundingFlows:Instances:{name}:Grpc"] = address.Grpc;
            settings[$"FundingFlows:Instances:{name}:Http"] = address.Http;
        }
        settings["FundingFlows:Ports:Grpc"] = settings["FundingFlows:Ports:Http"] = "0";
        settings["FundingFlows:CheckpointInterval"] = "00:00:00";
        if (!options.WithAudit)
            settings.Remove("FundingFlows:Audit");
        foreach (var (name, value) in options.Settings.Concat(options.SettingsOf?.Invoke(instance) ?? new Dictionary<string, string?>()))
            settings[name] = value;
        running[instance] = await TestInstance.StartAsync(service.Service, settings, Log, services =>
        {
            Issuer.BelieveIn(services);
            // All instances share the objects that hold addresses, so that a port chosen late is known everywhere.
            services.PostConfigure<InstanceOptions>(shared =>
            {
                foreach (var (name, address) in addresses)
                    shared.Instances[name] = address;
            });
            options.Configure?.Invoke(instance, services);
        });
        (addresses[instance].Grpc, addresses[instance].Http) = running[instance].Addresses;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in channels.Values)
            channel.Dispose();
        await Task.WhenAll(running.Values.Select(instance => instance.DisposeAsync().AsTask()));
        folder.Delete(recursive: true);
    }
}
