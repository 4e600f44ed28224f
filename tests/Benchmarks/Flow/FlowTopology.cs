using FundingFlows.Topologies;

namespace FundingFlows.Benchmarks;

/// <summary>The way of one pound: from the centre through an authority and a council to a forum.</summary>
internal sealed record Way(string Authority, string Council, string Forum);

/// <summary>
/// 41 bodies that share the load: a centre, 4 authorities, 12 councils and 24 forums, each funded by one above. One council has an instance of its
/// own, so that it can be cut off alone.
/// </summary>
internal static class FlowTopology
{
    public const string Centre = "centre";

    /// <summary>The council that is cut off, and its instance.</summary>
    public const string CutOff = "council-1";
    public const string CutOffInstance = "council-apart";

    private const int Authorities = 4, Councils = 12, Forums = 24;

    public static IReadOnlyList<Way> Ways { get; } = [.. Enumerable.Range(0, Forums).Select(i => new Way(Authority(i % Councils), Council(i), $"forum-{i + 1}"))];

    public static Topology Make() => new(
        [
            new Instance("central", ServiceKind.CentralGovernment), new Instance("authorities", ServiceKind.CombinedAuthority), new Instance(CutOffInstance, ServiceKind.Council),
            new Instance("councils", ServiceKind.Council), new Instance("forums", ServiceKind.NeighbourhoodForum), new Instance("audit", ServiceKind.Audit),
            new Instance("gateway", ServiceKind.Gateway),
        ],
        [
            Body(Centre, Tier.CentralGovernment, LegalForm.GovernmentDepartment, "central", Centre, []),
            .. Enumerable.Range(0, Authorities).Select(i => Body(Authority(i), Tier.CombinedAuthority, LegalForm.CombinedAuthority, "authorities", Centre, [Centre])),
            .. Enumerable.Range(0, Councils).Select(i => Body(Council(i), Tier.Council, LegalForm.LocalAuthority, Council(i) == CutOff ? CutOffInstance : "councils", Centre, [Authority(i)])),
            .. Ways.Select(way => Body(way.Forum, Tier.NeighbourhoodForum, LegalForm.ParishCouncil, "forums", way.Council, [way.Council])),
        ]);

    private static string Authority(int council) => $"authority-{(council % Authorities) + 1}";

    private static string Council(int forum) => $"council-{(forum % Councils) + 1}";

    private static TopologyBody Body(string id, Tier tier, LegalForm form, string instance, string registrar, IReadOnlyList<string> funders) =>
        new(id, id, tier, form, instance, registrar, funders, Population: null, Deprivation: null);
}
