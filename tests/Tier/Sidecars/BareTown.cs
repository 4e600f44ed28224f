using Dapr.Client;

namespace FundingFlows.Tiers.Tests;

/// <summary>The sidecars of the test topology, with apps beside them that only publish and only hear.</summary>
internal sealed class BareTown : IAsyncDisposable
{
    public const string Journal = "journal", DeadLetters = "journal-dead";
    private const string PubSub = "pubsub";
    private readonly List<EventApp> apps = [];

    private BareTown(ISidecars sidecars) => Sidecars = sidecars;

    public ISidecars Sidecars { get; }

    public static async Task<BareTown> MakeAsync(Runtime runtime) => new(await runtime.MakeAsync(TestTopology.Make()));

    /// <summary>Starts the sidecar of an app that publishes and hears nothing.</summary>
    public async Task PublisherAsync(string name) => await ListenerAsync(name);

    /// <summary>Starts an app and its sidecar.</summary>
    /// <param name="subscriptions">As of <see cref="EventApp"/>.</param>
    public async Task<EventApp> ListenerAsync(string name, params (string Topic, string? DeadLetters, bool IsRaw)[] subscriptions)
    {
        var app = await AppAsync(name, subscriptions);
        await Sidecars.StartAsync(name);
        return app;
    }

    /// <summary>Starts an app alone.</summary>
    public async Task<EventApp> AppAsync(string name, params (string Topic, string? DeadLetters, bool IsRaw)[] subscriptions)
    {
        var app = await EventApp.StartAsync(subscriptions);
        apps.Add(app);
        Sidecars.Beside(name, app.Address);
        return app;
    }

    /// <summary>Publishes as a service does.</summary>
    public async Task PublishAsync(string app, int number, string topic = Journal)
    {
        using var dapr = new DaprClientBuilder().UseGrpcEndpoint($"http://127.0.0.1:{Sidecars.PortOf(app)}").Build();
        var metadata = new Dictionary<string, string> { ["cloudevent.id"] = $"event/{number}", ["cloudevent.source"] = "test/1", ["cloudevent.type"] = "test.v1", ["cloudevent.subject"] = "somebody" };
        await dapr.PublishEventAsync(PubSub, topic, new Numbered(number), metadata, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in apps)
            await app.DisposeAsync();
        await Sidecars.DisposeAsync();
    }

    private sealed record Numbered(int Number);
}
