using System.Net;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Ledger.V1;
using Google.Rpc;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>While one council's instance and the auditor are down: a plain sentence for them, and the others go on.</summary>
public sealed class DownTests(Down down) : IClassFixture<Down>
{
    private const string AuditorIsAway = "The auditor does not answer just now. Please try again in a minute.";
    private const string BodyIsAway = $"{Hartlepool} does not answer just now. Please try again in a minute.";

    [Theory]
    [InlineData($"/v1/bodies/{Hartlepool}", BodyIsAway)]
    [InlineData($"/journals/{Hartlepool}/1/checkpoint", BodyIsAway)]
    [InlineData("/v1/audit/bodies", AuditorIsAway)]
    public async Task Rest_ToWhatIsDown_IsUnavailableInASentence(string path, string sentence)
    {
        var reply = await down.Front.GetAsync(path);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (reply.Status, reply.MediaType));
        Assert.Equal(sentence, reply.Sentence);
    }

    [Fact]
    public async Task Grpc_ToABodyThatIsDown_IsUnavailableInASentence() =>
        AssertUnavailable(BodyIsAway, await Assert.ThrowsAsync<RpcException>(() => GetBodyAsync(Hartlepool)));

    [Fact]
    public async Task Stream_ToABodyThatIsDown_IsUnavailableInASentence()
    {
        using var follow = new JournalService.JournalServiceClient(down.Front.Grpc).FollowJournal(new FollowJournalRequest { Body = Hartlepool }, Front.For(Hartlepool));
        AssertUnavailable(BodyIsAway, await Assert.ThrowsAsync<RpcException>(() => follow.ResponseStream.MoveNext(CancellationToken.None)));
    }

    [Fact]
    public async Task Grpc_ToTheAuditorThatIsDown_IsUnavailableInASentence() =>
        AssertUnavailable(
            AuditorIsAway,
            await Assert.ThrowsAsync<RpcException>(async () => await new AuditService.AuditServiceClient(down.Front.Grpc).ListBodiesAsync(new ListBodiesRequest())));

    [Theory]
    [InlineData(Central)]
    [InlineData(Durham)]
    public async Task OtherBodies_BothWays_GoOn(string body)
    {
        Assert.Equal(HttpStatusCode.OK, (await down.Front.GetAsync($"/v1/bodies/{body}")).Status);
        Assert.Equal(body, (await GetBodyAsync(body)).Body.Id);
    }

    [Fact]
    public async Task Page_WithoutTheAuditor_SaysSoAndKeepsItsFormAndHeaders()
    {
        var page = await Page.OfAsync(down.Front, "/?payment=E06000001.1.1");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Equal(AuditorIsAway, page.Problem);
        Assert.Contains("value=\"E06000001.1.1\"", page.Html, StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
    }

    [Fact]
    public async Task Health_WithTwoInstancesDown_NamesThemAndStaysReadyForTheOthers()
    {
        var health = await down.Front.GetAsync("/health");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (health.Status, $"{health.Json["status"]}"));
        Assert.Equal(
            [(AuditInstance, "Unreachable"), (CentralInstance, "Healthy"), (CouncilA, "Healthy"), (CouncilB, "Unreachable")],
            health.Json["instances"]!.AsArray().Select(instance => ($"{instance!["instance"]}", $"{instance["status"]}")));
        Assert.Equal(HttpStatusCode.OK, (await down.Front.GetAsync("/health/live")).Status);
        Assert.Equal(HttpStatusCode.OK, (await down.Front.GetAsync("/health/ready")).Status);
    }

    private async Task<GetBodyResponse> GetBodyAsync(string body) =>
        await new LedgerService.LedgerServiceClient(down.Front.Grpc).GetBodyAsync(new GetBodyRequest { Body = body }, Front.For(body));

    private static void AssertUnavailable(string sentence, RpcException problem) => Assert.Equal(
        (StatusCode.Unavailable, sentence, "UNREACHABLE", "fundingflows"),
        (problem.StatusCode, problem.Status.Detail, problem.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason, problem.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Domain));
}
