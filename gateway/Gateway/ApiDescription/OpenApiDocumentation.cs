using System.Globalization;
using System.Text;
using Microsoft.OpenApi;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace FundingFlows.Gateway;

/// <summary>The description of the REST API, made from the contracts alone.</summary>
public static class OpenApiDocumentation
{
    /// <summary>OpenAPI 3.1 as JSON in UTF-8: the same bytes every time. Every call makes them anew.</summary>
    public static byte[] Json()
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Document().SerializeAsV31(new OpenApiJsonWriter(text));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static OpenApiDocument Document()
    {
        var document = new OpenApiDocument
        {
            Info = Info(),
            Paths = [],
            Components = new OpenApiComponents { Schemas = new SortedDictionary<string, IOpenApiSchema>(StringComparer.Ordinal) },
            Tags = new HashSet<OpenApiTag>(),
        };
        document.AddComponent(Operations.Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "The token of a person, with their roles at bodies.",
        });
        var operations = new Operations(document, new Schemas(document));
        foreach (var service in ContractDescriptors.Services())
            Add(document, service, operations);
        return document;
    }

    /// <summary>Adds what REST shows of a service. A service of which it shows nothing is not named.</summary>
    private static void Add(OpenApiDocument document, ServiceDescriptor service, Operations operations)
    {
        var calls = service.Methods.Select(RestCall.Of).OfType<RestCall>().ToList();
        if (calls.Count == 0)
            return;
        document.Tags!.Add(new OpenApiTag
        {
            Name = service.Name,
            Description = Comments.Paragraphs(service.File.PackageComment(), service.Comment()),
        });
        foreach (var call in calls)
        {
            if (!document.Paths.TryGetValue(call.Path, out var path))
                document.Paths.Add(call.Path, path = new OpenApiPathItem());
            ((OpenApiPathItem)path).AddOperation(call.Method, operations.Of(call));
        }
    }

    private static OpenApiInfo Info() => new()
    {
        Title = "FundingFlows",
        Version = "v1",
        Description = "How public money flows from body to body, from its source to those who do the work. Reading is open to "
            + "anyone. Giving commands needs the token of a person who has a role at the body. All amounts are whole pence.",
        License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
    };
}
