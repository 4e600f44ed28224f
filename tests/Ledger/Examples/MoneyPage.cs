using System.Reflection;
using System.Text.RegularExpressions;

namespace FundingFlows.Ledger.Tests;

/// <summary>The page on money (docs/money.md), as its readers see it: parts with headings, amounts in pounds, and sentences that are quoted.</summary>
internal static partial class MoneyPage
{
    private static readonly Dictionary<string, string> Parts = Heading().Split(Read()).Skip(1).Chunk(2).ToDictionary(part => part[0], part => part[1]);

    /// <summary>Headings of the parts that name amounts or quote refusals.</summary>
    public static IEnumerable<string> WithExamples => Parts.Keys.Where(heading => Parts[heading].Contains('£', StringComparison.Ordinal) || Quotes(heading).Any());

    /// <summary>The amounts of a part, outside its quotations, are these and no others, in the order in which they are read.</summary>
    public static void MustShow(string heading, params long[] pence) =>
        Assert.Equal(pence.Select(Pence.InPounds), Amount().Matches(Quotation().Replace(Parts[heading], "")).Select(match => match.Value));

    /// <summary>What a part quotes are these sentences, in this order.</summary>
    public static void MustQuote(string heading, params Decision[] refused) => MustQuote(heading, [.. refused.Select(decision => decision.Refusal?.Sentence)]);

    public static void MustQuote(string heading, params string?[] sentences) => Assert.Equal(sentences, Quotes(heading));

    /// <summary>A part says that, word for word.</summary>
    public static void MustSay(string heading, string words) => Assert.Contains(words, Parts[heading], StringComparison.Ordinal);

    private static IEnumerable<string> Quotes(string heading) =>
        Quotation().Matches(Parts[heading]).Select(match => string.Join(' ', match.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[1..].Trim())));

    private static string Read()
    {
        using var page = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("money.md")!);
        return page.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex("^##+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"(^> .*\n)+", RegexOptions.Multiline)]
    private static partial Regex Quotation();

    [GeneratedRegex(@"-?£[\d,]*\d(\.\d\d)?")]
    private static partial Regex Amount();
}

/// <summary>States which part of the page on money a test plays.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PlaysAttribute(string heading) : Attribute
{
    public string Heading { get; } = heading;
}
