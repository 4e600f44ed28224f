using FundingFlows.Contracts.Payments.V1;

namespace FundingFlows.Tiers;

/// <summary>Money that a body pays out of the federation, and money that comes back.</summary>
public sealed class Payments(CommandDesk desk) : PaymentService.PaymentServiceBase
{
    public override async Task<MakePaymentResponse> MakePayment(MakePaymentRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Preparer);
        var outcome = await desk.SubmitAsync(body, caller, PaymentRequests.Read(request), context.CancellationToken);
        return new MakePaymentResponse { Recorded = outcome.ToRecorded(), Payment = await ViewAsync(body, outcome.First, context.CancellationToken) };
    }

    public override async Task<RefundPaymentResponse> RefundPayment(RefundPaymentRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Preparer);
        var (payment, draft) = PaymentRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new RefundPaymentResponse { Recorded = outcome.ToRecorded(), Payment = await ViewAsync(body, payment, context.CancellationToken) };
    }

    public override async Task<GetPaymentResponse> GetPayment(GetPaymentRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var payment = fields.Entry("payment", request.Payment);
        fields.ThrowIfAny();
        return new GetPaymentResponse { Payment = await ViewAsync(body, payment, context.CancellationToken) };
    }

    public override async Task<ListPaymentsResponse> ListPayments(ListPaymentsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (payments, next) = page.OfMade(books.Payments.All, _ => true);
                return new ListPaymentsResponse { Payments = { payments.Select(View) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static async Task<Contracts.Payments.V1.Payment> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.Payments.Find(id) is { } payment ? View(payment) : null, cancellation)
        ?? throw Errors.Missing($"{body.Id} made no payment {id}.", ("payment", $"{id}"));

    private static Contracts.Payments.V1.Payment View(FundingFlows.Ledger.Payment payment) => new()
    {
        Id = payment.Id.ToString(),
        Fund = payment.Made.Fund,
        FinancialYear = payment.Made.FinancialYear,
        Kind = payment.Made.Kind,
        Category = payment.Made.Category,
        Place = payment.Made.Place,
        Payee = payment.Made.Payee.IdentifierCase == Payee.IdentifierOneofCase.Person ? payment.Made.Payee.Person : payment.Made.Payee.Organisation,
        AmountPence = payment.AmountPence,
        RefundedPence = payment.RefundedPence,
        RecordedAt = payment.RecordedAt,
        Pieces = { payment.Pieces.Select(piece => new Contracts.Payments.V1.PaidPiece { Lot = piece.Lot.ToString(), AmountPence = piece.AmountPence }) },
        PayeeNameDocument = payment.Made.PayeeName.ToName(),
        NarrativeDocument = payment.Made.Narrative.ToName(),
        Project = payment.Made.Project is { } project ? EntryId.From(project).ToString() : "",
        PaidOn = payment.Made.PaidOn,
        NetPence = payment.Made.NetPence,
        VatPence = payment.Made.VatPence,
        VatRecoverable = payment.Made.VatRecoverable,
        Reference = payment.Made.Reference,
        EvidenceDocument = payment.Made.Evidence.ToName(),
    };
}
