namespace FundingFlows.Architecture.Tests;

/// <summary>The direction of dependencies: contracts, ledger, journal, tier, services; the gateway beside them.</summary>
public sealed class ArrowTests
{
    /// <summary>What each project may reference. A project that is not here may not exist.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Ledger"] = ["Contracts"],
        ["Allocation"] = ["Ledger"],
        ["Journal"] = ["Ledger"],
        ["Tier"] = ["Allocation", "Journal"],
        ["CentralGovernment"] = ["Tier"],
        ["CombinedAuthority"] = ["Tier"],
        ["Council"] = ["Tier"],
        ["NeighbourhoodForum"] = ["Tier"],
        ["Audit"] = ["Tier"],
        ["Verifier"] = ["Allocation", "Journal"],
        ["Gateway"] = ["Contracts"],
        ["Topology"] = ["Journal"],
        ["Local"] = ["Topology"],
        ["Aspire"] = ["Topology"],
        ["Catalogues"] = ["Tier"],
    };

    public static TheoryData<string> ProductProjects => [.. Repository.Projects.Keys.Where(name => !name.EndsWith(".Tests", StringComparison.Ordinal) && name is not ("Support" or "Benchmarks" or "Crashing" or "Simulation" or "Fire"))];

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void Project_References_OnlyWhatItMay(string project)
    {
        Assert.True(Allowed.ContainsKey(project), $"{project} has no place in the architecture.");
        Assert.Empty(Repository.Projects[project].Except(Allowed[project]));
    }

    [Fact]
    public void Project_OfTheArchitecture_Exists() =>
        Assert.Empty(Allowed.Keys.Except(Repository.Projects.Keys));

    [Fact]
    public void Solution_Holds_EveryProject()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "FundingFlows.sln"));
        var missing = Repository.Files("*.csproj").Select(path => Path.GetFileName(path)).Where(file => !solution.Contains(file, StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("FundingFlows.Gateway", "FundingFlows.Contracts")]
    [InlineData("FundingFlows.Ledger", "FundingFlows.Contracts")]
    public void Assembly_OfOurs_SeesOnly(string assembly, string seen)
    {
        var ours = Compiled.Of(assembly).References.Where(name => name.StartsWith("FundingFlows.", StringComparison.Ordinal));
        Assert.Equal([seen], ours);
    }

    [Fact]
    public void Ledger_Uses_FactsAndNothingOfTransportOrStorage()
    {
        var ledger = Compiled.Of("FundingFlows.Ledger");
        Assert.DoesNotContain(ledger.References, name => name.StartsWith("Grpc", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal));
        var forbidden = ledger.TypesUsed.Where(type =>
            type.Namespace.StartsWith("FundingFlows.Contracts", StringComparison.Ordinal)
                // A formula stands in the fact that records a run of it.
                ? (type.Namespace != "FundingFlows.Contracts.Journal.V1" && type.Name != "Formula") || type.Name.Contains("Service", StringComparison.Ordinal) || type.Name.EndsWith("Request", StringComparison.Ordinal)
                : type.Namespace.StartsWith("System.IO", StringComparison.Ordinal) || type.Namespace.StartsWith("System.Net", StringComparison.Ordinal)
                    || type.Namespace.StartsWith("System.Data", StringComparison.Ordinal) || type.Name is "TimeProvider" or "Random" or "Console");
        Assert.Empty(forbidden);
    }
}
