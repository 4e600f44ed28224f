using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;

namespace FundingFlows.Gateway;

/// <summary>An rpc as REST shows it: a method and a path, which carries some fields of the request.</summary>
internal sealed partial class RestCall
{
    private RestCall(MethodDescriptor rpc, HttpMethod method, string template)
    {
        Rpc = rpc;
        Method = method;
        PathFields = [.. Variable().Matches(template).Select(variable => FieldOf(rpc, variable))];
        Path = Variable().Replace(template, variable => $"{{{FieldOf(rpc, variable).JsonName}}}");
    }

    public MethodDescriptor Rpc { get; }

    public HttpMethod Method { get; }

    /// <summary>Whether it only asks. What it needs then stands in the query, otherwise in the body.</summary>
    public bool IsRead => Method == HttpMethod.Get;

    /// <summary>The template of the path; its variables have the names that fields have in JSON.</summary>
    public string Path { get; }

    /// <summary>The fields that the path carries, in its order.</summary>
    public IReadOnlyList<FieldDescriptor> PathFields { get; }

    /// <summary>All other fields of the request.</summary>
    public IEnumerable<FieldDescriptor> OtherFields => Rpc.InputType.Fields.InDeclarationOrder().Except(PathFields);

    /// <summary>How REST shows the rpc. Null: not at all.</summary>
    /// <exception cref="NotSupportedException">A rule that no contract had when this was written.</exception>
    public static RestCall? Of(MethodDescriptor rpc) => rpc.GetOptions()?.GetExtension(AnnotationsExtensions.Http) switch
    {
        null => null,
        { AdditionalBindings.Count: > 0 } or { ResponseBody.Length: > 0 } => throw Unknown(rpc),
        { PatternCase: HttpRule.PatternOneofCase.Get, Body: "" } rule => new RestCall(rpc, HttpMethod.Get, rule.Get),
        { PatternCase: HttpRule.PatternOneofCase.Post, Body: "*" } rule => new RestCall(rpc, HttpMethod.Post, rule.Post),
        _ => throw Unknown(rpc),
    };

    private static FieldDescriptor FieldOf(MethodDescriptor rpc, Match variable) =>
        rpc.InputType.FindFieldByName(variable.Groups[1].Value) ?? throw Unknown(rpc);

    private static NotSupportedException Unknown(MethodDescriptor rpc) =>
        new($"{rpc.FullName}: only `get`, and `post` with body `*`, can be described, with plain fields in the path.");

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Variable();
}
