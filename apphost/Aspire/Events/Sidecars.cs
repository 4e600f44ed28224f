namespace FundingFlows.AppHost;

/// <summary>The Dapr sidecars: one beside each instance that publishes or follows journals, so beside all but the gateway.</summary>
internal static class Sidecars
{
    public static void AddSidecars(
        this IDistributedApplicationBuilder builder, HostPlan plan, IReadOnlyDictionary<string, IResourceBuilder<ProjectResource>> instances,
        IResourceBuilder<RedisResource> broker)
    {
        // Redis has a new address in each run, so the sidecars have it in their environment. Who may publish and subscribe comes from the topology.
        // No instance has a dot in its name, so none has this folder.
        var components = Path.Combine(plan.Federation.Data, "dapr.components");
        SidecarFiles.Write(plan.Topology, components, redis: null);
        foreach (var instance in plan.Topology.Instances.Where(instance => instance.Service != ServiceKind.Gateway))
        {
            var service = instances[instance.Name];
            var sidecar = builder.AddSidecar(plan, instance, service, components).WithBroker(broker);
            // That there is a port tells the service that there is a sidecar. It does not wait for it: the sidecar waits for the service.
            service
                .WithEnvironment("DAPR_GRPC_PORT", sidecar.GetEndpoint(LoopbackEndpoints.Grpc).Property(EndpointProperty.TargetPort))
                .WithEnvironment("DAPR_HTTP_PORT", sidecar.GetEndpoint(LoopbackEndpoints.Http).Property(EndpointProperty.TargetPort));
        }
    }

    private static IResourceBuilder<ExecutableResource> AddSidecar(
        this IDistributedApplicationBuilder builder, HostPlan plan, Instance instance, IResourceBuilder<ProjectResource> service, string components)
    {
        var ports = plan.Ports.SidecarOf(instance);
        var sidecar = builder.AddExecutable($"{instance.Name}-dapr", plan.Daprd, components)
            .WithLoopbackEndpoint(LoopbackEndpoints.Http, ports.Http)
            .WithLoopbackEndpoint(LoopbackEndpoints.Grpc, ports.Grpc);
        return sidecar
            .WithArgs("--app-id", instance.Name)
            .WithArgs("--app-protocol", "http", "--app-port", service.GetEndpoint(LoopbackEndpoints.Http).Property(EndpointProperty.TargetPort))
            .WithArgs("--dapr-http-port", sidecar.GetEndpoint(LoopbackEndpoints.Http).Property(EndpointProperty.TargetPort))
            .WithArgs("--dapr-grpc-port", sidecar.GetEndpoint(LoopbackEndpoints.Grpc).Property(EndpointProperty.TargetPort))
            // Both would otherwise listen to the whole network, where anybody could publish.
            .WithArgs("--dapr-listen-addresses", "127.0.0.1", "--dapr-internal-grpc-listen-address", "127.0.0.1")
            // While the service is away nothing is handed to it, so that no news becomes a dead letter for that.
            .WithArgs("--enable-app-health-check", "--app-health-check-path", "/health/live")
            .WithArgs("--resources-path", components)
            // All sidecars would want the same port for it.
            .WithArgs("--enable-metrics=false")
            .WithHttpHealthCheck("/v1.0/healthz", statusCode: 204, endpointName: LoopbackEndpoints.Http)
            .WithParentRelationship(service);
    }

    /// <summary>What the component file takes from the environment. A sidecar that cannot reach its broker ends, so it waits for it.</summary>
    private static IResourceBuilder<ExecutableResource> WithBroker(this IResourceBuilder<ExecutableResource> sidecar, IResourceBuilder<RedisResource> broker) =>
        sidecar
            .WithEnvironment(SidecarFiles.RedisHostVariable, broker.Resource.PrimaryEndpoint.Property(EndpointProperty.HostAndPort))
            .WithEnvironment(SidecarFiles.RedisPasswordVariable, broker.Resource.PasswordParameter!)
            .WaitFor(broker);
}
