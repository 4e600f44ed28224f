using Google.Protobuf;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Audit.Tests;

/// <summary>The auditor answers anyone, whoever they say they are, and takes no commands. (That dead letters are dealt with is none of a body's.)</summary>
public sealed class OpenReadTests(PlayedStory story)
{
    /// <summary>Every rpc that reads, by gRPC and by REST.</summary>
    private static readonly Dictionary<string, (Func<AuditService.AuditServiceClient, PlayedStory, Metadata, Task<IMessage>> Call, Func<PlayedStory, string> Path)> Reads = new()
    {
        ["ListBodies"] = (async (audit, _, headers) => await audit.ListBodiesAsync(new ListBodiesRequest(), headers), _ => "bodies"),
        ["ListPayments"] = (async (audit, _, headers) => await audit.ListPaymentsAsync(new ListPaymentsRequest(), headers), _ => "payments"),
        ["TracePayment"] = (
            async (audit, story, headers) => await audit.TracePaymentAsync(new TracePaymentRequest { Payment = story.OfOnePiece }, headers),
            story => $"payments/{story.OfOnePiece}/trace"),
        ["GetTraceBundle"] = (
            async (audit, story, headers) => await audit.GetTraceBundleAsync(new GetTraceBundleRequest { Payment = story.OfOnePiece }, headers),
            story => $"payments/{story.OfOnePiece}/bundle"),
        ["TraceForward"] = (
            async (audit, _, headers) => await audit.TraceForwardAsync(new TraceForwardRequest { Fund = Officers.FundId }, headers), _ => $"forward?fund={Officers.FundId}"),
        ["Reconcile"] = (async (audit, _, headers) => await audit.ReconcileAsync(new ReconcileRequest(), headers), _ => "reconciliation"),
        ["GetSettlementBelow"] = (
            async (audit, _, headers) => await audit.GetSettlementBelowAsync(new GetSettlementBelowRequest { Body = Central, Fund = Officers.FundId }, headers),
            _ => $"settlements/{Central}?fund={Officers.FundId}"),
        ["ListReportsDue"] = (async (audit, _, headers) => await audit.ListReportsDueAsync(new ListReportsDueRequest(), headers), _ => "reports-due"),
        ["GetCoverage"] = (async (audit, _, headers) => await audit.GetCoverageAsync(new GetCoverageRequest(), headers), _ => "coverage"),
        ["ListSecurityEvents"] = (
            async (audit, _, headers) => await audit.ListSecurityEventsAsync(new ListSecurityEventsRequest(), headers), _ => "security-events"),
        ["TellSeen"] = (
            async (audit, _, headers) => await audit.TellSeenAsync(new TellSeenRequest { Bodies = { Easington, Durham } }, headers), _ => $"seen?bodies={Easington}&bodies={Durham}"),
        ["ReadKept"] = (
            async (audit, _, headers) => await audit.ReadKeptAsync(new ReadKeptRequest { Body = Easington, FromIndex = 3, PageSize = 2 }, headers),
            _ => $"journals/{Easington}?fromIndex=3&pageSize=2"),
    };

    public static TheoryData<string> Names => [.. AuditService.Descriptor.Methods.Select(method => method.Name).Where(name => name is not ("GetSuccession" or "SettleDeadLetters"))];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Read_WithAnyTokenOrNone_IsAnsweredTheSame(string name)
    {
        var (call, path) = Reads[name];
        var withNone = await call(story.Officers.Audit, story, []);

        foreach (var token in new[] { "worthless", Expired(), story.Federation.Issuer.Token(Easington, Role.Resident), story.Federation.Issuer.Token(Central, Role.Auditor) })
            Assert.Equal(withNone, await call(story.Officers.Audit, story, Officers.With(token)));
        using var http = new HttpClient { BaseAddress = story.Federation.HttpOf(AuditInstance) };
        var json = await http.GetStringAsync(new Uri($"/v1/audit/{path(story)}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(withNone, JsonParser.Default.Parse(json, withNone.Descriptor));
    }

    /// <summary>Nobody was abolished in the story.</summary>
    [Fact]
    public async Task Succession_OfABodyThatStands_IsMissingForEverybody()
    {
        foreach (var headers in new Metadata[] { [], Officers.With("worthless"), Officers.With(story.Federation.Issuer.Token(Central, Role.Auditor)) })
        {
            var missing = await Assert.ThrowsAsync<RpcException>(async () =>
                await story.Officers.Audit.GetSuccessionAsync(new GetSuccessionRequest { Body = Easington }, headers));

            Assert.Equal(StatusCode.NotFound, missing.StatusCode);
        }
    }

    [Fact]
    public async Task Command_OfAnOfficer_IsNotServed()
    {
        var payments = new Contracts.Payments.V1.PaymentService.PaymentServiceClient(story.Federation.To(AuditInstance));

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await payments.MakePaymentAsync(Officers.PaymentRequest(Easington, $"{Easington}.1.1", Kind.Capital, 1_00), story.Officers.At(Easington)));

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }

    private string Expired() =>
        story.Federation.Issuer.Sign(TestIssuer.Name, "fundingflows", TimeSpan.FromHours(-2), TimeSpan.FromHours(-1), "someone", [Roles.Written(Central, Role.Auditor)]);
}
