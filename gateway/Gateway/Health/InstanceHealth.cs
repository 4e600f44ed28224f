using System.Text.Json;
using Microsoft.Extensions.Options;

namespace FundingFlows.Gateway;

/// <summary>How an instance behind the gateway is.</summary>
/// <param name="Status"><c>Healthy</c>, <c>Unhealthy</c>, or <c>Unreachable</c>.</param>
/// <param name="Detail">What it says itself, when it says something.</param>
public sealed record InstanceStatus(string Instance, string Status, JsonElement? Detail);

/// <summary>Asks everything behind the gateway how it is.</summary>
public sealed class InstanceHealth(HttpClient client, IOptions<GatewayOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyList<InstanceStatus>> AskAsync(CancellationToken cancellation) =>
        await Task.WhenAll(options.Value.Behind.OrderBy(instance => instance.Key, StringComparer.Ordinal).Select(instance => AskAsync(instance.Key, instance.Value, cancellation)));

    private async Task<InstanceStatus> AskAsync(string name, InstanceAddress address, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            using var response = await client.GetAsync(new Uri(new Uri(address.Http), "/health/ready"), patience.Token);
            var detail = await response.Content.ReadFromJsonAsync<JsonElement>(patience.Token);
            return new InstanceStatus(name, response.IsSuccessStatusCode ? "Healthy" : "Unhealthy", detail);
        }
        catch (Exception problem) when (problem is HttpRequestException or JsonException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new InstanceStatus(name, "Unreachable", null);
        }
    }
}
