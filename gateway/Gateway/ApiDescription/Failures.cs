using Microsoft.OpenApi;

namespace FundingFlows.Gateway;

/// <summary>What a call that did not succeed answers: google.rpc.Status as JSON.</summary>
internal static class Failures
{
    public static IOpenApiSchema Schema(Schemas schemas) => schemas.Component("google.rpc.Status", () => new OpenApiSchema
    {
        Type = JsonSchemaType.Object,
        Description = "Why a call was refused or failed.",
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["code"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int32",
                Description = "The gRPC status code. The HTTP status follows from it: NOT_FOUND is 5, and 404.",
            },
            ["message"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A sentence for people." },
            ["details"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Detail() },
        },
    });

    private static OpenApiSchema Detail() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "google.rpc.ErrorInfo (its `reason` is stable), google.rpc.BadRequest (every field at fault) or "
            + "google.rpc.RetryInfo (when to try again).",
        Required = new HashSet<string> { "@type" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["@type"] = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "What the other members are, for example `type.googleapis.com/google.rpc.ErrorInfo`.",
            },
        },
    };
}
