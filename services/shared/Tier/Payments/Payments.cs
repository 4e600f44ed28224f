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
        return await body.Sequencer.ReadAsync(
            books => new MakePaymentResponse
            {
                Recorded = outcome.ToRecorded(),
                Payment = books.Payments.Find(outcome.First) is { } payment ? PaymentViews.Of(payment) : null,
                Preparation = books.Preparations.Find(outcome.First) is { } preparation ? PaymentViews.Of(books, preparation) : null,
                Instruction = PaymentViews.InstructedAs(books, outcome.First),
            },
            context.CancellationToken);
    }

    public override async Task<ApprovePaymentResponse> ApprovePayment(ApprovePaymentRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Approver);
        var outcome = await desk.SubmitAsync(body, caller, PaymentRequests.Read(request), context.CancellationToken);
        return await body.Sequencer.ReadAsync(
            books => new ApprovePaymentResponse
            {
                Recorded = outcome.ToRecorded(),
                Payment = books.Payments.Find(outcome.First) is { } payment ? PaymentViews.Of(payment) : null,
                Instruction = PaymentViews.InstructedAs(books, outcome.First),
            },
            context.CancellationToken);
    }

    public override async Task<RejectPaymentResponse> RejectPayment(RejectPaymentRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Approver);
        var (preparation, draft) = PaymentRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new RejectPaymentResponse { Recorded = outcome.ToRecorded(), Preparation = await PreparedAsync(body, preparation, context.CancellationToken) };
    }

    public override async Task<RecordLoanRepaymentResponse> RecordLoanRepayment(RecordLoanRepaymentRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        // Interest is new money, and only a chief finance officer issues that.
        var caller = context.Require(body, request.Interest is null ? Role.Preparer : Role.ChiefFinanceOfficer);
        var (payment, draft) = PaymentRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new RecordLoanRepaymentResponse { Recorded = outcome.ToRecorded(), Payment = await ViewAsync(body, payment, context.CancellationToken) };
    }

    public override async Task<GetPreparationResponse> GetPreparation(GetPreparationRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var preparation = fields.Entry("preparation", request.Preparation);
        fields.ThrowIfAny();
        return new GetPreparationResponse { Preparation = await PreparedAsync(body, preparation, context.CancellationToken) };
    }

    public override async Task<ListPreparationsResponse> ListPreparations(ListPreparationsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (preparations, next) = page.OfMade(books.Preparations.All, preparation => preparation.Waits || !request.WaitingOnly);
                return new ListPreparationsResponse { Preparations = { preparations.Select(one => PaymentViews.Of(books, one)) }, NextPageToken = next };
            },
            context.CancellationToken);
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
                return new ListPaymentsResponse { Payments = { payments.Select(PaymentViews.Of) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static async Task<Contracts.Payments.V1.Payment> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.Payments.Find(id) is { } payment ? PaymentViews.Of(payment) : null, cancellation)
        ?? throw Errors.Missing($"{body.Id} made no payment {id}.", ("payment", $"{id}"));

    private static async Task<Contracts.Payments.V1.Preparation> PreparedAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.Preparations.Find(id) is { } preparation ? PaymentViews.Of(books, preparation) : null, cancellation)
        ?? throw Errors.Missing($"{body.Id} prepared no payment {id}.", ("preparation", $"{id}"));
}
