namespace FundingFlows.Topologies.Tests;

/// <summary>A bad topology file is refused with the line and the fault.</summary>
public sealed class TopologyReaderTests
{
    private const string Good = """
        {
          "instances": [
            { "name": "centre", "service": "CentralGovernment" },
            { "name": "councils", "service": "Council" },
            { "name": "audit", "service": "Audit" },
            { "name": "gateway", "service": "Gateway" }
          ],
          "bodies": [
            { "id": "root", "name": "Root", "legalForm": "government department", "instance": "centre" },
            { "id": "E06000047", "name": "Durham", "legalForm": "local authority", "instance": "councils", "registeredBy": "root", "fundedBy": ["root"], "population": 538011, "deprivation": 28.808 }
          ]
        }
        """;

    [Fact]
    public void File_ThatIsGood_IsReadWhole()
    {
        var topology = TopologyReader.Parse(Good, "good.json");
        Assert.Equal("root", topology.Root.Id);
        var council = topology.Body("E06000047");
        Assert.Equal((Tier.Council, LegalForm.LocalAuthority, 538_011L, 28.808m), (council.Tier, council.LegalForm, council.Population, council.Deprivation));
        Assert.Equal(["root"], council.FundedBy);
        Assert.Empty(council.Organisations);
    }

    [Fact]
    public void Body_WithOrganisations_IsNamedByThemInTheSettingsOfEveryInstance()
    {
        var topology = TopologyReader.Parse(
            Good.Replace("\"population\"", "\"organisations\": [\"GB-CHC-1234567\", \"GB-COH-SC123456\"], \"population\"", StringComparison.Ordinal), "good.json");

        Assert.Equal(["GB-CHC-1234567", "GB-COH-SC123456"], topology.Body("E06000047").Organisations);
        Assert.All(topology.Instances, instance =>
        {
            var settings = InstanceSettings.Of(topology, new FederationSetup("demo", default, "", ""), instance);
            Assert.Equal(("E06000047", "E06000047"), (settings["FundingFlows:Organisations:GB-CHC-1234567"], settings["FundingFlows:Organisations:GB-COH-SC123456"]));
        });
    }

    [Fact]
    public void File_OnOneLine_IsReadWhole() =>
        Assert.Equal(2, TopologyReader.Parse(Good.Replace("\n", "", StringComparison.Ordinal), "good.json").Bodies.Count);

    [Theory]
    [InlineData("\"service\": \"Council\" }", "\"service\": \"Parish\" }", 4, "\"Parish\" is no service")]
    [InlineData("\"name\": \"councils\"", "\"name\": \"Councils!\"", 4, "\"Councils!\" is no name of an instance")]
    [InlineData("\"name\": \"gateway\"", "\"name\": \"councils\"", 6, "the instance councils stands twice")]
    [InlineData("{ \"name\": \"audit\", \"service\": \"Audit\" },\n", "", 3, "there must be one instance of Audit")]
    [InlineData("\"id\": \"E06000047\"", "\"id\": \"E 47\"", 10, "\"E 47\" is no id of a body")]
    [InlineData("\"id\": \"E06000047\"", "\"id\": \"root\"", 10, "the body root stands twice")]
    [InlineData("\"legalForm\": \"local authority\"", "\"legalForm\": \"club\"", 10, "\"club\" is no legal form")]
    [InlineData("\"instance\": \"councils\"", "\"instance\": \"nowhere\"", 10, "which is not among the instances")]
    [InlineData("\"instance\": \"councils\"", "\"instance\": \"audit\"", 10, "Audit hosts no bodies")]
    [InlineData("\"registeredBy\": \"root\"", "\"registeredBy\": \"nobody\"", 10, "is registered by nobody")]
    [InlineData("\"fundedBy\": [\"root\"]", "\"fundedBy\": [\"E06000047\"]", 10, "cannot fund itself")]
    [InlineData("\"fundedBy\": [\"root\"]", "\"fundedBy\": [\"ghost\"]", 10, "is funded by ghost")]
    [InlineData("\"fundedBy\": [\"root\"]", "\"fundedBy\": [\"root\", \"root\"]", 10, "funded by the same body twice")]
    [InlineData("\"fundedBy\": [\"root\"]", "\"succeededBy\": [\"E06000047\"]", 10, "cannot take over from itself")]
    [InlineData("\"fundedBy\": [\"root\"]", "\"succeededBy\": [\"root\"]", 10, "is succeeded by root, which is not a body of its tier")]
    [InlineData("\"fundedBy\": [\"root\"]", "\"fundedBy\": \"root\"", 10, "\"fundedBy\" is not a list of texts")]
    [InlineData("\"population\": 538011", "\"organisations\": [\"1234567\"]", 10, "\"organisations\" of E06000047 are at most 8 identifiers")]
    [InlineData("\"population\": 538011", "\"organisations\": [\"GB-COH-SC123456\", \"GB-COH-sc123456\"]", 10, "each once")]
    [InlineData("\"instance\": \"centre\" },\n", "\"instance\": \"centre\", \"organisations\": [\"GB-CHC-1\"] },\n{ \"id\": \"other\", \"name\": \"Other\", \"legalForm\": \"local authority\", \"instance\": \"councils\", \"registeredBy\": \"root\", \"organisations\": [\"GB-CHC-1\"] },\n", 10, "the organisation GB-CHC-1 stands twice")]
    [InlineData("\"population\": 538011", "\"population\": -1", 10, "\"population\" is not a number")]
    [InlineData("\"population\": 538011", "\"populaton\": 538011", 10, "\"populaton\" means nothing here")]
    [InlineData("\"instance\": \"centre\" }", "\"instance\": \"centre\", \"fundedBy\": [\"E06000047\"] }", 9, "is the root of the federation, where money enters")]
    [InlineData("\"registeredBy\": \"root\", ", "", 10, "one body is registered by nobody else")]
    [InlineData("\"name\": \"Durham\", ", "", 10, "\"name\" is missing")]
    [InlineData("\"name\": \"Durham\"", "\"name\": \"Durham\", \"name\": \"Durham\"", 10, "\"name\" stands twice")]
    [InlineData("\"deprivation\": 28.808 }", "\"deprivation\": 28.808 ", 11, "this is not JSON")]
    [InlineData("\"bodies\"", "\"people\"", 1, "the file needs a list \"bodies\"")]
    public void File_WithAFault_IsRefusedWithItsLine(string good, string bad, int line, string fault)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        var problem = Assert.Throws<TopologyException>(() => TopologyReader.Parse(Good.Replace(good, bad, StringComparison.Ordinal), "bad.json"));
        Assert.StartsWith($"bad.json, line {line}: ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(fault, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Fact]
    public void File_WithSeveralFaults_SaysHowManyMore()
    {
        var bad = Good.Replace("local authority", "club", StringComparison.Ordinal).Replace("\"service\": \"Council\"", "\"service\": \"Parish\"", StringComparison.Ordinal);
        Assert.EndsWith("(And one more fault.)", Assert.Throws<TopologyException>(() => TopologyReader.Parse(bad, "bad.json")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_ThatIsNotThere_IsNamed() =>
        Assert.Contains("no-such-file.json", Assert.Throws<TopologyException>(() => TopologyReader.Read("no-such-file.json")).Message, StringComparison.Ordinal);
}
