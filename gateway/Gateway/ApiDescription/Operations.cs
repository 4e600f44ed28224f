using System.Net.Mime;
using Google.Protobuf.Reflection;
using Microsoft.OpenApi;

namespace FundingFlows.Gateway;

/// <summary>The operations of the document: what each call takes, gives and asks of its caller.</summary>
internal sealed class Operations(OpenApiDocument document, Schemas schemas)
{
    /// <summary>The name of the security scheme.</summary>
    public const string Bearer = "bearer";

    /// <summary>The one read that shows more to those who have a role.</summary>
    private const string PartlyPublic = "fundingflows.documents.v1.DocumentService.GetDocument";

    public OpenApiOperation Of(RestCall call) => new()
    {
        OperationId = $"{call.Rpc.Service.Name}_{call.Rpc.Name}",
        Tags = new HashSet<OpenApiTagReference> { new(call.Rpc.Service.Name, document) },
        Summary = InWords(call.Rpc.Name),
        Description = Comments.Paragraphs([call.Rpc.Comment(), .. call.IsRead ? call.Rpc.InputType.Choices() : []]),
        Parameters =
        [
            .. call.PathFields.Select(field => Parameter(field, field.JsonName, ParameterLocation.Path)),
            .. call.IsRead ? call.OtherFields.SelectMany(field => InQuery(field, "")) : [],
        ],
        RequestBody = call.IsRead ? null : Body(call),
        Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse { Description = "The answer.", Content = Json(schemas.Of(call.Rpc.OutputType)) },
            ["default"] = new OpenApiResponse { Description = "Refused, or failed.", Content = Json(Failures.Schema(schemas)) },
        },
        Security = SecurityOf(call),
    };

    private OpenApiRequestBody Body(RestCall call) =>
        new() { Required = true, Content = Json(schemas.Only(call.Rpc.InputType, call.OtherFields)) };

    /// <summary>A field as it stands in a query. A message stands there field by field, each after its name and a dot.</summary>
    private IEnumerable<OpenApiParameter> InQuery(FieldDescriptor field, string holder)
    {
        var name = holder + field.JsonName;
        if (!Schemas.HasParts(field))
            return [Parameter(field, name, ParameterLocation.Query)];
        if (field.IsRepeated)
            throw new NotSupportedException($"{field.FullName}: a query cannot hold a list of messages.");
        return field.MessageType.Fields.InDeclarationOrder().SelectMany(part => InQuery(part, $"{name}."));
    }

    private OpenApiParameter Parameter(FieldDescriptor field, string name, ParameterLocation place) => new()
    {
        Name = name,
        In = place,
        Required = place == ParameterLocation.Path,
        Description = field.Comment(),
        Schema = schemas.Of(field),
    };

    private List<OpenApiSecurityRequirement>? SecurityOf(RestCall call)
    {
        var token = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] };
        if (!call.IsRead)
            return [token];
        return call.Rpc.FullName == PartlyPublic ? [[], token] : null;
    }

    private static Dictionary<string, OpenApiMediaType> Json(IOpenApiSchema schema) =>
        new() { [MediaTypeNames.Application.Json] = new OpenApiMediaType { Schema = schema } };

    /// <summary>The name of an rpc as words: MakePayment is <c>Make payment</c>.</summary>
    private static string InWords(string name) =>
        name[..1] + string.Concat(name.Skip(1).Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
