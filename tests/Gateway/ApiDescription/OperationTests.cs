namespace FundingFlows.Gateway.Tests;

/// <summary>Each rpc with an http rule is one operation, with all that its request holds.</summary>
public sealed class OperationTests
{
    public static TheoryData<string> Ids => [.. Rest.All.Select(rest => rest.Id)];

    public static TheoryData<string> Gets => [.. Rest.All.Where(rest => rest.Verb == "get").Select(rest => rest.Id)];

    public static TheoryData<string> Posts => [.. Rest.All.Where(rest => rest.Verb == "post").Select(rest => rest.Id)];

    [Fact]
    public void Operations_OfAllServices_AreTheRpcsWithAnHttpRule()
    {
        var expected = Rest.All.Select(rest => (rest.Id, rest.Verb, rest.Path));
        var described = Api.Operations.Select(one => (one.Operation["operationId"]!.GetValue<string>(), one.Verb, one.Path));

        Assert.True(Rest.All.Count > 40);
        Assert.Equal(expected.Order(), described.Order());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Operation_OfAnRpc_HasItsServiceAsTag(string id) =>
        Assert.Equal([RestOf(id).Rpc.Service.Name], Api.Operation(id)["tags"]!.AsArray().Select(tag => tag!.GetValue<string>()));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Path_WithVariables_HasAParameterForEach(string id)
    {
        var operation = Api.Operation(id);

        Assert.Equal(RestOf(id).InPath, Api.Parameters(operation, "path"));
        Assert.All(
            operation["parameters"]?.AsArray() ?? [],
            parameter => Assert.Equal($"{parameter!["in"]}" == "path", parameter["required"] is not null));
    }

    [Theory]
    [MemberData(nameof(Gets))]
    public void Get_WithFieldsNotInThePath_TakesThemFromTheQuery(string id)
    {
        var operation = Api.Operation(id);

        Assert.Equal(RestOf(id).InQuery, Api.Parameters(operation, "query"));
        Assert.Null(operation["requestBody"]);
    }

    [Theory]
    [MemberData(nameof(Posts))]
    public void Post_WithFieldsInThePath_HasNoneOfThemInTheBody(string id)
    {
        var operation = Api.Operation(id);

        Assert.Equal(RestOf(id).NotInPath, Api.Properties(Api.Content(operation["requestBody"]!)));
        Assert.Empty(Api.Parameters(operation, "query"));
        Assert.True(operation["requestBody"]!["required"]!.GetValue<bool>());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Operation_OfAnRpc_AnswersItsResponseOrAStatus(string id)
    {
        var responses = Api.Operation(id)["responses"]!;
        var fields = RestOf(id).Rpc.OutputType.Fields.InDeclarationOrder().Select(field => field.JsonName);

        Assert.Equal(fields, Api.Properties(Api.Content(responses["200"]!)));
        Assert.Equal(["code", "message", "details"], Api.Properties(Api.Content(responses["default"]!)));
    }

    [Fact]
    public void Path_WithAVerb_KeepsItAfterItsLastVariable()
    {
        var accept = Api.Root["paths"]!["/v1/bodies/{body}/awards/{award}:accept"]!["post"]!.AsObject();

        Assert.Equal("AwardService_AcceptAward", accept["operationId"]!.GetValue<string>());
        Assert.Equal(["body", "award"], Api.Parameters(accept, "path"));
        Assert.Equal(["commandId"], Api.Properties(Api.Content(accept["requestBody"]!)));
    }

    [Fact]
    public void Query_WithFieldsThatExcludeEachOther_SaysSo()
    {
        var forward = Api.Operation("AuditService_TraceForward");

        Assert.Equal(["source", "fund", "transfer", "pageSize", "pageToken"], Api.Parameters(forward, "query"));
        Assert.Contains("At most one of `source`, `fund` and `transfer`.", $"{forward["description"]}", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Security_OfAnOperation_AsksForATokenToWriteOnly(string id)
    {
        var expected = (id, RestOf(id).Verb) switch
        {
            (_, "post") => """[{"bearer":[]}]""",
            ("DocumentService_GetDocument", _) => """[{},{"bearer":[]}]""",
            _ => null,
        };

        Assert.Equal(expected, Api.Operation(id)["security"]?.ToJsonString());
    }

    private static Rest RestOf(string id) => Rest.All.Single(rest => rest.Id == id);
}
