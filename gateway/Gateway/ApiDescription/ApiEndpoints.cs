using Scalar.AspNetCore;

namespace FundingFlows.Gateway;

internal static class ApiEndpoints
{
    private const string Document = "/openapi/v1.json";

    /// <summary>The OpenAPI document, generated from the contracts, and a page to read it and try it out.</summary>
    public static void MapApiDescription(this WebApplication app)
    {
        var json = new Lazy<byte[]>(OpenApiDocumentation.Json);
        app.MapGet(Document, () => Results.Bytes(json.Value, "application/json"));
        app.MapScalarApiReference("/docs", reference => reference.WithTitle("FundingFlows API").WithOpenApiRoutePattern(Document).DisableDefaultFonts().DisableTelemetry());
    }
}
