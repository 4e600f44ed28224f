using FundingFlows.Topologies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>The smallest federation in which one instance can fail while another goes on: nobody is registered, and no money moves.</summary>
internal static class Mini
{
    /// <summary>Longer than any test waits: what stops must end by itself, not because a host lost its patience.</summary>
    private static readonly TimeSpan NoEnd = TimeSpan.FromMinutes(1);

    public static Task<TestFederation> StartAsync(bool withGateway = true) => TestFederation.StartAsync(options =>
    {
        string[] instances = [CentralInstance, CouncilA, CouncilB, AuditInstance, GatewayInstance];
        string[] bodies = [Central, Durham, Hartlepool];
        options.Topology = new Topology(
            [.. options.Topology.Instances.Where(instance => instances.Contains(instance.Name))],
            [.. options.Topology.Bodies.Where(body => bodies.Contains(body.Id)).Select(body => body with { FundedBy = [] })]);
        options.Register = false;
        options.WithGateway = withGateway;
        options.Configure = (_, services) => services.Configure<HostOptions>(host => host.ShutdownTimeout = NoEnd);
    });
}
