using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;

namespace FundingFlows.Support;

/// <summary>What the runtime makes of an app's answer to an event.</summary>
public enum EventVerdict
{
    /// <summary>The app took it.</summary>
    Success,

    /// <summary>It is delivered again, as often as the operator has chosen.</summary>
    Retry,

    /// <summary>Nobody wants it: it is gone, or in the dead-letter topic where there is one.</summary>
    Drop,
}

/// <summary>How the runtime reads answers to events that it posted by HTTP.</summary>
public static class EventVerdicts
{
    /// <summary>
    /// A 2xx takes the event, unless its body says <c>RETRY</c>, <c>DROP</c>, or a status that the runtime does not know (tried
    /// again); a body that is no such JSON says nothing. 404 drops; any other status is tried again.
    /// </summary>
    public static EventVerdict Of(HttpStatusCode status, string body) => (int)status switch
    {
        >= 200 and <= 299 => Said(body) switch
        {
            null or "" or "SUCCESS" => EventVerdict.Success,
            "DROP" => EventVerdict.Drop,
            _ => EventVerdict.Retry,
        },
        404 => EventVerdict.Drop,
        _ => EventVerdict.Retry,
    };

    private static string? Said(string body)
    {
        try
        {
            return JsonNode.Parse(body, new JsonNodeOptions { PropertyNameCaseInsensitive = true }) is JsonObject answer
                && answer["status"] is JsonValue value && value.TryGetValue<string>(out var status) ? status : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The envelope that the runtime makes around what an app publishes.</summary>
public static class CloudEventEnvelope
{
    private const string Prefix = "cloudevent.";
    private static int made;

    /// <summary>
    /// Metadata that begins with <c>cloudevent.</c> goes before the runtime's own attributes, whatever its case. Data that says
    /// it is JSON stands as JSON, if it is; all else is text. (Not in the double, since nobody here publishes so: data that is
    /// an envelope already, bytes, and raw payloads.)
    /// </summary>
    public static JsonObject Of(PublishEventRequest request)
    {
        var given = request.Metadata.Where(one => one.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(one => one.Key[Prefix.Length..], one => one.Value, StringComparer.OrdinalIgnoreCase);
        string Of(string attribute, string otherwise) => given.GetValueOrDefault(attribute) is { Length: > 0 } value ? value : otherwise;
        var trace = Of("traceparent", Of("traceid", "00-00000000000000000000000000000000-0000000000000000-00"));
        var contentType = request.DataContentType.Length > 0 ? request.DataContentType : "text/plain";
        var envelope = new JsonObject
        {
            ["id"] = Of("id", $"event-{Interlocked.Increment(ref made)}"),
            ["specversion"] = "1.0",
            ["datacontenttype"] = contentType,
            ["source"] = Of("source", "an-app"),
            ["type"] = Of("type", "com.dapr.event.sent"),
            ["topic"] = request.Topic,
            ["pubsubname"] = request.PubsubName,
            ["traceid"] = trace,
            ["traceparent"] = trace,
            ["tracestate"] = Of("tracestate", ""),
            ["time"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
            ["data"] = IsJson(contentType) ? JsonOrText(request.Data.ToStringUtf8()) : request.Data.ToStringUtf8(),
        };
        if (Of("subject", "") is { Length: > 0 } subject)
            envelope["subject"] = subject;
        return envelope;
    }

    private static bool IsJson(string contentType) => contentType.Split(';')[0].Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static JsonNode? JsonOrText(string data)
    {
        try
        {
            return JsonNode.Parse(data);
        }
        catch (JsonException)
        {
            return data;
        }
    }
}
