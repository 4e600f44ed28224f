namespace FundingFlows.Simulation;

/// <summary>Who is where: the same instances as in the sample, with 1 + 2 + 6 + 12 bodies, and who funds and registers whom.</summary>
internal static class Map
{
    public const string Federation = "simulated.example";
    public const string Root = "GOV";
    public const string Audit = "audit";
    public const int Councils = 6;
    public const int ForumsOfACouncil = 2;

    /// <summary>Every body with its tier, its instance and who registers it, in the order of the tiers.</summary>
    public static IReadOnlyList<(string Id, Tier Tier, string Instance, string Registrar)> Bodies { get; } = [.. All()];

    /// <summary>Along which money may move.</summary>
    public static IReadOnlyList<(string Funder, string Recipient)> Agreements { get; } = [.. AllAgreements()];

    /// <summary>The instances, the auditor last.</summary>
    public static IReadOnlyList<string> Instances { get; } = [.. Bodies.Select(body => body.Instance).Distinct().Append(Audit)];

    public static string RegistrarOf(string body) => Bodies.First(one => one.Id == body).Registrar;

    public static string CouncilOf(int forum) => $"C{1 + (forum / ForumsOfACouncil)}";

    public static string AuthorityOf(int council) => council < Councils / 2 ? "CA1" : "CA2";

    private static IEnumerable<(string, Tier, string, string)> All()
    {
        yield return (Root, Tier.CentralGovernment, "central", Root);
        foreach (var authority in new[] { "CA1", "CA2" })
            yield return (authority, Tier.CombinedAuthority, "combined", Root);
        for (var i = 0; i < Councils; i++)
            yield return ($"C{i + 1}", Tier.Council, i < Councils / 2 ? "council-1" : "council-2", Root);
        for (var i = 0; i < Councils * ForumsOfACouncil; i++)
            yield return ($"F{i + 1:00}", Tier.NeighbourhoodForum, "forums", CouncilOf(i));
    }

    private static IEnumerable<(string, string)> AllAgreements()
    {
        foreach (var authority in new[] { "CA1", "CA2" })
            yield return (Root, authority);
        for (var i = 0; i < Councils; i++)
            yield return (AuthorityOf(i), $"C{i + 1}");
        yield return (Root, "C1");
        yield return ("C1", "C4");
        for (var i = 0; i < Councils * ForumsOfACouncil; i++)
            yield return (CouncilOf(i), $"F{i + 1:00}");
    }
}
