using Microsoft.Extensions.Configuration;

namespace FundingFlows.Tiers;

/// <summary>Whether a Dapr sidecar stands beside this instance: whoever starts one says so by its port or endpoint.</summary>
public sealed class SidecarPresence(IConfiguration configuration)
{
    public bool IsThere { get; } =
        configuration["DAPR_GRPC_ENDPOINT"] is { Length: > 0 } || configuration["DAPR_GRPC_PORT"] is { Length: > 0 };
}
