using FundingFlows.Contracts.Agreements.V1;

namespace FundingFlows.Tiers;

/// <summary>Funding agreements of a body.</summary>
public sealed class Agreements(CommandDesk desk) : AgreementService.AgreementServiceBase
{
    public override async Task<ProposeAgreementResponse> ProposeAgreement(ProposeAgreementRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var draft = AgreementRequests.Read(fields, request);
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new ProposeAgreementResponse { Recorded = outcome.ToRecorded(), Agreement = await ViewAsync(body, outcome.First, context.CancellationToken) };
    }

    public override async Task<AcceptAgreementResponse> AcceptAgreement(AcceptAgreementRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var agreement = fields.Entry("agreement", request.Agreement);
        var draft = Draft.Of(fields.CommandId(request.CommandId), request, new AcceptAgreement(agreement));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new AcceptAgreementResponse { Recorded = outcome.ToRecorded(), Agreement = await ViewAsync(body, agreement, context.CancellationToken) };
    }

    public override async Task<SuspendAgreementResponse> SuspendAgreement(SuspendAgreementRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var (agreement, draft) = AgreementRequests.Read(
            request, request.CommandId, request.Agreement, request.Reason, (id, why) => new SuspendAgreement(id, why));
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new SuspendAgreementResponse { Recorded = outcome.ToRecorded(), Agreement = await ViewAsync(body, agreement, context.CancellationToken) };
    }

    public override async Task<ResumeAgreementResponse> ResumeAgreement(ResumeAgreementRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var (agreement, draft) = AgreementRequests.Read(
            request, request.CommandId, request.Agreement, request.Reason, (id, why) => new ResumeAgreement(id, why));
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new ResumeAgreementResponse { Recorded = outcome.ToRecorded(), Agreement = await ViewAsync(body, agreement, context.CancellationToken) };
    }

    public override async Task<EndAgreementResponse> EndAgreement(EndAgreementRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var (agreement, draft) = AgreementRequests.Read(
            request, request.CommandId, request.Agreement, request.Reason, (id, why) => new EndAgreement(id, why));
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new EndAgreementResponse { Recorded = outcome.ToRecorded(), Agreement = await ViewAsync(body, agreement, context.CancellationToken) };
    }

    public override async Task<GetAgreementResponse> GetAgreement(GetAgreementRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var agreement = fields.Entry("agreement", request.Agreement);
        fields.ThrowIfAny();
        return new GetAgreementResponse { Agreement = await ViewAsync(body, agreement, context.CancellationToken) };
    }

    public override async Task<ListAgreementsResponse> ListAgreements(ListAgreementsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 200, most: 1_000);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (agreements, next) = page.OfMade(books.Agreements.All, _ => true);
                return new ListAgreementsResponse { Agreements = { agreements.Select(AgreementViews.Of) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static async Task<Agreement> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.Agreements.Find(id) is { } agreement ? AgreementViews.Of(agreement) : null, cancellation)
        ?? throw Errors.Missing($"{body.Id} knows no agreement {id}.", ("agreement", $"{id}"));
}
