using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FundingFlows.Support;

/// <summary>What an app subscribes to, as it says at <c>/dapr/subscribe</c>.</summary>
/// <param name="DeadLetters">The topic of what it does not take. Null: there is none.</param>
/// <param name="IsRaw">It gets messages as they are, in an envelope that is made for each.</param>
public sealed record SubscriptionDouble(string PubSub, string Topic, string Route, string? DeadLetters, bool IsRaw)
{
    private static readonly HttpClient Client = new();

    /// <summary>Asks an app. Names are read as the runtime reads them: whatever their case.</summary>
    public static async Task<IReadOnlyList<SubscriptionDouble>> AskAsync(Uri app, CancellationToken cancellation = default)
    {
        var answer = JsonNode.Parse(await Client.GetStringAsync(new Uri(app, "/dapr/subscribe"), cancellation), new JsonNodeOptions { PropertyNameCaseInsensitive = true })!;
        return [.. answer.AsArray().Select(one => new SubscriptionDouble(
            (string)one!["pubsubname"]!, (string)one["topic"]!, (string?)one["routes"]?["default"] ?? (string)one["route"]!,
            (string?)one["deadLetterTopic"] is { Length: > 0 } topic ? topic : null, (string?)one["metadata"]?["rawPayload"] == "true"))];
    }

    /// <summary>What is posted for a message. Null: nothing, since it is no event, and goes straight to the dead letters.</summary>
    public byte[]? Posted(byte[] message)
    {
        if (IsRaw)
            return JsonSerializer.SerializeToUtf8Bytes(new { id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), specversion = "1.0", datacontenttype = "application/octet-stream", source = "Dapr", type = "com.dapr.event.sent", topic = Topic, pubsubname = PubSub, data_base64 = message });
        try
        {
            return JsonNode.Parse(message) is JsonObject ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
