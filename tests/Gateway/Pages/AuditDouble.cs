using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Topologies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Gateway.Tests;

/// <summary>What an auditor says that a true one would have to be brought to with much effort: what does not hold, and words that mean harm.</summary>
internal sealed class Told
{
    public List<AuditedBody> Bodies { get; } = [];

    public List<AuditedPayment> Payments { get; } = [];

    /// <summary>What bodies say that the gateway finds where the auditor is.</summary>
    public ToldMoney Money { get; } = new();

    /// <summary>Its answer to every question for a trace.</summary>
    public Func<TracePaymentResponse> Trace { get; set; } = () => new TracePaymentResponse();
}

/// <summary>A gateway in front of an auditor that says what it is told, over real gRPC.</summary>
internal sealed class AuditDouble : IAsyncDisposable
{
    private readonly WebApplication auditor;
    private readonly TestInstance gateway;

    private AuditDouble(WebApplication auditor, TestInstance gateway)
    {
        (this.auditor, this.gateway) = (auditor, gateway);
        Front = Front.Of(gateway);
    }

    public Front Front { get; }

    public static async Task<AuditDouble> StartAsync(Told told, Dictionary<string, string?>? settings = null)
    {
        var builder = TestServer.Speaking(HttpProtocols.Http2);
        builder.Services.AddSingleton(told);
        builder.Services.AddSingleton(told.Money);
        var auditor = builder.Build();
        auditor.MapGrpcService<ToldAudit>();
        auditor.MapGrpcService<ToldLedger>();
        auditor.MapGrpcService<ToldAwards>();
        auditor.MapGrpcService<ToldAllocations>();
        await auditor.StartAsync();
        var gateway = await TestInstance.StartAsync(ServiceKind.Gateway, [.. Alone.Settings(auditor.Addresses()[0]), .. settings ?? []], new SaidLog());
        return new AuditDouble(auditor, gateway);
    }

    public async ValueTask DisposeAsync()
    {
        Front.Dispose();
        await gateway.DisposeAsync();
        await auditor.DisposeAsync();
    }

    private sealed class ToldAudit(Told told) : AuditService.AuditServiceBase
    {
        /// <summary>A page at a time, so that a reader who stops after the first is found out.</summary>
        public override Task<ListBodiesResponse> ListBodies(ListBodiesRequest request, ServerCallContext context)
        {
            var place = request.PageToken.Length == 0 ? 0 : int.Parse(request.PageToken, System.Globalization.CultureInfo.InvariantCulture);
            return Task.FromResult(new ListBodiesResponse { Bodies = { told.Bodies.Skip(place).Take(1) }, NextPageToken = place + 1 < told.Bodies.Count ? $"{place + 1}" : "" });
        }

        public override Task<ListPaymentsResponse> ListPayments(ListPaymentsRequest request, ServerCallContext context) =>
            Task.FromResult(new ListPaymentsResponse { Payments = { told.Payments.Where(payment => request.Body.Length == 0 || payment.Body == request.Body).Take(request.PageSize) } });

        public override Task<TracePaymentResponse> TracePayment(TracePaymentRequest request, ServerCallContext context) => Task.FromResult(told.Trace());
    }
}
