using System.Text.RegularExpressions;

namespace FundingFlows.Architecture.Tests;

/// <summary>What the page of promises says holds them is there.</summary>
public sealed partial class PromisesTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "promises.md"));

    /// <summary>By the project that they are in: some names are in several.</summary>
    private static readonly HashSet<string> Classes = [.. Repository.Files("*Tests.cs", "tests").SelectMany(path => TestClass()
        .Matches(File.ReadAllText(path)).Select(found => $"{Repository.Relative(path).Split('/')[1]}/{found.Groups[1].Value}"))];

    /// <summary>The parts of the page that each make a promise.</summary>
    public static TheoryData<string> Promises => [.. Page.Split("\n## ").Skip(1).Select(part => part.Split('\n')[0])];

    [Fact]
    public void Page_Promises_ManyThings() => Assert.InRange(Promises.Count, 10, 30);

    [Theory]
    [MemberData(nameof(Promises))]
    public void Promise_Names_WhatIsNotPromisedAndTestsThatExist(string promise)
    {
        var part = Page.Split("\n## ").Single(part => part.Split('\n')[0] == promise);
        Assert.Contains("*Not promised*: ", part, StringComparison.Ordinal);
        var held = part[part.IndexOf("*Held by* ", StringComparison.Ordinal)..];
        var named = Named().Matches(held).Select(found => found.Groups[1].Value).ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Classes));
    }

    [Fact]
    public void Steps_ThatAreNamed_AreStepsOfTheRun()
    {
        var run = File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run"));
        var steps = Step().Matches(Page).Select(found => found.Groups[1].Value).Distinct().ToList();
        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.Matches($"(check \"|echo \"== ){Regex.Escape(step)}\"", run));
    }

    [GeneratedRegex("`([^`]*Tests)`")]
    private static partial Regex Named();

    [GeneratedRegex("^public .*class ([A-Za-z]+Tests)", RegexOptions.Multiline)]
    private static partial Regex TestClass();

    [GeneratedRegex("\"([^\"]+)\"")]
    private static partial Regex Step();
}
