using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Support;

/// <summary>
/// A double of the Dapr runtime's pub/sub that speaks the real protocol: apps publish to it by the runtime's gRPC API, it asks
/// apps what they subscribe to at <c>/dapr/subscribe</c>, and posts CloudEvents to their routes until they say that they took
/// them. It stands for the sidecars of all apps and for the broker between them.
/// </summary>
public sealed class DaprDouble : IAsyncDisposable
{
    private readonly List<WebApplication> servers = [];
    private readonly ConcurrentQueue<JsonObject> published = new();

    private DaprDouble(ComponentText? component) => Broker = new BrokerDouble(component);

    /// <summary>What lies behind the sidecars.</summary>
    public BrokerDouble Broker { get; }

    /// <summary>The gRPC port that any app may publish to.</summary>
    public int GrpcPort => new Uri(servers[0].Addresses()[0]).Port;

    /// <summary>Every event that was published, in its CloudEvents envelope.</summary>
    public IReadOnlyCollection<JsonObject> Published => published;

    /// <summary>What apps answered to the events that were posted to them.</summary>
    public IReadOnlyCollection<(string Route, HttpStatusCode Status, EventVerdict Verdict)> Answers => Broker.Answers;

    /// <summary>How often an event that was just published is delivered, all at once. Null: once.</summary>
    public Func<JsonObject, int>? Deliveries { get; set; }

    /// <summary>How long an event that was just published lies with the broker: so that events come late and in another order. Null: not at all.</summary>
    public Func<JsonObject, Task>? Delay { get; set; }

    /// <summary>What the broker makes of an event that was just published: poison. Null: itself.</summary>
    public Func<JsonObject, byte[]?>? Instead { get; set; }

    /// <summary>Held until it ends by each app that publishes of a body, which is named: a slow broker. Null: it is fast.</summary>
    public Func<string, Task>? BeforePublishing { get; set; }

    /// <summary>While it is so, the sidecar answers that it could not publish.</summary>
    public bool BrokerIsDown { get; set; }

    /// <param name="port">Where to listen. 0: anywhere.</param>
    /// <param name="component">Who may do what. Null: anybody anything.</param>
    public static async Task<DaprDouble> StartAsync(int port = 0, ComponentText? component = null)
    {
        var self = new DaprDouble(component);
        await self.ListenAsync(app: null, port);
        return self;
    }

    /// <summary>Listens for what one app publishes. Answers with the port.</summary>
    /// <param name="app">Null: any app, which may do anything.</param>
    public async Task<int> ListenAsync(string? app, int port = 0)
    {
        var builder = WebApplication.CreateBuilder(TestInstance.Unwatched);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(_ => new DaprRuntime(request => PublishAsync(request, app)));
        var server = builder.Build();
        server.MapGrpcService<DaprRuntime>();
        await server.StartAsync();
        servers.Add(server);
        return new Uri(server.Addresses()[0]).Port;
    }

    /// <summary>Does what a sidecar does when its app is up: asks what it subscribes to. An app that comes back takes its old place.</summary>
    /// <param name="appId">What the app is called. Null: by its address.</param>
    public async Task AttachAsync(Uri appAddress, string? appId = null) =>
        Broker.Attach(appId ?? appAddress.ToString(), appAddress, await SubscriptionDouble.AskAsync(appAddress));

    /// <summary>Posts an event to the subscribers of a topic, as it stands, and returns when each has taken or dropped it.</summary>
    public Task DeliverAsync(string pubSub, string topic, JsonObject envelope) => Broker.DeliverAsync(pubSub, topic, Encoding.UTF8.GetBytes(envelope.ToJsonString()));

    /// <summary>Posts anything to an app's subscription, once, and answers with what becomes of it.</summary>
    public async Task<EventVerdict> PostAsync(string pubSub, string topic, string app, byte[] anything) => await Broker.PostAsync(pubSub, topic, app, anything) ?? EventVerdict.Retry;

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        foreach (var server in servers)
            await server.EndAsync();
    }

    /// <summary>A publisher is answered once the broker has the event, whoever takes it and when.</summary>
    private async Task PublishAsync(PublishEventRequest request, string? app)
    {
        if (BeforePublishing is { } wait)
            await wait((string)CloudEventEnvelope.Of(request)["subject"]!);
        if (BrokerIsDown)
            throw new RpcException(new Status(StatusCode.Internal, $"error when publishing to topic {request.Topic} in pubsub {request.PubsubName}: the broker is down"));
        if (request.PubsubName.Length == 0 || request.Topic.Length == 0)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "pubsub name or topic is empty"));
        if (app is not null && !Broker.MayPublish(app, request.Topic))
            throw new RpcException(new Status(StatusCode.PermissionDenied, $"topic {request.Topic} is not allowed for app id {app}"));
        var envelope = CloudEventEnvelope.Of(request);
        published.Enqueue(envelope);
        var bytes = Instead?.Invoke(envelope) ?? Encoding.UTF8.GetBytes(envelope.ToJsonString());
        Broker.Put(request.PubsubName, request.Topic, bytes, Deliveries?.Invoke(envelope) ?? 1, Delay is { } delay ? () => delay(envelope) : null);
    }
}
