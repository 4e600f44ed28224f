using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Grpc.Net.Client;

namespace FundingFlows.Gateway.Tests;

/// <summary>A gateway as the outside sees it: REST and the page on one port, gRPC on the other.</summary>
public sealed class Front(string grpc, string http) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = new Uri(http) };

    public GrpcChannel Grpc { get; } = GrpcChannel.ForAddress(grpc);

    /// <summary>The gateway of a federation.</summary>
    public static Front Of(TestFederation federation) => Of(federation.Instance(federation.Topology.Gateway.Name));

    public static Front Of(TestInstance gateway) => new(gateway.Addresses.Grpc, gateway.Addresses.Http);

    /// <summary>Metadata that says which body a call is for.</summary>
    public static Metadata For(string body) => new() { { "ff-body", body } };

    /// <summary>Asks for a path, sent as it is written.</summary>
    public async Task<Reply> GetAsync(string path) => await SendAsync(HttpMethod.Get, path);

    public async Task<Reply> PostAsync(string path, JsonNode body, string? token = null) => await SendAsync(HttpMethod.Post, path, body, token);

    public async Task<Reply> SendAsync(HttpMethod method, string path, JsonNode? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(client.BaseAddress + path[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request);
        return new Reply(
            response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync(),
            response.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose()
    {
        Grpc.Dispose();
        client.Dispose();
    }
}

/// <summary>What the gateway answered by HTTP.</summary>
public sealed record Reply(HttpStatusCode Status, string MediaType, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The sentence of problem details.</summary>
    public string Sentence => $"{Json["detail"]}";
}
