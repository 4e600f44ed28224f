using System.Text;
using Microsoft.OpenApi;

namespace FundingFlows.Gateway.Tests;

/// <summary>The document as a whole.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void Document_ReadBack_IsWithoutFault()
    {
        var (document, diagnostic) = OpenApiDocument.Parse(Encoding.UTF8.GetString(OpenApiDocumentation.Json()), "json");

        Assert.Empty(diagnostic!.Errors);
        Assert.Empty(diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic.SpecificationVersion);
        Assert.Equal(Rest.All.Count, document!.Paths.Sum(path => path.Value.Operations!.Count));
    }

    [Fact]
    public void Document_MadeTwice_IsTheSame()
    {
        var bytes = OpenApiDocumentation.Json();
        var names = Api.Schemas.Select(component => component.Key);

        Assert.Equal(bytes, OpenApiDocumentation.Json());
        Assert.DoesNotContain((byte)'\r', bytes);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public void Document_OfTheContracts_SaysWhatItIs()
    {
        var info = Api.Root["info"]!;

        Assert.Equal("FundingFlows", $"{info["title"]}");
        Assert.Equal("v1", $"{info["version"]}");
        Assert.Equal("MIT", $"{info["license"]!["identifier"]}");
        Assert.Equal("bearer", $"{Api.Root["components"]!["securitySchemes"]!["bearer"]!["scheme"]}");
    }

    [Fact]
    public void Tags_OfTheDocument_AreTheServicesThatRestShows()
    {
        var tags = Api.Root["tags"]!.AsArray().ToDictionary(tag => $"{tag!["name"]}", tag => $"{tag!["description"]}");

        Assert.Equal(Rest.All.Select(rest => rest.Rpc.Service.Name).ToHashSet(), tags.Keys.ToHashSet());
        // What the file is about, and what the service says of itself.
        Assert.Equal(
            "Money between bodies.\n\n"
            + "A transfer goes in two steps: sent, and in transit until its receiver has decided. A time-out never brings it back.",
            tags["TransferService"]);
    }

    [Fact]
    public void Comment_OfAnRpc_IsTheDescriptionOfTheOperation()
    {
        var checkpoint = Api.Operation("JournalService_GetCheckpoint");

        Assert.Equal("Get checkpoint", $"{checkpoint["summary"]}");
        Assert.Equal("The newest signed checkpoint. Signed on demand, at most once a second.", $"{checkpoint["description"]}");
    }
}
