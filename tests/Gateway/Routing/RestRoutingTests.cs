using System.Net;
using System.Text.Json.Nodes;
using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Tiers;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>REST by path: <c>/v1/bodies/{body}/...</c> goes to the instance that hosts the body, <c>/v1/audit/...</c> to the auditor.</summary>
public sealed class RestRoutingTests(Played played)
{
    [Fact]
    public async Task Read_OfEachBody_IsAnsweredByTheInstanceThatHostsIt()
    {
        foreach (var body in played.Federation.Topology.Bodies)
        {
            var reply = await played.Front.GetAsync($"/v1/bodies/{body.Id}");
            Assert.Equal((HttpStatusCode.OK, body.Id), (reply.Status, $"{reply.Json["body"]!["id"]}"));
        }
    }

    [Fact]
    public async Task Read_WithAQuery_TakesItAlong()
    {
        var lots = (await played.Front.GetAsync($"/v1/bodies/{Region}/lots?fund={Officers.FundId}&pageSize=1")).Json;

        Assert.Single(lots["lots"]!.AsArray());
        Assert.NotEqual("", $"{lots["nextPageToken"]}");
    }

    [Fact]
    public async Task Checkpoint_AtItsPlaceForTiles_IsTheBodysOwn()
    {
        var reply = await played.Front.GetAsync($"/journals/{Horden}/1/checkpoint");

        Assert.Equal((HttpStatusCode.OK, "text/plain"), (reply.Status, reply.MediaType));
        Assert.StartsWith($"{played.Federation.Id}/{Horden}/1\n", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WithAToken_IsRecordedByTheBody()
    {
        var command = new JsonObject { ["commandId"] = Officers.NewId(), ["recipient"] = Byker };
        var reply = await played.Front.PostAsync($"/v1/bodies/{Hartlepool}/agreements", command, played.Federation.Issuer.Token(Hartlepool, Role.ChiefFinanceOfficer));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.StartsWith($"{Hartlepool}.1.", $"{reply.Json["recorded"]!["entry"]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_OfTheBody_ComesThroughAsItIs()
    {
        var reply = await played.Front.PostAsync($"/v1/bodies/{Hartlepool}/agreements", new JsonObject());

        Assert.Equal((HttpStatusCode.Unauthorized, "application/json"), (reply.Status, reply.MediaType));
        Assert.Equal("UNAUTHENTICATED", $"{reply.Json["details"]![0]!["reason"]}");
    }

    [Theory]
    [InlineData("/v1/bodies/E06000099", "There is no body E06000099.")]
    [InlineData("/v1/bodies/E06000099/lots", "There is no body E06000099.")]
    [InlineData("/v1/bodies/e06000047", "There is no body e06000047.")]
    [InlineData("/journals/E06000099/1/checkpoint", "There is no body E06000099.")]
    [InlineData("/v1/bodies/%3Cscript%3E", "There is no body <script>.")]
    public async Task Body_ThatNobodyHosts_IsNotFoundByName(string path, string sentence)
    {
        var reply = await played.Front.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (reply.Status, reply.MediaType));
        Assert.Equal(sentence, reply.Sentence);
    }

    [Theory]
    [InlineData("/v1/bodies/E06000047/nonsense")]
    [InlineData("/v1/audit/nonsense")]
    [InlineData("/v1/bodies/")]
    [InlineData("/v2/bodies/E06000047")]
    public async Task Path_ThatNobodyKnows_IsNotFoundAsAProblem(string path)
    {
        var reply = await played.Front.GetAsync(path);

        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (reply.Status, reply.MediaType));
        Assert.Equal("404", $"{reply.Json["status"]}");
    }

    [Fact]
    public async Task Audit_ByRest_IsTheAuditors()
    {
        var bodies = (await played.Front.GetAsync("/v1/audit/bodies?pageSize=3")).Json;
        var trace = (await played.Front.GetAsync($"/v1/audit/payments/{played.OfOnePiece.Id}/trace")).Json;

        Assert.Equal(3, bodies["bodies"]!.AsArray().Count);
        Assert.True(trace["holds"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Answer_ByRest_IsTheSameAsByGrpc()
    {
        var body = await new LedgerService.LedgerServiceClient(played.Front.Grpc).GetBodyAsync(new GetBodyRequest { Body = Durham }, Front.For(Durham));
        var rest = (await played.Front.GetAsync($"/v1/bodies/{Durham}")).Json["body"]!;

        Assert.Equal(body.Body.Totals.CashPence, rest["totals"]!["cashPence"]!.GetValue<long>());
        Assert.Equal(body.Body.Origin, $"{rest["origin"]}");
    }
}
