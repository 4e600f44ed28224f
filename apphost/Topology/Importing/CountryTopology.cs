namespace FundingFlows.Topologies;

/// <summary>
/// The topology of a country of councils: central government, the combined authorities and counties that the table names, its
/// councils, and a forum for each left-behind ward.
/// </summary>
/// <remarks>
/// Central government funds combined authorities and every council outside one; a combined authority funds its councils, a council its
/// forums. A county stands beside the districts of its area and funds none of them; it is in a combined authority when all of them are.
/// </remarks>
internal static class CountryTopology
{
    private const string Root = "mhclg";
    private const string CentralInstance = "central-government";
    private const string AuthorityInstance = "combined-authorities";

    /// <summary>Bodies of one process: beyond it another process starts and stops faster than one grows.</summary>
    private const int BodiesOfAnInstance = 250;

    /// <summary>So that one can be away and the other serve.</summary>
    private const int FewestCouncilInstances = 2;

    /// <summary>The legal forms that forums have, in turn: the table does not say what they are.</summary>
    private static readonly LegalForm[] FormsOfForums = [LegalForm.ParishCouncil, LegalForm.Charity, LegalForm.CommunityInterestCompany, LegalForm.Unincorporated];

    public static Topology Of(IReadOnlyList<PlaceRow> places)
    {
        var counties = places.Where(place => place.County.Length > 0).GroupBy(place => place.County).OrderBy(county => county.Key, StringComparer.Ordinal).Select(County);
        var councils = Spread("council", ServiceKind.Council, FewestCouncilInstances, [.. counties, .. places.Select(Council)]);
        var forums = Spread("neighbourhood-forums", ServiceKind.NeighbourhoodForum, fewest: 1, [.. Forums(places)]);
        var authorities = places.Where(place => place.Authority.Length > 0).DistinctBy(place => place.Authority).OrderBy(place => place.Authority, StringComparer.Ordinal)
            .Select(place => Body(place.Authority, place.AuthorityName, Tier.CombinedAuthority, LegalForm.CombinedAuthority, Root) with { Instance = AuthorityInstance }).ToList();
        var root = new TopologyBody(
            Root, "Ministry of Housing, Communities and Local Government", Tier.CentralGovernment, LegalForm.GovernmentDepartment, CentralInstance, Root, [], null, null);
        return new Topology(
            [
                new Instance(CentralInstance, ServiceKind.CentralGovernment),
                .. authorities.Count == 0 ? (IEnumerable<Instance>)[] : [new Instance(AuthorityInstance, ServiceKind.CombinedAuthority)],
                .. councils.Instances,
                .. forums.Instances,
                new Instance("audit", ServiceKind.Audit),
                new Instance("gateway", ServiceKind.Gateway),
            ],
            [root, .. authorities, .. councils.Bodies, .. forums.Bodies]);
    }

    private static TopologyBody County(IGrouping<string, PlaceRow> districts)
    {
        var shared = districts.Select(district => district.Authority).Distinct().ToList();
        return Body(districts.Key, Counties.OfficialNames[districts.Key], Tier.Council, LegalForm.LocalAuthority, shared is [{ Length: > 0 } one] ? one : Root);
    }

    private static TopologyBody Council(PlaceRow place) =>
        Body(place.Code, place.OfficialName, Tier.Council, LegalForm.LocalAuthority, place.Authority.Length > 0 ? place.Authority : Root) with
        {
            Population = place.Population,
            Deprivation = place.Deprivation,
        };

    /// <summary>The table counts wards and does not name them, so forums are numbered.</summary>
    private static IEnumerable<TopologyBody> Forums(IReadOnlyList<PlaceRow> places) => places
        .SelectMany(place => Enumerable.Range(1, place.LeftBehindWards).Select(number => (place.Code, place.ShortName, Number: number)))
        .Select((ward, i) => Body(
            $"{ward.Code}-f{ward.Number}", $"{ward.ShortName} Neighbourhood Forum {ward.Number}", Tier.NeighbourhoodForum, FormsOfForums[i % FormsOfForums.Length], ward.Code) with
        {
            RegisteredBy = ward.Code,
        });

    private static TopologyBody Body(string id, string name, Tier tier, LegalForm form, string funder) => new(id, name, tier, form, "", Root, [funder], null, null);

    /// <summary>Puts bodies into as many instances as they need, about as many in each.</summary>
    private static (IReadOnlyList<Instance> Instances, IReadOnlyList<TopologyBody> Bodies) Spread(string name, ServiceKind service, int fewest, IReadOnlyList<TopologyBody> bodies)
    {
        if (bodies.Count == 0)
            return ([], []);
        var needed = (bodies.Count + BodiesOfAnInstance - 1) / BodiesOfAnInstance;
        var count = Math.Min(bodies.Count, Math.Max(fewest, needed));
        var instances = Enumerable.Range(0, count).Select(i => new Instance(count == 1 ? name : $"{name}-{Letters(i)}", service)).ToList();
        return (instances, [.. bodies.Select((body, i) => body with { Instance = instances[(int)((long)i * count / bodies.Count)].Name })]);
    }

    /// <summary>a, b ... z, aa, ab ...</summary>
    private static string Letters(int number) => (number < 26 ? "" : Letters((number / 26) - 1)) + (char)('a' + (number % 26));
}
