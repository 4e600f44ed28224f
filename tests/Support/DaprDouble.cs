using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Support;

/// <summary>
/// A double of the Dapr runtime's pub/sub that speaks the real protocol: apps publish to it by the runtime's gRPC API, it asks
/// apps what they subscribe to at <c>/dapr/subscribe</c>, and posts CloudEvents to their routes until they say that they took them.
/// </summary>
public sealed class DaprDouble : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient client = new();
    private readonly ConcurrentDictionary<(string PubSub, string Topic), ConcurrentBag<Uri>> subscribers = new();
    private readonly ConcurrentQueue<JsonObject> published = new();

    private DaprDouble(WebApplication app) => this.app = app;

    /// <summary>The gRPC port that apps publish to.</summary>
    public int GrpcPort => new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    /// <summary>Every event that was published, in its CloudEvents envelope.</summary>
    public IReadOnlyCollection<JsonObject> Published => published;

    /// <summary>What to do with an event instead of delivering it once. Null: deliver it once.</summary>
    public Func<JsonObject, int>? Deliveries { get; set; }

    public static async Task<DaprDouble> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        DaprDouble? self = null;
        builder.Services.AddSingleton(_ => new DaprRuntime(request => self!.PublishAsync(request)));
        var app = builder.Build();
        app.MapGrpcService<DaprRuntime>();
        self = new DaprDouble(app);
        await app.StartAsync();
        return self;
    }

    /// <summary>Does what a sidecar does when its app is up: asks what it subscribes to.</summary>
    public async Task AttachAsync(Uri appAddress)
    {
        var answer = await client.GetStringAsync(new Uri(appAddress, "/dapr/subscribe"));
        foreach (var subscription in JsonNode.Parse(answer)!.AsArray())
            subscribers.GetOrAdd(((string)subscription!["pubsubName"]!, (string)subscription["topic"]!), _ => [])
                .Add(new Uri(appAddress, (string)subscription["route"]!));
    }

    /// <summary>Posts an event to the subscribers of a topic, as it stands.</summary>
    public async Task DeliverAsync(string pubSub, string topic, JsonObject envelope)
    {
        foreach (var route in subscribers.GetValueOrDefault((pubSub, topic)) ?? [])
            while (!await TakesAsync(route, envelope))
                await Task.Yield();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        client.Dispose();
    }

    private async Task PublishAsync(PublishEventRequest request)
    {
        var envelope = Envelope(request);
        published.Enqueue(envelope);
        for (var i = Deliveries?.Invoke(envelope) ?? 1; i > 0; i--)
            await DeliverAsync(request.PubsubName, request.Topic, envelope);
    }

    /// <summary>The envelope that the runtime makes around plain data; metadata that begins with <c>cloudevent.</c> goes before its own.</summary>
    private static JsonObject Envelope(PublishEventRequest request)
    {
        string Of(string attribute, string otherwise) => request.Metadata.TryGetValue("cloudevent." + attribute, out var given) ? given : otherwise;
        return new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = Of("id", "double"),
            ["source"] = Of("source", "double"),
            ["type"] = Of("type", "com.dapr.event.sent"),
            ["subject"] = Of("subject", ""),
            ["datacontenttype"] = request.DataContentType,
            ["data"] = JsonNode.Parse(request.Data.ToStringUtf8()),
            ["topic"] = request.Topic,
            ["pubsubname"] = request.PubsubName,
        };
    }

    /// <summary>A 2xx takes the event, unless its body asks to try again; 404 drops it; anything else is tried again.</summary>
    private async Task<bool> TakesAsync(Uri route, JsonObject envelope)
    {
        using var content = new StringContent(envelope.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        try
        {
            using var answer = await client.PostAsync(route, content);
            if (answer.StatusCode == HttpStatusCode.NotFound)
                return true;
            var body = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode && !(body.Length > 0 && JsonDocument.Parse(body).RootElement.TryGetProperty("status", out var status) && status.GetString() == "RETRY");
        }
        catch (HttpRequestException)
        {
            // The app is not there: the broker keeps the event for who subscribes next.
            return true;
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
