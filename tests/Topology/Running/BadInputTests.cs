using System.Net;
using System.Net.Sockets;

namespace FundingFlows.Topologies.Tests;

/// <summary>Bad input gets one clear sentence and exit code 2, and leaves nothing running.</summary>
[Collection(nameof(WholeRuns))]
public sealed class BadInputTests
{
    private const int CouldNotRun = 2;

    [Fact]
    public async Task Topology_WithAFault_IsNamedWithItsLine()
    {
        using var data = new DataFolder();
        File.WriteAllText(data["bad.json"], File.ReadAllText(Topology.SamplePath).Replace("\"council-b\", \"service\": \"Council\"", "\"council-b\", \"service\": \"Counsel\"", StringComparison.Ordinal));
        var (code, output, errors) = await LocalHost.RunAsync("--topology", data["bad.json"], "--data", data["run"], "--port", "0", "--once");
        Assert.Equal((CouldNotRun, ""), (code, output));
        Assert.StartsWith("bad.json, line 12: \"Counsel\" is no service", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.Empty(LocalHost.ProcessesOf(data.Path));
    }

    [Fact]
    public async Task Topology_ThatIsNotThere_IsNamed()
    {
        var (code, _, errors) = await LocalHost.RunAsync("--topology", "no-such-file.json", "--once");
        Assert.Equal(CouldNotRun, code);
        Assert.Contains("no-such-file.json", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_ThatIsInUse_IsNamed()
    {
        using var data = new DataFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, output, errors) = await LocalHost.RunAsync("--data", data.Path, "--port", $"{port}", "--once");
        Assert.Equal((CouldNotRun, ""), (code, output));
        Assert.Equal($"Port {port} is in use: end what uses it, or choose another with --port.", errors.Trim());
        Assert.Empty(LocalHost.ProcessesOf(data.Path));
    }

    [Theory]
    [InlineData("--port", "-1")]
    [InlineData("--port", "70000")]
    [InlineData("--port", "many")]
    [InlineData("--nonsense", "1")]
    public async Task Option_ThatIsWrong_IsRefused(string option, string value)
    {
        var (code, _, errors) = await LocalHost.RunAsync(option, value, "--once");
        Assert.Equal(CouldNotRun, code);
        Assert.Contains(option == "--port" ? "port" : option, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_ThatIsNoFolder_IsNamed()
    {
        using var data = new DataFolder();
        File.WriteAllText(data["file"], "");
        var (code, _, errors) = await LocalHost.RunAsync("--data", data["file"], "--port", "0", "--once");
        Assert.Equal(CouldNotRun, code);
        Assert.Contains(data["file"], Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_ThatCannotBeWritten_IsNamedBeforeAnythingStarts()
    {
        using var data = new DataFolder();
        var (code, output, errors) = await LocalHost.RunAsync("--data", data["run"], "--port", "0", "--once", "--json", data["no/such/folder.json"]);
        Assert.Equal((CouldNotRun, ""), (code, output));
        Assert.Contains("no/such/folder.json", Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("places.csv", "topology.json")]
    [InlineData("no-such-table.csv", "topology.json")]
    [InlineData("good.csv", "no/such/folder.json")]
    [InlineData("good.csv", "good.csv")]
    public async Task Import_ThatCannotBeDone_IsExplainedAndWritesNothing(string table, string output)
    {
        using var data = new DataFolder();
        File.WriteAllText(data["places.csv"], SmallCountry.Places.Replace("156000", "many", StringComparison.Ordinal));
        File.WriteAllText(data["good.csv"], SmallCountry.Places);
        var (code, said, errors) = await LocalHost.RunAsync("import", "--places", data[table], "--out", data[output]);
        Assert.Equal((CouldNotRun, ""), (code, said));
        Assert.Contains(table == "good.csv" ? output : table, Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFileSystemEntries(data.Path).Length);
        Assert.Equal(SmallCountry.Places, File.ReadAllText(data["good.csv"]));
    }

    [Fact]
    public async Task Awards_WithAFault_AreNamedBeforeAnythingStarts()
    {
        using var data = new DataFolder();
        File.WriteAllText(data["awards.csv"], SmallCountry.Awards);
        var (code, output, errors) = await LocalHost.RunAsync("--awards", data["awards.csv"], "--data", data["run"], "--port", "0", "--once");
        Assert.Equal((CouldNotRun, ""), (code, output));
        Assert.StartsWith("awards.csv, line 3: gss_code is \"E06000058\", which is no body of the topology", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(data["run"]));
    }
}
