using FundingFlows.Fire;
using FundingFlows.Support;

namespace FundingFlows.Topologies.Tests;

/// <summary>The run under fire finds what was broken on purpose, and ends all that it started.</summary>
[Collection(nameof(WholeRuns))]
public sealed class FireRunTests
{
    private static readonly string[] Short = ["--seconds", "4", "--seed", "3"];

    private const string TwoBodies = """
        {
          "instances": [
            { "name": "centre", "service": "CentralGovernment" },
            { "name": "regions", "service": "CombinedAuthority" },
            { "name": "audit", "service": "Audit" },
            { "name": "gateway", "service": "Gateway" }
          ],
          "bodies": [
            { "id": "root", "name": "Root", "legalForm": "government department", "instance": "centre" },
            { "id": "south", "name": "South", "legalForm": "combined authority", "instance": "regions", "registeredBy": "root", "fundedBy": ["root"] }
          ]
        }
        """;

    /// <summary>A part of each finding that each breakage must come to.</summary>
    private static readonly (string Breakage, string[] Findings)[] Broken =
    [
        (nameof(Breakage.AlteredResult), [" with the hash ", " and a repeat of it is answered with "]),
        (nameof(Breakage.ForgottenCommand), [", which nobody gave."]),
        (nameof(Breakage.IdleVerifier), ["The verifier ended as if all held, and said so of 0 of "]),
        (nameof(Breakage.BehindAuditor), ["The auditor has applied ", "The auditor's answer stands on "]),
    ];

    [Fact]
    public async Task Run_WithEverythingBroken_HasTheOldCopyBackAndNamesAllElse()
    {
        using var data = new DataFolder();
        await using var run = Start(data, [.. Short, "--break", nameof(Breakage.OldCopy), .. Broken.SelectMany(one => (string[])["--break", one.Breakage]), "--json", data["figures.json"]]);
        var code = await run.EndAsync();

        Assert.True(code == FireCommand.DoesNotHold, run.Output + run.Errors);
        Assert.Matches("council-a started from an old copy: .*ashby had lost entries, and has [0-9]+ of them back from the auditor audit", run.Output);
        var figures = data.Figures();
        Assert.All((string[])["acknowledged", "passed_on", "reversed"], name => Assert.NotEqual(0, figures.GetProperty(name).GetInt32()));
        var findings = figures.GetProperty("findings").EnumerateArray().Select(one => one.GetString()!).ToList();
        foreach (var expected in Broken.SelectMany(one => one.Findings))
            Assert.True(findings.Exists(finding => finding.Contains(expected, StringComparison.Ordinal)), $"Nothing was found with '{expected}': {run.Output}");
        Assert.All(findings, finding => Assert.Contains(Broken.SelectMany(one => one.Findings), expected => finding.Contains(expected, StringComparison.Ordinal)));
        foreach (var said in (string[])[.. findings, "The seed was 3.", " is killed, and down ", "Data and logs are kept in ", $"{findings.Count} findings."])
            Assert.Contains(said, run.Output, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Path.Combine(Assert.Single(Directory.GetDirectories(data["temporary"], "fundingflows-fire-*")), "logs")));
        Assert.Empty(LocalHost.ProcessesOf(data.Path));
    }

    [Fact]
    public async Task Run_OfATopologyOfTwoBodies_Holds()
    {
        using var data = new DataFolder();
        File.WriteAllText(data["two.json"], TwoBodies);
        await using var run = Start(data, ["--seconds", "2", "--topology", data["two.json"], "--json", data["figures.json"]]);
        Assert.True(await run.EndAsync() == FireCommand.Holds, run.Output + run.Errors);
        Assert.InRange(data.Figures().GetProperty("acknowledged").GetInt32(), 2, int.MaxValue);
        Assert.Empty(LocalHost.ProcessesOf(data.Path));
    }

    [Fact]
    public async Task Run_InWhichNothingIsHit_SaysSoOfEach()
    {
        using var data = new DataFolder();
        File.WriteAllText(data["two.json"], TwoBodies);
        await using var run = Start(data, ["--seconds", $"{Enough.Length.TotalSeconds}", "--topology", data["two.json"], "--break", nameof(Breakage.IdleDriver), "--json", data["figures.json"]]);
        Assert.True(await run.EndAsync() == FireCommand.DoesNotHold, run.Output + run.Errors);
        Assert.Equal(
            ["Nothing was killed in 30 s.", "Nothing was paused in 30 s.", "No way was cut, silenced or slowed in 30 s."],
            data.Figures().GetProperty("findings").EnumerateArray().Select(one => one.GetString()));
        Assert.Contains("Nothing was killed in 30 s.", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ThatIsKilledOrInterruptedWhileAServiceStandsStill_LeavesNothingRunning(bool isInterrupted)
    {
        using var data = new DataFolder();
        await using var run = Start(data, ["--seconds", "100"]);
        await run.SaidAsync("under load and fire");
        await Wait.UntilAsync(() => run.StopsWhileItHolds(data.Path), "that a service stands still");
        if (isInterrupted)
        {
            run.GoOn();
            run.Interrupt();
        }
        else
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
        return LocalHost.Start(arguments, new Dictionary<string, string> { ["TMPDIR"] = data["temporary"] }, "Fire", new FireLimits(TimeSpan.FromSeconds(100)).Whole);
    }
}
