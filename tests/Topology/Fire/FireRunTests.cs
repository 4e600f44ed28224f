using System.Text.Json;
using FundingFlows.Fire;

namespace FundingFlows.Topologies.Tests;

/// <summary>The run under fire finds what was broken on purpose, and ends all that it started.</summary>
[Collection(nameof(WholeRuns))]
public sealed class FireRunTests
{
    private static readonly string[] Short = ["--seconds", "4", "--seed", "3"];

    [Fact]
    public async Task Run_WithAnOldCopyAndAnAlteredResult_HasTheFirstBackAndNamesTheSecond()
    {
        using var data = new DataFolder();
        await using var run = Start(data, [.. Short, "--break", nameof(Breakage.OldCopy), "--break", nameof(Breakage.AlteredResult), "--json", data["figures.json"]]);
        var code = await run.EndAsync();

        Assert.True(code == FireCommand.DoesNotHold, run.Output + run.Errors);
        Assert.Matches("council-a started from an old copy: .*ashby had lost entries, and has [0-9]+ of them back from the auditor audit", run.Output);
        var findings = JsonDocument.Parse(File.ReadAllText(data["figures.json"])).RootElement.GetProperty("findings").EnumerateArray().Select(one => one.GetString()!).ToList();
        Assert.True(findings.Count == 2, run.Output);
        Assert.Contains(" was accepted as ", findings[0], StringComparison.Ordinal);
        Assert.Contains(" with the hash ", findings[0], StringComparison.Ordinal);
        Assert.Contains(" and a repeat of it is answered with ", findings[1], StringComparison.Ordinal);
        foreach (var said in (string[])[findings[0], findings[1], "The seed was 3.", " is killed, and down ", "Data and logs are kept in ", "2 findings."])
            Assert.Contains(said, run.Output, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(data["temporary"], "fundingflows-fire-*")), "logs")));
        Assert.Empty(LocalHost.ProcessesOf(data.Path));
    }

    [Fact]
    public async Task Run_ThatIsKilled_LeavesNothingRunning()
    {
        using var data = new DataFolder();
        await using var run = Start(data, ["--seconds", "100"]);
        await run.SaidAsync("under load and fire");
        run.Kill();
        await run.EndAsync();
        await LocalHost.NothingLeftAsync(data.Path);
    }

    [Theory]
    [InlineData("--seconds", "0")]
    [InlineData("--seconds", "many")]
    [InlineData("--break", "everything")]
    [InlineData("--topology", "no-such-file.json")]
    [InlineData("--json", "no/such/folder.json")]
    public async Task Option_ThatIsWrong_IsRefusedInOneSentence(string option, string value)
    {
        using var data = new DataFolder();
        await using var run = Start(data, [option, value]);
        Assert.Equal(FireCommand.CouldNotRun, await run.EndAsync());
        Assert.Equal("", run.Output);
        Assert.Contains(value is "0" ? option : value, Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    /// <summary>Its temporary folder lies in the test's own, by whose name its processes are known.</summary>
    private static LocalHost Start(DataFolder data, IEnumerable<string> arguments)
    {
        Directory.CreateDirectory(data["temporary"]);
        return LocalHost.Start(arguments, new Dictionary<string, string> { ["TMPDIR"] = data["temporary"] }, "Fire");
    }
}
