using FundingFlows.Contracts.Audit.V1;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace FundingFlows.Gateway;

/// <summary>What the page shows.</summary>
/// <param name="Notice">What stands at the head. Empty: nothing.</param>
/// <param name="Bodies">Every body, in the order of tiers.</param>
/// <param name="Payments">The newest payments, to pick one from.</param>
/// <param name="Picked">The body that the page is about. Null: none, or nobody knows it.</param>
/// <param name="Asked">The payment that was asked for. Empty: none.</param>
/// <param name="Trace">Its trace. Null: there is none.</param>
/// <param name="Problem">What went wrong, in a sentence. Null: nothing.</param>
/// <param name="StatusCode">HTTP status of the page.</param>
public sealed record HomeModel(
    string Notice, IReadOnlyList<AuditedBody> Bodies, IReadOnlyList<AuditedPayment> Payments, AuditedBody? Picked,
    string Asked, TracePaymentResponse? Trace, string? Problem, int StatusCode)
{
    /// <summary>What the picked body has, year by year. Null: there is none, or it is not known now.</summary>
    public BodyMoney? Money { get; init; }

    /// <summary>A payment that can be followed, as an example. Empty: there is none yet.</summary>
    public string Example => Payments.Count > 0 ? Payments[0].Id : "";
}

/// <summary>Asks the auditor for what the page shows, and the picked body for its money.</summary>
internal sealed class HomeModelReader(AuditService.AuditServiceClient audit, BodyMoneyReader money, IOptions<GatewayOptions> options, TimeProvider time)
{
    private const int PaymentsShown = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task<HomeModel> ReadAsync(string? payment, string? body, CancellationToken cancellation)
    {
        var asked = payment ?? "";
        try
        {
            var bodies = await BodiesAsync(cancellation);
            var picked = bodies.FirstOrDefault(one => one.Id == body);
            var payments = await audit.ListPaymentsAsync(new ListPaymentsRequest { Body = picked?.Id ?? "", PageSize = PaymentsShown }, Options(cancellation));
            var model = new HomeModel(options.Value.Notice, bodies, payments.Payments, picked, asked, null, null, StatusCodes.Status200OK);
            if (picked is null && body is { Length: > 0 })
                return model with { Problem = $"We know of no body {body}. You can pick one from the list below.", StatusCode = StatusCodes.Status404NotFound };
            if (picked is not null)
                model = model with { Money = await money.ReadAsync(picked.Id, cancellation) };
            return asked.Length == 0 ? model : await TracedAsync(model, cancellation);
        }
        // Whatever keeps the auditor from answering, a reader gets a page and not a status.
        catch (RpcException) when (!cancellation.IsCancellationRequested)
        {
            return new HomeModel(options.Value.Notice, [], [], null, asked, null, "The auditor does not answer just now. Please try again in a minute.", StatusCodes.Status503ServiceUnavailable);
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

    private async Task<HomeModel> TracedAsync(HomeModel model, CancellationToken cancellation)
    {
        try
        {
            return model with { Trace = await audit.TracePaymentAsync(new TracePaymentRequest { Payment = model.Asked }, Options(cancellation)) };
        }
        catch (RpcException problem) when (problem.StatusCode == StatusCode.InvalidArgument)
        {
            var example = model.Example.Length > 0 ? $" It looks like this: {model.Example}" : "";
            return model with { Problem = $"“{model.Asked}” is not how a payment is written.{example}", StatusCode = StatusCodes.Status400BadRequest };
        }
        catch (RpcException problem) when (problem.StatusCode == StatusCode.NotFound)
        {
            return model with
            {
                Problem = $"We know of no payment {model.Asked}. If it was made just now, please try again in a few seconds.",
                StatusCode = StatusCodes.Status404NotFound,
            };
        }
    }

    private CallOptions Options(CancellationToken cancellation) => new(deadline: time.GetUtcNow().Add(Patience).UtcDateTime, cancellationToken: cancellation);
}
