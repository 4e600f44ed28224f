using FundingFlows.Contracts.Audit.V1;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace FundingFlows.Gateway;

/// <summary>What the page shows.</summary>
/// <param name="Notice">What stands at the head. Empty: nothing.</param>
/// <param name="Bodies">Every body, in the order of tiers.</param>
/// <param name="Payments">The newest payments, to pick one from.</param>
/// <param name="PickedBody">The body whose payments are shown. Empty: all.</param>
/// <param name="Asked">The payment that was asked for. Empty: none.</param>
/// <param name="Trace">Its trace. Null: there is none.</param>
/// <param name="Problem">What went wrong, in a sentence. Null: nothing.</param>
/// <param name="StatusCode">HTTP status of the page.</param>
public sealed record HomeModel(
    string Notice, IReadOnlyList<AuditedBody> Bodies, IReadOnlyList<AuditedPayment> Payments, string PickedBody,
    string Asked, TracePaymentResponse? Trace, string? Problem, int StatusCode);

/// <summary>Asks the auditor for what the page shows.</summary>
internal sealed class HomeModelReader(AuditService.AuditServiceClient audit, IOptions<GatewayOptions> options, TimeProvider time)
{
    private const int PaymentsShown = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HomeModel> ReadAsync(string? payment, string? body, CancellationToken cancellation)
    {
        var asked = payment ?? "";
        var picked = body ?? "";
        try
        {
            var bodies = await BodiesAsync(cancellation);
            var payments = await audit.ListPaymentsAsync(new ListPaymentsRequest { Body = picked, PageSize = PaymentsShown }, Options(cancellation));
            var (trace, problem, status) = asked.Length == 0 ? (null, null, StatusCodes.Status200OK) : await TraceAsync(asked, cancellation);
            return new HomeModel(options.Value.Notice, bodies, payments.Payments, picked, asked, trace, problem, status);
        }
        // Whatever keeps the auditor from answering, a reader gets a page and not a status.
        catch (RpcException) when (!cancellation.IsCancellationRequested)
        {
            return new HomeModel(options.Value.Notice, [], [], picked, asked, null, "The auditor does not answer just now. Please try again in a minute.", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<IReadOnlyList<AuditedBody>> BodiesAsync(CancellationToken cancellation)
    {
        var bodies = new List<AuditedBody>();
        var token = "";
        do
        {
            var page = await audit.ListBodiesAsync(new ListBodiesRequest { PageSize = 1_000, PageToken = token }, Options(cancellation));
            bodies.AddRange(page.Bodies);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return bodies;
    }

    private async Task<(TracePaymentResponse? Trace, string? Problem, int Status)> TraceAsync(string payment, CancellationToken cancellation)
    {
        try
        {
            return (await audit.TracePaymentAsync(new TracePaymentRequest { Payment = payment }, Options(cancellation)), null, StatusCodes.Status200OK);
        }
        catch (RpcException problem) when (problem.StatusCode == StatusCode.InvalidArgument)
        {
            return (null, $"“{payment}” is not how a payment is written. It looks like this: E05009030.1.12", StatusCodes.Status400BadRequest);
        }
        catch (RpcException problem) when (problem.StatusCode == StatusCode.NotFound)
        {
            return (null, $"We know of no payment {payment}. If it was made just now, please try again in a few seconds.", StatusCodes.Status404NotFound);
        }
    }

    private CallOptions Options(CancellationToken cancellation) => new(deadline: time.GetUtcNow().Add(Patience).UtcDateTime, cancellationToken: cancellation);
}
