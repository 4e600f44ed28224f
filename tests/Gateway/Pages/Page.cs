using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FundingFlows.Gateway.Tests;

/// <summary>A page as a reader has it: what is written in it, its pictures, and its headers.</summary>
internal sealed partial record Page(HttpStatusCode Status, string Html, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>What is written, without the marks of HTML, a space between any two words.</summary>
    public string Text => Written(Html);

    /// <summary>Its pictures. Each is XML that can be read.</summary>
    public IReadOnlyList<XElement> Pictures => [.. Svg().Matches(Html).Select(svg => XElement.Parse(svg.Value))];

    /// <summary>The sentence in the box that says what went wrong. Empty: there is no such box.</summary>
    public string Problem => Written(ProblemBox().Match(Html).Groups[1].Value);

    /// <summary>What is written in each cell of the row in which a text stands.</summary>
    public IReadOnlyList<string> RowOf(string text)
    {
        var row = Row().Matches(Html).Select(row => row.Value).First(row => Written(row).Contains(text, StringComparison.Ordinal));
        return [.. Cell().Matches(row).Select(cell => Written(cell.Groups[1].Value))];
    }

    public static async Task<Page> OfAsync(Front front, string path)
    {
        var reply = await front.GetAsync(path);
        Assert.Equal("text/html", reply.MediaType);
        return new Page(reply.Status, reply.Text, reply.Headers);
    }

    private static string Written(string html) => Space().Replace(WebUtility.HtmlDecode(Tag().Replace(html, " ")), " ").Trim();

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Svg();

    [GeneratedRegex("""<div class="problem" role="alert"><h2>There is a problem</h2>(.*?)</div>""", RegexOptions.Singleline)]
    private static partial Regex ProblemBox();

    [GeneratedRegex("<tr>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("<t[hd][^>]*>(.*?)</t[hd]>", RegexOptions.Singleline)]
    private static partial Regex Cell();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
