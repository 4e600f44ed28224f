using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;

namespace FundingFlows.Gateway.Tests;

/// <summary>An rpc with an http rule as the generated code knows it: a second opinion on what the document must hold.</summary>
internal sealed partial record Rest(MethodDescriptor Rpc, string Verb, string Template)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Rest> All { get; } =
    [
        .. from type in typeof(Contracts.Journal.V1.Entry).Assembly.GetTypes()
           where type.Name.EndsWith("Reflection", StringComparison.Ordinal)
           let file = type.GetProperty("Descriptor")?.GetValue(null) as FileDescriptor
           where file is not null
           from service in file.Services
           from rpc in service.Methods
           let rule = rpc.GetOptions()?.GetExtension(AnnotationsExtensions.Http)
           where rule is not null
           select rule.Get.Length > 0 ? new Rest(rpc, "get", rule.Get) : new Rest(rpc, "post", rule.Post),
    ];

    public string Id => $"{Rpc.Service.Name}_{Rpc.Name}";

    public string Path => Variable().Replace(Template, variable => $"{{{FieldOf(variable).JsonName}}}");

    /// <summary>The JSON names of the fields in the path.</summary>
    public IEnumerable<string> InPath => Variable().Matches(Template).Select(variable => FieldOf(variable).JsonName);

    /// <summary>The JSON names of the other fields.</summary>
    public IEnumerable<string> NotInPath =>
        Rpc.InputType.Fields.InDeclarationOrder().Select(one => one.JsonName).Except(InPath);

    /// <summary>The same as a query names them: of a message within the request, each of its fields.</summary>
    public IEnumerable<string> InQuery => Rpc.InputType.Fields.InDeclarationOrder().Where(one => !InPath.Contains(one.JsonName)).SelectMany(
        one => one.FieldType == FieldType.Message ? one.MessageType.Fields.InDeclarationOrder().Select(part => $"{one.JsonName}.{part.JsonName}") : [one.JsonName]);

    private FieldDescriptor FieldOf(Match variable) => Rpc.InputType.FindFieldByName(variable.Groups[1].Value);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Variable();
}
