namespace FundingFlows.AppHost;

/// <summary>The sample year: officers of all bodies, through the gateway. It is played when somebody starts it on the dashboard.</summary>
internal static class SampleYearResource
{
    public static void AddSampleYear(
        this IDistributedApplicationBuilder builder, HostPlan plan, IReadOnlyDictionary<string, IResourceBuilder<ProjectResource>> instances,
        IResourceBuilder<ProjectResource> issuer)
    {
        var gateway = instances[plan.Topology.Gateway.Name];
        var year = builder.AddProject<Projects.Local>("sample-year")
            .WithArgs("play", "--topology", plan.TopologyPath, "--data", plan.Federation.Data)
            .WithArgs("--gateway-http", gateway.GetEndpoint(LoopbackEndpoints.Http), "--gateway-grpc", gateway.GetEndpoint(LoopbackEndpoints.Grpc))
            .WithArgs("--issuer", issuer.GetEndpoint(LoopbackEndpoints.Http))
            .WithExplicitStart()
            .WaitFor(issuer);
        foreach (var instance in instances.Values)
            year.WaitFor(instance);
    }
}
