using System.Reflection;

namespace FundingFlows.Tiers.Tests;

/// <summary>The page on programmes (docs/programmes.md), as its readers see it.</summary>
internal static class ProgrammesPage
{
    private static readonly string Text = Read();

    /// <summary>The page says each of these, word for word, in lines that may be broken elsewhere.</summary>
    public static void MustSay(params IReadOnlyList<string> words) => Assert.All(words, one => Assert.Contains(one, Text, StringComparison.Ordinal));

    private static string Read()
    {
        using var page = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("programmes.md")!);
        return string.Join(' ', page.ReadToEnd().Split('\n').Select(line => line.StartsWith("> ", StringComparison.Ordinal) ? line[2..] : line));
    }
}
