using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
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
    private static readonly TimeSpan RedeliveryPause = TimeSpan.FromMilliseconds(20);
    private readonly WebApplication app;
    private readonly HttpClient client = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<(string PubSub, string Topic), ConcurrentDictionary<string, Uri>> subscribers = new();
    private readonly ConcurrentDictionary<(string PubSub, string Topic, string App), string> deadLetterTopics = new();
    private readonly ConcurrentQueue<JsonObject> published = new();
    private readonly ConcurrentQueue<(string Route, HttpStatusCode Status, EventVerdict Verdict)> answers = new();
    private readonly ConcurrentBag<Task> underWay = [];

    private DaprDouble(WebApplication app) => this.app = app;

    /// <summary>The gRPC port that apps publish to.</summary>
    public int GrpcPort => new Uri(app.Addresses()[0]).Port;

    /// <summary>Every event that was published, in its CloudEvents envelope.</summary>
    public IReadOnlyCollection<JsonObject> Published => published;

    /// <summary>What apps answered to the events that were posted to them.</summary>
    public IReadOnlyCollection<(string Route, HttpStatusCode Status, EventVerdict Verdict)> Answers => answers;

    /// <summary>How often an event that was just published is delivered. Null: once.</summary>
    public Func<JsonObject, int>? Deliveries { get; set; }

    /// <summary>How long an event that was just published lies with the broker: so that events come late and in another order. Null: not at all.</summary>
    public Func<JsonObject, Task>? Delay { get; set; }

    /// <summary>What the broker makes of an event that was just published: poison. Null: itself.</summary>
    public Func<JsonObject, byte[]?>? Instead { get; set; }

    /// <summary>Held until it ends by each app that publishes: a slow broker. Null: it is fast.</summary>
    public Func<Task>? BeforePublishing { get; set; }

    /// <summary>While it is so, the sidecar answers that it could not publish.</summary>
    public bool BrokerIsDown { get; set; }

    /// <param name="port">Where to listen. 0: anywhere.</param>
    public static async Task<DaprDouble> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateBuilder(TestInstance.Unwatched);
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        DaprDouble? self = null;
        builder.Services.AddSingleton(_ => new DaprRuntime(request => self!.PublishAsync(request)));
        var app = builder.Build();
        app.MapGrpcService<DaprRuntime>();
        self = new DaprDouble(app);
        await app.StartAsync();
        return self;
    }

    /// <summary>Does what a sidecar does when its app is up: asks what it subscribes to. An app that comes back takes its old place.</summary>
    /// <param name="appId">What the app is called. Null: by its address.</param>
    public async Task AttachAsync(Uri appAddress, string? appId = null)
    {
        foreach (var subscription in await SubscriptionsAsync(appAddress))
        {
            subscribers.GetOrAdd((subscription.PubSub, subscription.Topic), _ => new())[appId ?? appAddress.ToString()] = new Uri(appAddress, subscription.Route);
            if (subscription.DeadLetters is { Length: > 0 } deadLetters)
                deadLetterTopics[(subscription.PubSub, subscription.Topic, appId ?? appAddress.ToString())] = deadLetters;
        }
    }

    /// <summary>What an app subscribes to. Names are read as the runtime reads them: whatever their case.</summary>
    public async Task<IReadOnlyList<(string PubSub, string Topic, string Route, string? DeadLetters)>> SubscriptionsAsync(Uri appAddress)
    {
        var answer = JsonNode.Parse(await client.GetStringAsync(new Uri(appAddress, "/dapr/subscribe")), new JsonNodeOptions { PropertyNameCaseInsensitive = true })!;
        return [.. answer.AsArray().Select(one => ((string)one!["pubsubname"]!, (string)one["topic"]!, (string?)one["routes"]?["default"] ?? (string)one["route"]!, (string?)one["deadLetterTopic"]))];
    }

    /// <summary>Posts an event to the subscribers of a topic, as it stands, and returns when each has taken or dropped it.</summary>
    public Task DeliverAsync(string pubSub, string topic, JsonObject envelope) => DeliverAsync(pubSub, topic, Encoding.UTF8.GetBytes(envelope.ToJsonString()));

    /// <summary>Posts anything to an app's subscription, once, and answers with what becomes of it.</summary>
    public Task<EventVerdict> PostAsync(string pubSub, string topic, string app, byte[] anything) => PostAsync(subscribers[(pubSub, topic)][app], anything);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await app.StopAsync();
        await app.DisposeAsync();
        await Task.WhenAll(underWay);
        client.Dispose();
        stopping.Dispose();
    }

    /// <summary>A publisher is answered once the broker has the event, whoever takes it and when.</summary>
    private async Task PublishAsync(PublishEventRequest request)
    {
        if (BeforePublishing is { } wait)
            await wait();
        if (BrokerIsDown)
            throw new RpcException(new Status(StatusCode.Internal, $"error when publishing to topic {request.Topic} in pubsub {request.PubsubName}: the broker is down"));
        if (request.PubsubName.Length == 0 || request.Topic.Length == 0)
            throw new RpcException(new Status(StatusCode.InvalidArgument, "pubsub name or topic is empty"));
        var envelope = CloudEventEnvelope.Of(request);
        var bytes = Encoding.UTF8.GetBytes(envelope.ToJsonString());
        published.Enqueue(envelope);
        bytes = Instead?.Invoke(envelope) ?? bytes;
        for (var i = Deliveries?.Invoke(envelope) ?? 1; i > 0; i--)
            underWay.Add(Task.Run(() => DeliverLaterAsync(request.PubsubName, request.Topic, envelope, bytes)));
    }

    private async Task DeliverLaterAsync(string pubSub, string topic, JsonObject envelope, byte[] bytes)
    {
        if (Delay is { } delay)
            await delay(envelope).WaitAsync(stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DeliverAsync(pubSub, topic, bytes);
    }

    private async Task DeliverAsync(string pubSub, string topic, byte[] envelope)
    {
        if (subscribers.TryGetValue((pubSub, topic), out var apps))
            await Task.WhenAll(apps.Keys.Select(app => DeliverAsync(apps, pubSub, topic, app, envelope)));
    }

    private async Task DeliverAsync(ConcurrentDictionary<string, Uri> apps, string pubSub, string topic, string app, byte[] envelope)
    {
        EventVerdict verdict;
        while ((verdict = await PostAsync(apps[app], envelope)) == EventVerdict.Retry && !stopping.IsCancellationRequested)
            await Task.Delay(RedeliveryPause, TimeProvider.System, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (verdict == EventVerdict.Drop && deadLetterTopics.GetValueOrDefault((pubSub, topic, app)) is { } deadLetters)
            await DeliverAsync(pubSub, deadLetters, envelope);
    }

    private async Task<EventVerdict> PostAsync(Uri route, byte[] envelope)
    {
        using var content = new ByteArrayContent(envelope);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        try
        {
            using var answer = await client.PostAsync(route, content, stopping.Token);
            var verdict = EventVerdicts.Of(answer.StatusCode, await answer.Content.ReadAsStringAsync(stopping.Token));
            answers.Enqueue((route.AbsolutePath, answer.StatusCode, verdict));
            return verdict;
        }
        catch (Exception problem) when (problem is HttpRequestException or OperationCanceledException)
        {
            // The app is not there: the broker keeps the event until it is.
            return EventVerdict.Retry;
        }
    }
}

/// <summary>
/// The part of the runtime's API that publishes. The package has no base class for it, so it is bound by hand; who binds a method
/// looks for one that is virtual, as generated ones are.
/// </summary>
[BindServiceMethod(typeof(DaprRuntime), nameof(Bind))]
public class DaprRuntime(Func<PublishEventRequest, Task> publish)
{
    public static void Bind(ServiceBinderBase binder, DaprRuntime? service) => binder.AddMethod(
        new Method<PublishEventRequest, Empty>(
            MethodType.Unary, "dapr.proto.runtime.v1.Dapr", "PublishEvent",
            Marshallers.Create(Google.Protobuf.MessageExtensions.ToByteArray, PublishEventRequest.Parser.ParseFrom),
            Marshallers.Create(Google.Protobuf.MessageExtensions.ToByteArray, Empty.Parser.ParseFrom)),
        service is null ? null! : service.PublishEvent);

    public virtual async Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context)
    {
        await publish(request);
        return new Empty();
    }
}
