using FundingFlows.Contracts.Payments.V1;

namespace FundingFlows.Tiers;

/// <summary>Interests that people at a body declare in payees.</summary>
public sealed class Interests(CommandDesk desk) : InterestService.InterestServiceBase
{
    private static readonly Role[] Officers = [Role.Preparer, Role.Approver, Role.ChiefFinanceOfficer];

    public override async Task<DeclareInterestResponse> DeclareInterest(DeclareInterestRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Officers);
        var outcome = await desk.SubmitAsync(body, caller, InterestRequests.Read(request), context.CancellationToken);
        return new DeclareInterestResponse { Recorded = outcome.ToRecorded() };
    }

    public override async Task<EndInterestResponse> EndInterest(EndInterestRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Officers);
        var outcome = await desk.SubmitAsync(body, caller, InterestRequests.Read(request), context.CancellationToken);
        return new EndInterestResponse { Recorded = outcome.ToRecorded() };
    }

    public override async Task<ListInterestsResponse> ListInterests(ListInterestsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (interests, next) = page.OfMade(books.Interests.All, _ => true);
                return new ListInterestsResponse { Interests = { interests.Select(View) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static Contracts.Payments.V1.Interest View(FundingFlows.Ledger.Interest interest) => new()
    {
        Id = interest.Declared.ToString(),
        Holder = interest.Holder,
        Payee = PaymentViews.Of(interest.Payee),
        EndedBy = interest.Ended?.ToString() ?? "",
    };
}
