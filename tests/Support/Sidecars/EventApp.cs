using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FundingFlows.Support;

/// <summary>An app that does nothing but subscribe, and answers as it is told.</summary>
public sealed class EventApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Topic, string? ContentType, JsonObject Event)> heard = new();

    private EventApp(WebApplication app) => this.app = app;

    public Uri Address => new(app.Addresses()[0]);

    /// <summary>All that was posted to it, in order, whatever it answered.</summary>
    public IReadOnlyList<(string Topic, string? ContentType, JsonObject Event)> Heard => [.. heard];

    /// <summary>What it answers to a post: a status, and a word in the body. It is told how many came before of the same topic. Null: it takes all.</summary>
    public Func<string, int, CancellationToken, Task<(int Status, string? Word)>>? Answer { get; set; }

    /// <param name="subscriptions">Topic, topic of dead letters, and whether messages come raw.</param>
    public static async Task<EventApp> StartAsync(params (string Topic, string? DeadLetters, bool IsRaw)[] subscriptions)
    {
        var self = new EventApp(TestServer.Speaking(HttpProtocols.Http1).Build());
        self.app.MapGet("/health/live", () => Results.Ok());
        self.app.MapGet("/dapr/subscribe", () => Results.Json(subscriptions.Select(one => new
        {
            pubsubname = "pubsub",
            topic = one.Topic,
            route = $"heard/{one.Topic}",
            deadLetterTopic = one.DeadLetters,
            metadata = one.IsRaw ? new Dictionary<string, string> { ["rawPayload"] = "true" } : null,
        })));
        self.app.MapPost("/heard/{topic}", self.HearAsync);
        await self.app.StartAsync();
        return self;
    }

    public IReadOnlyList<JsonObject> Of(string topic) => [.. Heard.Where(one => one.Topic == topic).Select(one => one.Event)];

    public ValueTask DisposeAsync() => app.EndAsync();

    private async Task<IResult> HearAsync(string topic, HttpContext context)
    {
        var envelope = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
        int before;
        lock (heard)
        {
            before = heard.Count(one => one.Topic == topic);
            heard.Enqueue((topic, context.Request.ContentType, envelope));
        }
        var (status, word) = Answer is { } answer ? await answer(topic, before, context.RequestAborted) : (200, null);
        return word is null ? Results.StatusCode(status) : Results.Text($$"""{"status":"{{word}}"}""", "application/json", Encoding.UTF8, status);
    }
}
