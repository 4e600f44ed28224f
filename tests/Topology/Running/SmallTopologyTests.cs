using System.Text.Json;

namespace FundingFlows.Topologies.Tests;

/// <summary>The year is played on whatever federation a file describes.</summary>
[Collection(nameof(WholeRuns))]
public sealed class SmallTopologyTests
{
    private const string TwoFunders = """
        {
          "instances": [
            { "name": "centre", "service": "CentralGovernment" },
            { "name": "regions", "service": "CombinedAuthority" },
            { "name": "councils", "service": "Council" },
            { "name": "forums", "service": "NeighbourhoodForum" },
            { "name": "audit", "service": "Audit" },
            { "name": "gateway", "service": "Gateway" }
          ],
          "bodies": [
            { "id": "root", "name": "Root", "legalForm": "government department", "instance": "centre" },
            { "id": "north", "name": "North", "legalForm": "combined authority", "instance": "regions", "registeredBy": "root", "fundedBy": ["root"] },
            { "id": "south", "name": "South", "legalForm": "combined authority", "instance": "regions", "registeredBy": "root", "fundedBy": ["root"] },
            { "id": "E06000047", "name": "Durham", "legalForm": "local authority", "instance": "councils", "registeredBy": "root", "fundedBy": ["north", "south", "root"], "population": 538011 },
            { "id": "E06000057", "name": "Northumberland", "legalForm": "local authority", "instance": "councils", "registeredBy": "root", "fundedBy": ["south"], "population": 331420 },
            { "id": "E05009057", "name": "Easington Forum", "legalForm": "parish council", "instance": "forums", "registeredBy": "E06000047", "fundedBy": ["E06000047", "north"] }
          ]
        }
        """;

    [Fact]
    public async Task Run_OfBodiesWithSeveralFunders_Reconciles()
    {
        using var data = new DataFolder();
        File.WriteAllText(data["small.json"], TwoFunders);
        var (code, output, errors) = await LocalHost.RunAsync(
            "--topology", data["small.json"], "--data", data["run"], "--port", "0", "--once", "--json", data["figures.json"]);
        Assert.True(code == 0, output + errors);
        var figures = JsonDocument.Parse(File.ReadAllText(data["figures.json"])).RootElement;
        Assert.Equal((6, true), (figures.GetProperty("bodies").GetInt32(), figures.GetProperty("reconciled").GetBoolean()));
        Assert.Equal(
            figures.GetProperty("issued_pence").GetInt64(), figures.GetProperty("held_pence").GetInt64() + figures.GetProperty("spent_pence").GetInt64() + figures.GetProperty("surrendered_pence").GetInt64());
        Assert.Empty(LocalHost.ProcessesOf(data.Path));
    }
}
