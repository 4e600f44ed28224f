using System.Text.Json.Nodes;

namespace FundingFlows.Gateway.Tests;

/// <summary>The document as a reader of JSON sees it.</summary>
internal static class Api
{
    public static JsonObject Root { get; } = JsonNode.Parse(OpenApiDocumentation.Json())!.AsObject();

    /// <summary>Every operation, with its path and its verb.</summary>
    public static IReadOnlyList<(string Path, string Verb, JsonObject Operation)> Operations { get; } =
    [
        .. from path in Root["paths"]!.AsObject()
           from verb in path.Value!.AsObject()
           select (path.Key, verb.Key, verb.Value!.AsObject()),
    ];

    public static JsonObject Schemas => Root["components"]!["schemas"]!.AsObject();

    public static JsonObject Operation(string id) =>
        Operations.Single(one => one.Operation["operationId"]!.GetValue<string>() == id).Operation;

    /// <summary>The names of an operation's parameters of that kind: <c>path</c> or <c>query</c>.</summary>
    public static IEnumerable<string> Parameters(JsonObject operation, string kind) =>
        from parameter in operation["parameters"]?.AsArray() ?? []
        where parameter["in"]!.GetValue<string>() == kind
        select parameter["name"]!.GetValue<string>();

    /// <summary>The names of the properties of a schema, which may be a reference.</summary>
    public static IEnumerable<string> Properties(JsonNode schema) =>
        (Target(schema)["properties"]?.AsObject() ?? []).Select(property => property.Key);

    /// <summary>The schema of a request's or response's JSON.</summary>
    public static JsonNode Content(JsonNode message) => message["content"]!["application/json"]!["schema"]!;

    /// <summary>What a reference leads to; itself if it is none.</summary>
    public static JsonNode Target(JsonNode schema) =>
        schema["$ref"] is { } reference
            ? reference.GetValue<string>()["#/".Length..].Split('/').Aggregate((JsonNode)Root, (node, name) => node[name]!)
            : schema;

    /// <summary>All references anywhere in the document.</summary>
    public static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member =>
            member is { Key: "$ref", Value: JsonValue reference } ? [reference.GetValue<string>()] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
