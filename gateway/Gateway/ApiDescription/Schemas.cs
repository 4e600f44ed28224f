using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Microsoft.OpenApi;

namespace FundingFlows.Gateway;

/// <summary>
/// The JSON of messages and enumerations as ASP.NET Core transcodes it. Each becomes a component of the document when it is
/// first asked for, and is referred to from then on.
/// </summary>
internal sealed class Schemas(OpenApiDocument document)
{
    private const string Ours = "fundingflows.";
    private const string Timestamp = "google.protobuf.Timestamp";
    private const string Google = "google.";
    private const string Date = "google.type.Date";

    private readonly HashSet<string> begun = [];

    /// <exception cref="NotSupportedException">A type that no contract had when this was written.</exception>
    public IOpenApiSchema Of(MessageDescriptor message) => message.FullName switch
    {
        Timestamp => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        var name when name == Date || name.StartsWith(Ours, StringComparison.Ordinal) => Only(message, message.Fields.InDeclarationOrder()),
        var name => throw new NotSupportedException($"{name} cannot be described."),
    };

    /// <summary>A message of which only some fields are sent.</summary>
    public IOpenApiSchema Only(MessageDescriptor message, IEnumerable<FieldDescriptor> fields) =>
        Component(message.FullName[(message.FullName == Date ? Google : Ours).Length..], () => new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = message.CommentWithChoices(),
            Properties = fields.ToDictionary(field => field.JsonName, Property),
        });

    /// <summary>The value of a field, without the field's comment.</summary>
    public IOpenApiSchema Of(FieldDescriptor field) => field switch
    {
        { IsMap: true } => throw new NotSupportedException($"{field.FullName}: maps cannot be described."),
        { IsRepeated: true } => new OpenApiSchema { Type = JsonSchemaType.Array, Items = ValueOf(field) },
        _ => ValueOf(field),
    };

    /// <summary>Whether its values are objects in JSON.</summary>
    public static bool HasParts(FieldDescriptor field) =>
        field.FieldType == FieldType.Message && field.MessageType.FullName != Timestamp;

    /// <summary>A component of that name. It is made once.</summary>
    public IOpenApiSchema Component(string name, Func<OpenApiSchema> make)
    {
        if (begun.Add(name))
            document.AddComponent(name, make());
        return new OpenApiSchemaReference(name, document);
    }

    private IOpenApiSchema Property(FieldDescriptor field)
    {
        var schema = Of(field);
        schema.Description = field.Comment();
        return schema;
    }

    private IOpenApiSchema ValueOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => Of(field.MessageType),
        FieldType.Enum => Of(field.EnumType),
        FieldType.String => new OpenApiSchema { Type = JsonSchemaType.String },
        FieldType.Bytes => new OpenApiSchema { Type = JsonSchemaType.String, Format = "byte" },
        FieldType.Bool => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        FieldType.Int32 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
        // Numbers, not the strings of canonical proto JSON: the default of ASP.NET Core.
        FieldType.Int64 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        // Readers know no unsigned format. An int64 holds every uint32, and every count of entries.
        FieldType.UInt32 or FieldType.UInt64 => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" },
        _ => throw new NotSupportedException($"{field.FullName}: {field.FieldType} cannot be described."),
    };

    private IOpenApiSchema Of(EnumDescriptor enumeration) =>
        Component(enumeration.FullName[Ours.Length..], () => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = enumeration.CommentWithValues(),
            Enum = [.. enumeration.Values.Select(value => JsonValue.Create(value.Name))],
        });
}
