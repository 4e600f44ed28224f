using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace FundingFlows.Tiers.Tests;

/// <summary>The REST port of the instance that hosts a body, asked directly.</summary>
internal sealed class Rest(Town town, string body) : IDisposable
{
    /// <summary>It asks before it sends a body: who refuses one unread may hang up, and an answer would be lost on the way.</summary>
    private readonly HttpClient client = new(new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) })
    {
        BaseAddress = town.Federation.HttpOf(town.Federation.Topology.Body(body).Instance),
        DefaultRequestHeaders = { ExpectContinue = true },
    };

    public Task<RestReply> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)));

    public Task<RestReply> PostAsync(string path, string json, string? token = null, string mediaType = "application/json")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new StringContent(json, Encoding.UTF8, mediaType) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return SendAsync(request);
    }

    public void Dispose() => client.Dispose();

    private async Task<RestReply> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var response = await client.SendAsync(request))
            return new RestReply(response.StatusCode, response.Content.Headers.ContentType?.ToString() ?? "", response.Headers.CacheControl?.ToString() ?? "", await response.Content.ReadAsStringAsync());
    }
}

/// <summary>An answer of REST.</summary>
internal sealed record RestReply(HttpStatusCode Status, string ContentType, string CacheControl, string Text)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string Sentence => $"{Json["message"]}";

    /// <summary>The stable reason of a failure. Empty: it has none.</summary>
    public string Reason => $"{Detail("google.rpc.ErrorInfo")?["reason"]}";

    /// <summary>The fields at fault.</summary>
    public IEnumerable<string> Fields => (Detail("google.rpc.BadRequest")?["fieldViolations"]?.AsArray() ?? []).Select(violation => $"{violation!["field"]}");

    private JsonNode? Detail(string type) => Json["details"]?.AsArray().FirstOrDefault(detail => $"{detail!["@type"]}" == "type.googleapis.com/" + type);
}
