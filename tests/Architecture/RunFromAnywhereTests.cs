using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FundingFlows.Architecture.Tests;

/// <summary>Commands that the pages give to be run with paths take those paths from where they are called, not from the project's folder.</summary>
public sealed partial class RunFromAnywhereTests
{
    /// <summary>Projects that README and pages run with arguments.</summary>
    public static TheoryData<string> Projects => [.. Repository.Files("*.md")
        .SelectMany(path => RunWithArguments().Matches(File.ReadAllText(path)).Select(found => found.Groups[1].Value)).Distinct().Order(StringComparer.Ordinal)];

    [Fact]
    public void Pages_RunTheLocalHostAndOthers() => Assert.Superset(
        new HashSet<string> { "apphost/Local", "tests/Benchmarks", "tests/Fire", "tests/Simulation" }, Projects.Select(row => row.Data).ToHashSet());

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Project_ThatIsRunWithArguments_RunsWhereItIsCalled(string project)
    {
        var elsewhere = Path.Combine(Repository.Root, "docs");
        var start = new ProcessStartInfo("dotnet", ["msbuild", Path.Combine(Repository.Root, project), "-getProperty:RunWorkingDirectory"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = elsewhere,
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, elsewhere), (process.ExitCode, said.Trim()));
    }

    [GeneratedRegex("dotnet run [^\n`]*--project ([^ \n`]+) -- ")]
    private static partial Regex RunWithArguments();
}
