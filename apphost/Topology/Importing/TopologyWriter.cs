using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace FundingFlows.Topologies;

/// <summary>Writes topology files as people would: one line for each instance and each body.</summary>
internal static class TopologyWriter
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Latin1Supplement) };

    /// <summary>The text of a file that <see cref="TopologyReader"/> reads as this topology.</summary>
    public static string Text(Topology topology, string about, IReadOnlyList<string> sources)
    {
        var text = new StringBuilder();
        text.Append("{\n  \"about\": ").Append(Quoted(about)).Append(",\n  \"sources\": [\n");
        Lines(text, sources.Select(Quoted));
        text.Append("  ],\n  \"instances\": [\n");
        Lines(text, topology.Instances.Select(instance => Object(("name", instance.Name), ("service", instance.Service.ToString()))));
        text.Append("  ],\n  \"bodies\": [\n");
        Lines(text, topology.Bodies.Select(body => Object(
            ("id", body.Id),
            ("name", body.Name),
            ("legalForm", TopologyFields.LegalForms.Single(form => form.Value == body.LegalForm).Key),
            ("organisations", body.Organisations.Count == 0 ? null : body.Organisations),
            ("instance", body.Instance),
            ("registeredBy", body.RegisteredBy == body.Id ? null : body.RegisteredBy),
            ("fundedBy", body.FundedBy.Count == 0 ? null : body.FundedBy),
            ("population", body.Population),
            ("deprivation", body.Deprivation))));
        return text.Append("  ]\n}\n").ToString();
    }

    /// <summary>An object on one line; a member that is null is left out.</summary>
    private static string Object(params IEnumerable<(string Name, object? Value)> members) =>
        $"{{ {string.Join(", ", members.Where(member => member.Value is not null).Select(member => $"\"{member.Name}\": {Quoted(member.Value!)}"))} }}";

    private static string Quoted(object value) => JsonSerializer.Serialize(value, OneLine);

    private static void Lines(StringBuilder text, IEnumerable<string> values) => text.AppendJoin(",\n", values.Select(value => "    " + value)).Append('\n');
}
