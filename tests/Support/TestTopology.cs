using System.Text.Json;
using FundingFlows.Topologies;

namespace FundingFlows.Support;

/// <summary>A small federation: central government, a combined authority, three councils on two instances, and forums.</summary>
public static class TestTopology
{
    public const string Central = "mhclg";
    public const string Region = "E47000014";
    public const string Durham = "E06000047";
    public const string Newcastle = "E08000021";
    public const string Hartlepool = "E06000001";
    public const string Easington = "E05009057";
    public const string Horden = "E05009065";
    public const string Byker = "E05001091";

    /// <summary>The forum of Byker is a charity too.</summary>
    public const string BykerCharity = "GB-CHC-9000001";

    public const string CentralInstance = "central";
    public const string RegionInstance = "region";
    public const string CouncilA = "council-a";
    public const string CouncilB = "council-b";
    public const string Forums = "forums";
    public const string AuditInstance = "audit";
    public const string GatewayInstance = "gateway";

    public static Topology Make() => TopologyReader.Parse(
        JsonSerializer.Serialize(new
        {
            instances = new[]
            {
                new { name = CentralInstance, service = "CentralGovernment" },
                new { name = RegionInstance, service = "CombinedAuthority" },
                new { name = CouncilA, service = "Council" },
                new { name = CouncilB, service = "Council" },
                new { name = Forums, service = "NeighbourhoodForum" },
                new { name = AuditInstance, service = "Audit" },
                new { name = GatewayInstance, service = "Gateway" },
            },
            bodies = new[]
            {
                Body(Central, "government department", CentralInstance, Central),
                Body(Region, "combined authority", RegionInstance, Central, Central),
                Body(Durham, "local authority", CouncilA, Central, Region),
                Body(Newcastle, "local authority", CouncilA, Central, Region),
                Body(Hartlepool, "local authority", CouncilB, Central, Region),
                Body(Easington, "parish council", Forums, Durham, Durham),
                Body(Horden, "parish council", Forums, Durham, Durham),
                Body(Byker, "parish council", Forums, Newcastle, Newcastle),
            },
        }),
        "test");

    public static string[] OrganisationsOf(string body) => body == Byker ? [BykerCharity] : [];

    private static object Body(string id, string legalForm, string instance, string registeredBy, params string[] fundedBy) =>
        new { id, name = $"Body {id}", legalForm, organisations = OrganisationsOf(id), instance, registeredBy, fundedBy };
}
