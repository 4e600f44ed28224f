using FundingFlows.Contracts.Agreements.V1;
using Google.Protobuf.Collections;

namespace FundingFlows.Tiers;

/// <summary>Awards of a body: those that it offers and those that it is offered.</summary>
public sealed class Awards(CommandDesk desk) : AwardService.AwardServiceBase
{
    public override async Task<OfferAwardResponse> OfferAward(OfferAwardRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Approver);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var recipient = fields.Body("recipient", request.Recipient);
        var fund = fields.Fund("fund", request.Fund);
        ReadPromises(fields, request.Promises);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        Normalise(normalised.Promises);
        var draft = Draft.Of(id, normalised, new OfferAward(recipient, fund, request.Promises));
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new OfferAwardResponse { Recorded = outcome.ToRecorded(), Award = await ViewAsync(body, outcome.First, context.CancellationToken) };
    }

    public override async Task<AcceptAwardResponse> AcceptAward(AcceptAwardRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var award = fields.Entry("award", request.Award);
        var draft = Draft.Of(fields.CommandId(request.CommandId), request, new AnswerAward(award, Accept: true));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new AcceptAwardResponse { Recorded = outcome.ToRecorded(), Award = await ViewAsync(body, award, context.CancellationToken) };
    }

    public override async Task<DeclineAwardResponse> DeclineAward(DeclineAwardRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var award = fields.Entry("award", request.Award);
        var draft = Draft.Of(fields.CommandId(request.CommandId), request, new AnswerAward(award, Accept: false));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new DeclineAwardResponse { Recorded = outcome.ToRecorded(), Award = await ViewAsync(body, award, context.CancellationToken) };
    }

    public override async Task<AmendAwardResponse> AmendAward(AmendAwardRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Approver);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var award = fields.Entry("award", request.Award);
        ReadPromises(fields, request.Promises);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        Normalise(normalised.Promises);
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, normalised, new AmendAward(award, request.Promises)), context.CancellationToken);
        return new AmendAwardResponse { Recorded = outcome.ToRecorded(), Award = await ViewAsync(body, award, context.CancellationToken) };
    }

    public override async Task<AcceptAmendmentResponse> AcceptAmendment(AcceptAmendmentRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var award = fields.Entry("award", request.Award);
        var command = new AnswerAmendment(award, fields.Entry("amendment", request.Amendment), Accept: true);
        var draft = Draft.Of(fields.CommandId(request.CommandId), request, command);
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new AcceptAmendmentResponse { Recorded = outcome.ToRecorded(), Award = await ViewAsync(body, award, context.CancellationToken) };
    }

    public override async Task<DeclineAmendmentResponse> DeclineAmendment(DeclineAmendmentRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var award = fields.Entry("award", request.Award);
        var command = new AnswerAmendment(award, fields.Entry("amendment", request.Amendment), Accept: false);
        var draft = Draft.Of(fields.CommandId(request.CommandId), request, command);
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new DeclineAmendmentResponse { Recorded = outcome.ToRecorded(), Award = await ViewAsync(body, award, context.CancellationToken) };
    }

    public override async Task<GetAwardResponse> GetAward(GetAwardRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var award = fields.Entry("award", request.Award);
        fields.ThrowIfAny();
        return new GetAwardResponse { Award = await ViewAsync(body, award, context.CancellationToken) };
    }

    public override async Task<GetSettlementResponse> GetSettlement(GetSettlementRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var fund = fields.Fund("fund", request.Fund);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(books => books.Funds.Newest(fund) is null ? null : AwardViews.Settlement(books, fund), context.CancellationToken)
            ?? throw Errors.Missing($"{body.Id} does not know a fund {fund}.", ("fund", fund));
    }

    public override async Task<ListAwardsResponse> ListAwards(ListAwardsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (awards, next) = page.OfMade(books.Awards.All, _ => true);
                return new ListAwardsResponse { Awards = { awards.Select(AwardViews.View) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static void ReadPromises(Fields fields, RepeatedField<Promise> promises)
    {
        fields.Check(promises.Count is >= 1 and <= FundingAward.MostPromises, "promises", $"must be 1 to {FundingAward.MostPromises} of them.");
        for (var i = 0; i < promises.Count; i++)
        {
            fields.Year($"promises[{i}].financial_year", promises[i].FinancialYear);
            fields.Kind($"promises[{i}].kind", promises[i].Kind, either: true);
            fields.Earmarks($"promises[{i}].earmarks", promises[i].Earmarks);
            fields.Amount($"promises[{i}].amount_pence", promises[i].AmountPence);
        }
    }

    private static void Normalise(RepeatedField<Promise> promises)
    {
        for (var i = 0; i < promises.Count; i++)
            promises[i] = new AwardPromise(promises[i]).AsPromise();
    }

    private static async Task<Award> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.Awards.Find(id) is { } award ? AwardViews.View(award) : null, cancellation)
        ?? throw Errors.Missing($"{body.Id} knows no award {id}.", ("award", $"{id}"));
}
