using FundingFlows.Contracts.Reservations.V1;

namespace FundingFlows.Tiers;

/// <summary>What a body owes for goods or works that it has received.</summary>
public sealed partial class Reservations
{
    public override async Task<RecordLiabilityResponse> RecordLiability(RecordLiabilityRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Preparer);
        var outcome = await desk.SubmitAsync(body, caller, ReservationRequests.Read(request), context.CancellationToken);
        return new RecordLiabilityResponse { Recorded = outcome.ToRecorded(), Liability = await LiabilityAsync(body, outcome.First, context.CancellationToken) };
    }

    public override async Task<ReduceLiabilityResponse> ReduceLiability(ReduceLiabilityRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Preparer);
        var (liability, draft) = ReservationRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new ReduceLiabilityResponse { Recorded = outcome.ToRecorded(), Liability = await LiabilityAsync(body, liability, context.CancellationToken) };
    }

    public override async Task<GetLiabilityResponse> GetLiability(GetLiabilityRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var liability = fields.Entry("liability", request.Liability);
        fields.ThrowIfAny();
        return new GetLiabilityResponse { Liability = await LiabilityAsync(body, liability, context.CancellationToken) };
    }

    public override async Task<ListLiabilitiesResponse> ListLiabilities(ListLiabilitiesRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (liabilities, next) = page.OfMade(
                    books.Liabilities.All, liability => !request.OpenOnly || books.Holds.Find(liability.Id)!.AmountPence > 0);
                return new ListLiabilitiesResponse { Liabilities = { liabilities.Select(books.ToView) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static async Task<Contracts.Reservations.V1.Liability> LiabilityAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.LiabilityOf(id), cancellation)
        ?? throw Errors.Missing($"{body.Id} has no liability {id}.", ("liability", $"{id}"));
}
