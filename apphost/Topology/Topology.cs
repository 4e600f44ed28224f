namespace FundingFlows.Topologies;

/// <summary>What an instance runs.</summary>
public enum ServiceKind
{
    CentralGovernment,
    CombinedAuthority,
    Council,
    NeighbourhoodForum,
    Audit,
    Gateway,
}

/// <summary>A process of the topology.</summary>
/// <param name="Name">Lower-case letters, digits and hyphens.</param>
public sealed record Instance(string Name, ServiceKind Service);

/// <summary>A body, the instance that hosts it, and who vouches for it and funds it.</summary>
/// <param name="RegisteredBy">The body that registers it. The root of the federation names itself.</param>
/// <param name="FundedBy">The bodies that it has funding agreements with, as recipient.</param>
/// <param name="Population">People who live there. Null: not given.</param>
/// <param name="Deprivation">Average score of deprivation, more is worse. Null: not given.</param>
public sealed record TopologyBody(
    string Id, string Name, Tier Tier, LegalForm LegalForm, string Instance, string RegisteredBy,
    IReadOnlyList<string> FundedBy, long? Population, decimal? Deprivation)
{
    /// <summary>Its identifiers as an organisation, as org-id.guide lists them. None: only its id is known.</summary>
    public IReadOnlyList<string> Organisations { get; init; } = [];

    /// <summary>The bodies that take over from it when it is abolished. None: it is not.</summary>
    public IReadOnlyList<string> SucceededBy { get; init; } = [];
}

/// <summary>Which bodies run where. Used by both hosts.</summary>
public sealed record Topology(IReadOnlyList<Instance> Instances, IReadOnlyList<TopologyBody> Bodies)
{
    /// <summary>The one body that registers itself.</summary>
    public TopologyBody Root => Bodies.Single(body => body.RegisteredBy == body.Id);

    public Instance Audit => Instances.Single(instance => instance.Service == ServiceKind.Audit);

    public Instance Gateway => Instances.Single(instance => instance.Service == ServiceKind.Gateway);

    public TopologyBody Body(string id) => Bodies.Single(body => body.Id == id);

    public IEnumerable<TopologyBody> HostedBy(Instance instance) => Bodies.Where(body => body.Instance == instance.Name);

    public IEnumerable<TopologyBody> OfTier(Tier tier) => Bodies.Where(body => body.Tier == tier);

    /// <summary>The bodies that a body funds, in the order of the file.</summary>
    public IEnumerable<TopologyBody> FundedFrom(string funder) => Bodies.Where(body => body.FundedBy.Contains(funder));

    /// <summary>The sample that comes with the project: the North East of England.</summary>
    public static string SamplePath => Path.Combine(AppContext.BaseDirectory, "north-east.json");
}

/// <summary>A topology file cannot be used: what is wrong, and in which line.</summary>
public sealed class TopologyException(string message) : Exception(message);
