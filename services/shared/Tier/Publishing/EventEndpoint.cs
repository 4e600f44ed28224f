using System.Text.Json;
using Dapr;
using FundingFlows.Contracts.Links.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>
/// Subscribes to the topic of journals: an event only says where to look, so a lost, repeated or false one does no harm. One
/// that cannot be read is dropped, since it would be no better the next time.
/// </summary>
public static partial class EventEndpoint
{
    private sealed record Envelope(string? Type, JsonElement? Data);

    /// <summary>
    /// Maps what hears of journals. Only who audits or may fund others asks for them, and the component of the sidecar grants it to those that do by the topology; a forum funds
    /// nobody, and follows its registrar by the stream.
    /// </summary>
    public static void MapJournalEvents(this WebApplication app)
    {
        var pubSub = app.Services.GetRequiredService<IOptions<InstanceOptions>>().Value.Events.PubSub;
        if (app.Services.GetService<BodyHost>()?.Tier == Tier.NeighbourhoodForum)
            return;
        app.MapPost(JournalMoved.Route, async (HttpContext context, FollowedJournals followed, SecurityRecord security, ILogger<JournalMoved> log) =>
        {
            if (await ReadAsync(context) is not { Body: not null } moved)
            {
                LogDropped(log);
                security.Tell(SecurityEventKind.EventUnreadable, "EVENT_UNREADABLE", "", "");
                return Results.Json(new { status = "DROP" });
            }
            followed.Hear(moved with { Checkpoint = moved.Checkpoint ?? "" });
            return Results.Json(new { status = "SUCCESS" });
        }).WithTopic(new TopicOptions { PubsubName = pubSub, Name = JournalMoved.Topic, DeadLetterTopic = JournalMoved.DeadLetters });
    }

    /// <summary>
    /// Maps what takes dead letters, for the auditor: the one that does, so that what it counts and nobody has dealt with is how deep their topic is. They are taken
    /// as they are: what is in one could not be read by somebody.
    /// </summary>
    public static void MapDeadLetters(this WebApplication app)
    {
        var pubSub = app.Services.GetRequiredService<IOptions<InstanceOptions>>().Value.Events.PubSub;
        var security = app.Services.GetRequiredService<SecurityRecord>();
        app.Services.GetRequiredService<LinkMetrics>().CountDeadLetters(() => security.CountOf(SecurityEventKind.DeadLetter));
        app.MapPost(JournalMoved.DeadLetterRoute, () =>
        {
            security.Tell(SecurityEventKind.DeadLetter, "DEAD_LETTER", "", "");
            return Results.Json(new { status = "SUCCESS" });
        }).WithTopic(new TopicOptions { PubsubName = pubSub, Name = JournalMoved.DeadLetters, EnableRawPayload = true });
    }

    /// <summary>What a CloudEvent in structured JSON says. Null: it is no event of this type.</summary>
    private static async Task<JournalMoved?> ReadAsync(HttpContext context)
    {
        try
        {
            var envelope = await JsonSerializer.DeserializeAsync<Envelope>(context.Request.Body, JsonSerializerOptions.Web, context.RequestAborted);
            return envelope is { Type: JournalMoved.Type, Data.ValueKind: JsonValueKind.Object }
                ? envelope.Data.Value.Deserialize<JournalMoved>(JsonSerializerOptions.Web)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Nothing of what it said: anyone may have sent it.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "An event that does not say which journal moved is dropped.")]
    private static partial void LogDropped(ILogger log);
}
