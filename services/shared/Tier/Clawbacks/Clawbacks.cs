using FundingFlows.Contracts.Clawbacks.V1;
using FundingFlows.Contracts.Documents.V1;
using Clawback = FundingFlows.Contracts.Clawbacks.V1.Clawback;

namespace FundingFlows.Tiers;

/// <summary>Claims that a body made on money that it gave, or has to meet.</summary>
public sealed class Clawbacks(CommandDesk desk) : ClawbackService.ClawbackServiceBase
{
    private const int MostReason = 2_000;

    public override async Task<ClaimClawbackResponse> ClaimClawback(ClaimClawbackRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var outcome = await desk.SubmitAsync(body, caller, Read(request), context.CancellationToken);
        return new ClaimClawbackResponse { Recorded = outcome.ToRecorded(), Clawback = await ViewAsync(body, outcome.First, context.CancellationToken) };
    }

    public override async Task<WithdrawClawbackResponse> WithdrawClawback(WithdrawClawbackRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var command = new WithdrawClawback(fields.Entry("clawback", request.Clawback), fields.Amount("amount_pence", request.AmountPence));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, request, command), context.CancellationToken);
        return new WithdrawClawbackResponse { Recorded = outcome.ToRecorded(), Clawback = await ViewAsync(body, command.Clawback, context.CancellationToken) };
    }

    public override async Task<SettleClawbackResponse> SettleClawback(SettleClawbackRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Approver);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var command = new SettleClawback(fields.Entry("clawback", request.Clawback), fields.Amount("amount_pence", request.AmountPence));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, request, command), context.CancellationToken);
        return new SettleClawbackResponse { Recorded = outcome.ToRecorded(), Clawback = await ViewAsync(body, command.Clawback, context.CancellationToken) };
    }

    public override async Task<GetClawbackResponse> GetClawback(GetClawbackRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var clawback = fields.Entry("clawback", request.Clawback);
        fields.ThrowIfAny();
        return new GetClawbackResponse { Clawback = await ViewAsync(body, clawback, context.CancellationToken) };
    }

    public override async Task<ListClawbacksResponse> ListClawbacks(ListClawbacksRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (clawbacks, next) = page.OfMade(books.Clawbacks.All, _ => true);
                return new ListClawbacksResponse { Clawbacks = { clawbacks.Select(claim => View(books, claim)) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static Draft Read(ClaimClawbackRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var award = fields.Entry("award", request.Award);
        var kind = fields.Kind("kind", request.Kind, either: true);
        var earmarks = fields.Earmarks("earmarks", request.Earmarks);
        var amount = fields.Amount("amount_pence", request.AmountPence);
        fields.Words("reason", request.Reason, MostReason, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Reason = "";
        normalised.Earmarks.Clear();
        normalised.Earmarks.Add(earmarks.Names);
        return new Draft(
            id, normalised, [new Words(DocumentKind.ClawbackReason, request.Reason)],
            digest => new ClaimClawback(award, kind, earmarks, digest(DocumentKind.ClawbackReason)!, amount));
    }

    private static async Task<Clawback> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.Clawbacks.Find(id) is { } claim ? View(books, claim) : null, cancellation)
        ?? throw Errors.Missing($"{body.Id} knows no clawback {id}.", ("clawback", $"{id}"));

    private static Clawback View(Books books, FundingFlows.Ledger.Clawback claim) => new()
    {
        Id = claim.Id.ToString(),
        Award = claim.Award.ToString(),
        Kind = claim.Kind,
        Earmarks = { claim.Earmarks.Names },
        AmountPence = claim.AmountPence,
        WithdrawnPence = claim.WithdrawnPence,
        MetPence = claim.MetPence,
        OwedPence = claim.OwedPence,
        HeldPence = claim.RecordedBy is { } recorded ? books.Holds.Find(recorded)?.AmountPence ?? 0 : 0,
        Refused = claim.IsRefused,
    };
}
