using FundingFlows.Contracts.Reservations.V1;

namespace FundingFlows.Tiers;

/// <summary>Money that a body sets aside, and what it owes.</summary>
public sealed partial class Reservations(CommandDesk desk) : ReservationService.ReservationServiceBase
{
    public override async Task<ReserveResponse> Reserve(ReserveRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Preparer);
        var outcome = await desk.SubmitAsync(body, caller, ReservationRequests.Read(request), context.CancellationToken);
        return new ReserveResponse { Recorded = outcome.ToRecorded(), Reservation = await ViewAsync(body, outcome.First, context.CancellationToken) };
    }

    public override async Task<ReleaseReservationResponse> ReleaseReservation(ReleaseReservationRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Preparer);
        var (reservation, draft) = ReservationRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new ReleaseReservationResponse { Recorded = outcome.ToRecorded(), Reservation = await ViewAsync(body, reservation, context.CancellationToken) };
    }

    public override async Task<ExpireReservationResponse> ExpireReservation(ExpireReservationRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Preparer);
        var (reservation, draft) = ReservationRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new ExpireReservationResponse { Recorded = outcome.ToRecorded(), Reservation = await ViewAsync(body, reservation, context.CancellationToken) };
    }

    public override async Task<GetReservationResponse> GetReservation(GetReservationRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var reservation = fields.Entry("reservation", request.Reservation);
        fields.ThrowIfAny();
        return new GetReservationResponse { Reservation = await ViewAsync(body, reservation, context.CancellationToken) };
    }

    public override async Task<ListReservationsResponse> ListReservations(ListReservationsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (reservations, next) = page.OfMade(
                    books.Reservations.All, reservation => !request.OpenOnly || books.Holds.Find(reservation.Id)!.AmountPence > 0);
                return new ListReservationsResponse { Reservations = { reservations.Select(books.ToView) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static async Task<Contracts.Reservations.V1.Reservation> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.ReservationOf(id), cancellation)
        ?? throw Errors.Missing($"{body.Id} made no reservation {id}.", ("reservation", $"{id}"));
}
