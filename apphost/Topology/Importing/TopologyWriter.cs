using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
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
        Lines(text, topology.Instances.Select(instance => new JsonObject { ["name"] = instance.Name, ["service"] = instance.Service.ToString() }.ToJsonString(OneLine)));
        text.Append("  ],\n  \"bodies\": [\n");
        Lines(text, topology.Bodies.Select(body => Body(body).ToJsonString(OneLine)));
        return text.Append("  ]\n}\n").ToString();
    }

    private static JsonObject Body(TopologyBody body)
    {
        var written = new JsonObject
        {
            ["id"] = body.Id,
            ["name"] = body.Name,
            ["legalForm"] = TopologyFields.LegalForms.Single(form => form.Value == body.LegalForm).Key,
            ["instance"] = body.Instance,
        };
        if (body.RegisteredBy != body.Id)
            written["registeredBy"] = body.RegisteredBy;
        if (body.FundedBy.Count > 0)
            written["fundedBy"] = new JsonArray([.. body.FundedBy.Select(funder => (JsonNode)funder)]);
        if (body.Population is { } people)
            written["population"] = people;
        if (body.Deprivation is { } score)
            written["deprivation"] = score;
        return written;
    }

    private static string Quoted(string words) => JsonSerializer.Serialize(words, OneLine);

    private static void Lines(StringBuilder text, IEnumerable<string> values) => text.AppendJoin(",\n", values.Select(value => "    " + value)).Append('\n');
}
