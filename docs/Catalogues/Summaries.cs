using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FundingFlows.Catalogues;

/// <summary>The summaries of types and values, from the documentation that the compiler writes beside an assembly.</summary>
internal static partial class Summaries
{
    private static readonly Dictionary<string, Dictionary<string, string>> Read = [];

    public static string Of(Type type) => Find(type, $"T:{type.FullName}");

    public static string Of(Type enumeration, string value) => Find(enumeration, $"F:{enumeration.FullName}.{value}");

    private static string Find(Type type, string member)
    {
        var file = Path.ChangeExtension(type.Assembly.Location, ".xml");
        if (!Read.TryGetValue(file, out var summaries))
            Read[file] = summaries = XDocument.Load(file).Descendants("member")
                .Where(element => element.Element("summary") is not null)
                .ToDictionary(element => (string)element.Attribute("name")!, element => Plain(element.Element("summary")!));
        return summaries.TryGetValue(member, out var summary) ? summary : throw new InvalidOperationException($"{member} has no summary.");
    }

    /// <summary>The words alone: what refers to code by its name, in code's letters.</summary>
    private static string Plain(XElement summary) => Spaces().Replace(string.Concat(summary.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element => $"`{((string?)element.Attribute("cref") ?? element.Value).Split('.', ':')[^1]}`",
        _ => "",
    })), " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
