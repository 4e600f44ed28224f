using FundingFlows.Contracts.Transfers.V1;
using Microsoft.Extensions.Hosting;
using Transfer = FundingFlows.Contracts.Transfers.V1.Transfer;

namespace FundingFlows.Tiers;

/// <summary>Money that a body sends to others.</summary>
public sealed class Transfers(CommandDesk desk, TimeProvider time, IHostApplicationLifetime lifetime) : TransferService.TransferServiceBase
{
    public override async Task<ReleaseFundsResponse> ReleaseFunds(ReleaseFundsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Approver);
        Transfer? transfer = null;
        var draft = ReleaseRequests.Read(request) with { Look = (books, id) => transfer = View(books.Transfers.Find(id)!) };
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new ReleaseFundsResponse { Recorded = outcome.ToRecorded(), Transfer = transfer ?? await ViewAsync(body, outcome.First, context.CancellationToken) };
    }

    public override Task ReleaseFundsStream(
        IAsyncStreamReader<ReleaseFundsStreamRequest> requestStream, IServerStreamWriter<ReleaseFundsStreamResponse> responseStream, ServerCallContext context) =>
        new ReleaseStream(desk, time, lifetime, context).RunAsync(requestStream, responseStream);

    public override async Task<RepayUnderspendResponse> RepayUnderspend(RepayUnderspendRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Approver);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var any = request.Kind == Kind.Unspecified;
        fields.Check(!any || request.Earmarks.Count == 0, "earmarks", "need a kind beside them.");
        var line = any ? ((Kind, EarmarkSet)?)null : (fields.Kind("kind", request.Kind, either: true), fields.Earmarks("earmarks", request.Earmarks));
        var command = new RepayUnderspend(fields.Entry("award", request.Award), line, fields.Amount("amount_pence", request.AmountPence));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, Normalised(request), command), context.CancellationToken);
        return new RepayUnderspendResponse { Recorded = outcome.ToRecorded(), Transfer = await ViewAsync(body, outcome.First, context.CancellationToken) };
    }

    public override async Task<GetTransferResponse> GetTransfer(GetTransferRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var transfer = fields.Entry("transfer", request.Transfer);
        fields.ThrowIfAny();
        return new GetTransferResponse { Transfer = await ViewAsync(body, transfer, context.CancellationToken) };
    }

    public override async Task<ListTransfersResponse> ListTransfers(ListTransfersRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (transfers, next) = page.OfMade(books.Transfers.Sent, transfer => !request.InTransitOnly || transfer.State == TransferStage.InTransit);
                return new ListTransfersResponse { Transfers = { transfers.Select(View) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static RepayUnderspendRequest Normalised(RepayUnderspendRequest request)
    {
        var normalised = request.Clone();
        normalised.Earmarks.Clear();
        normalised.Earmarks.Add(EarmarkSet.Of(request.Earmarks).Names);
        return normalised;
    }

    private static async Task<Transfer> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.Transfers.Find(id) is { } transfer ? View(transfer) : null, cancellation)
        ?? throw Errors.Missing($"{body.Id} sent no transfer {id}.", ("transfer", $"{id}"));

    private static Transfer View(FundingFlows.Ledger.Transfer transfer) => new()
    {
        Id = transfer.Id.ToString(),
        Sender = transfer.Id.Body,
        Receiver = transfer.Receiver,
        Purpose = transfer.Purpose,
        Award = transfer.Award.ToString(),
        AmountPence = transfer.AmountPence,
        StandingInstruction = transfer.PassedOnBy?.ToString() ?? "",
        State = transfer.State switch
        {
            TransferStage.InTransit => TransferState.InTransit,
            TransferStage.Settled => TransferState.Settled,
            _ => TransferState.Reversed,
        },
        Pieces = { transfer.Pieces.Select(piece => new TransferredPiece { Lot = piece.Lot.ToString(), AmountPence = piece.AmountPence, Line = piece.Line.ToLine() }) },
    };
}
