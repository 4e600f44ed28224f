using System.Globalization;

namespace FundingFlows.AppHost;

/// <summary>The development issuer of tokens: it gives anyone on this machine a token for any role.</summary>
internal static class IssuerResource
{
    public static IResourceBuilder<ProjectResource> AddIssuer(this IDistributedApplicationBuilder builder, HostPlan plan) =>
        builder.AddProject<Projects.Local>("issuer")
            .WithLoopbackEndpoint(LoopbackEndpoints.Http, plan.Ports.Issuer)
            .WithArgs("issuer", "--topology", plan.TopologyPath, "--port", plan.Ports.Issuer.ToString(CultureInfo.InvariantCulture))
            .WithHttpHealthCheck("/.well-known/openid-configuration", endpointName: LoopbackEndpoints.Http);
}
