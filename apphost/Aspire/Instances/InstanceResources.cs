namespace FundingFlows.AppHost;

/// <summary>The instances of the topology: each is a project that runs with settings of its own.</summary>
internal static class InstanceResources
{
    /// <summary>
    /// Adds every instance, and tells each where all are and whose tokens to believe. None waits for another: they talk to each
    /// other in both directions, and go on by themselves whatever starts first.
    /// </summary>
    public static IReadOnlyDictionary<string, IResourceBuilder<ProjectResource>> AddInstances(
        this IDistributedApplicationBuilder builder, HostPlan plan, IResourceBuilder<ProjectResource> issuer)
    {
        var all = plan.Topology.Instances.ToDictionary(instance => instance.Name, instance => builder.AddInstance(plan, instance));
        foreach (var resource in all.Values)
        {
            resource
                .WithEnvironment("FundingFlows__SignIn__Authority", issuer.GetEndpoint(LoopbackEndpoints.Http))
                .WithEnvironment("FundingFlows__SignIn__RequireHttps", "false");
            foreach (var (name, other) in all)
                resource
                    .WithEnvironment($"FundingFlows__Instances__{name}__Grpc", other.GetEndpoint(LoopbackEndpoints.Grpc))
                    .WithEnvironment($"FundingFlows__Instances__{name}__Http", other.GetEndpoint(LoopbackEndpoints.Http));
        }
        all[plan.Topology.Gateway.Name].WithUrlForEndpoint(LoopbackEndpoints.Http, url => url.DisplayText = "Page");
        return all;
    }

    private static IResourceBuilder<ProjectResource> AddInstance(this IDistributedApplicationBuilder builder, HostPlan plan, Instance instance)
    {
        var ports = plan.Ports.Of(instance);
        return builder.AddService(instance)
            .WithLoopbackEndpoint(LoopbackEndpoints.Http, ports.Http, "FundingFlows__Ports__Http")
            .WithLoopbackEndpoint(LoopbackEndpoints.Grpc, ports.Grpc, "FundingFlows__Ports__Grpc")
            .WithEnvironment("FundingFlowsSettings", SettingsFile(plan, instance))
            .WithHttpHealthCheck(instance.Service == ServiceKind.Gateway ? "/health/live" : "/health/ready", endpointName: LoopbackEndpoints.Http);
    }

    private static IResourceBuilder<ProjectResource> AddService(this IDistributedApplicationBuilder builder, Instance instance) => instance.Service switch
    {
        ServiceKind.CentralGovernment => builder.AddProject<Projects.CentralGovernment>(instance.Name),
        ServiceKind.CombinedAuthority => builder.AddProject<Projects.CombinedAuthority>(instance.Name),
        ServiceKind.Council => builder.AddProject<Projects.Council>(instance.Name),
        ServiceKind.NeighbourhoodForum => builder.AddProject<Projects.NeighbourhoodForum>(instance.Name),
        ServiceKind.Audit => builder.AddProject<Projects.Audit>(instance.Name),
        ServiceKind.Gateway => builder.AddProject<Projects.Gateway>(instance.Name),
        _ => throw new TopologyException($"{instance.Name} is a {instance.Service}, which this host cannot start."),
    };

    /// <summary>
    /// Writes what depends on no address, too much for an environment: the federation, the bodies, and which instance hosts each.
    /// What the environment says goes before it.
    /// </summary>
    private static string SettingsFile(HostPlan plan, Instance instance)
    {
        var settings = InstanceSettings.Of(plan.Topology, plan.Federation, instance);
        var (name, notice) = InstanceSettings.SampleNotice;
        settings[name] = notice;
        return InstanceSettings.Write(settings, plan.Federation, instance);
    }
}
