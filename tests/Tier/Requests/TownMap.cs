using System.Text.Json;
using FundingFlows.Topologies;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Who there is, and where.</summary>
public sealed partial class Town
{
    public static Topology Topology => TopologyReader.Parse(
        JsonSerializer.Serialize(new
        {
            instances = new[]
            {
                new { name = CentralInstance, service = nameof(ServiceKind.CentralGovernment) },
                new { name = CouncilA, service = nameof(ServiceKind.Council) },
                new { name = Forums, service = nameof(ServiceKind.NeighbourhoodForum) },
                new { name = AuditInstance, service = nameof(ServiceKind.Audit) },
                new { name = GatewayInstance, service = nameof(ServiceKind.Gateway) },
            },
            bodies = new[]
            {
                Body(Central, "government department", CentralInstance, Central),
                Body(Durham, "local authority", CouncilA, Central),
                Body(Newcastle, "local authority", CouncilA, Central),
                Body(Rotating, "local authority", CouncilA, Central),
                Body(Closing, "local authority", CouncilA, Central),
                Body(Easington, "parish council", Forums, Durham),
                Body(Horden, "parish council", Forums, Durham),
                Body(Byker, "parish council", Forums, Newcastle),
                Body(Ending, "local authority", CouncilA, Central),
                Body(HandingOver, "local authority", CouncilA, Central),
                Body(Kept, "unincorporated", Forums, Durham),
            },
        }),
        "town");

    /// <summary>The same town before anything has happened.</summary>
    public static Task<TestFederation> StartEmptyAsync(Action<TestFederationOptions>? configure = null) => TestFederation.StartAsync(options =>
    {
        options.Topology = Topology;
        options.WithAudit = false;
        configure?.Invoke(options);
    });

    private static object Body(string id, string legalForm, string instance, string registeredBy) =>
        new { id, name = $"Body {id}", legalForm, organisations = OrganisationsOf(id), instance, registeredBy, fundedBy = id == registeredBy ? Array.Empty<string>() : [registeredBy] };
}
