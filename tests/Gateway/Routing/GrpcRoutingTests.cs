using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Ledger.V1;
using Google.Rpc;
using Grpc.Reflection.V1Alpha;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>gRPC by metadata: <c>ff-body</c> says whose instance is meant; the auditor needs none.</summary>
public sealed class GrpcRoutingTests(Played played)
{
    [Fact]
    public async Task Call_ForEachBody_IsAnsweredByTheInstanceThatHostsIt()
    {
        foreach (var body in played.Federation.Topology.Bodies)
        {
            var shown = (await GetBodyAsync(body.Id, Front.For(body.Id))).Body;
            Assert.Equal((body.Id, body.Name), (shown.Id, shown.OfficialName));
        }
    }

    [Fact]
    public async Task Command_WithAToken_IsRecordedByTheBody()
    {
        var headers = played.Officers.At(Newcastle);
        headers.Add("ff-body", Newcastle);
        var proposed = await new AgreementService.AgreementServiceClient(played.Front.Grpc).ProposeAgreementAsync(
            new ProposeAgreementRequest { Body = Newcastle, CommandId = Officers.NewId(), Recipient = Byker }, headers);

        Assert.StartsWith($"{Newcastle}.1.", proposed.Recorded.Entry, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithoutABody_IsInvalidAndSaysWhatIsMissing() =>
        Assert.Equal(
            (StatusCode.InvalidArgument, "MALFORMED", "Say which body the call is for: metadata ff-body."),
            await FailureAsync(() => GetBodyAsync(Durham, [])));

    [Fact]
    public async Task Call_ForABodyThatNobodyHosts_IsNotFoundByName() =>
        Assert.Equal((StatusCode.NotFound, "NOT_HERE", "There is no body E06000099."), await FailureAsync(() => GetBodyAsync("E06000099", Front.For("E06000099"))));

    [Theory]
    [InlineData(Newcastle)] // At the same instance.
    [InlineData(Easington)]
    public async Task Call_ForAnotherBodyThanTheRequestNames_IsInvalid(string other) =>
        Assert.Equal(
            (StatusCode.InvalidArgument, "MALFORMED", "body is not the body that the call was sent to (metadata ff-body)."),
            await FailureAsync(() => GetBodyAsync(Durham, Front.For(other))));

    [Fact]
    public async Task Call_ForTwoBodies_IsNotAnsweredByEither() =>
        Assert.Equal(StatusCode.NotFound, (await FailureAsync(() => GetBodyAsync(Durham, new Metadata { { "ff-body", Durham }, { "ff-body", Newcastle } }))).Code);

    [Fact]
    public async Task Failure_OfTheBody_ComesThroughWithItsReason() =>
        Assert.Equal(
            (StatusCode.NotFound, "NOT_HERE", $"{Durham} does not know such terms of {Durham}.nothing."),
            await FailureAsync(async () => await new LedgerService.LedgerServiceClient(played.Front.Grpc).GetFundAsync(
                new GetFundRequest { Body = Durham, Fund = $"{Durham}.nothing" }, Front.For(Durham))));

    [Fact]
    public async Task Audit_WithoutABody_IsTheAuditors()
    {
        var bodies = await new AuditService.AuditServiceClient(played.Front.Grpc).ListBodiesAsync(new ListBodiesRequest());

        Assert.Equal(played.Federation.Topology.Bodies.Count, bodies.Bodies.Count);
    }

    [Theory]
    [InlineData("", "fundingflows.audit.v1.AuditService")]
    [InlineData(Durham, "fundingflows.ledger.v1.LedgerService")]
    public async Task Reflection_ForABodyOrNone_ListsTheServicesThere(string body, string service)
    {
        using var call = new ServerReflection.ServerReflectionClient(played.Front.Grpc).ServerReflectionInfo(body.Length > 0 ? Front.For(body) : []);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" });
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Contains(service, call.ResponseStream.Current.ListServicesResponse.Service.Select(one => one.Name));
        await call.RequestStream.CompleteAsync();
    }

    private async Task<GetBodyResponse> GetBodyAsync(string body, Metadata headers) =>
        await new LedgerService.LedgerServiceClient(played.Front.Grpc).GetBodyAsync(new GetBodyRequest { Body = body }, headers);

    private static async Task<(StatusCode Code, string? Reason, string Sentence)> FailureAsync(Func<Task> call)
    {
        var problem = await Assert.ThrowsAsync<RpcException>(call);
        return (problem.StatusCode, problem.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason, problem.Status.Detail);
    }
}
