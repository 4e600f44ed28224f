using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Documents.V1;

namespace FundingFlows.Tiers;

/// <summary>Accountable bodies: who keeps a forum's money, and for whom a council keeps it.</summary>
public sealed class Custodies(CommandDesk desk) : CustodyService.CustodyServiceBase
{
    private const int MostReason = 2_000;

    public override async Task<ProposeCustodyResponse> ProposeCustody(ProposeCustodyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var draft = Draft.Of(fields.CommandId(request.CommandId), request, new ProposeCustody(fields.Body("agent", request.Agent)));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new ProposeCustodyResponse { Recorded = outcome.ToRecorded(), Custody = await ViewAsync(body, outcome.First, context.CancellationToken) };
    }

    public override async Task<AcceptCustodyResponse> AcceptCustody(AcceptCustodyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var custody = fields.Entry("custody", request.Custody);
        var draft = Draft.Of(fields.CommandId(request.CommandId), request, new AcceptCustody(custody));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new AcceptCustodyResponse { Recorded = outcome.ToRecorded(), Custody = await ViewAsync(body, custody, context.CancellationToken) };
    }

    public override async Task<EndCustodyResponse> EndCustody(EndCustodyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var custody = fields.Entry("custody", request.Custody);
        var id = fields.CommandId(request.CommandId);
        fields.Words("reason", request.Reason, MostReason, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Reason = "";
        var draft = new Draft(
            id, normalised, [new Words(DocumentKind.CustodyReason, request.Reason)], digest => new EndCustody(custody, digest(DocumentKind.CustodyReason)!));
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new EndCustodyResponse { Recorded = outcome.ToRecorded(), Custody = await ViewAsync(body, custody, context.CancellationToken) };
    }

    public override async Task<GetCustodyResponse> GetCustody(GetCustodyRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var custody = fields.Entry("custody", request.Custody);
        fields.ThrowIfAny();
        return new GetCustodyResponse { Custody = await ViewAsync(body, custody, context.CancellationToken) };
    }

    public override async Task<ListCustodiesResponse> ListCustodies(ListCustodiesRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 200, most: 1_000);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (custodies, next) = page.OfMade(books.Custodies.All, _ => true);
                return new ListCustodiesResponse { Custodies = { custodies.Select(View) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static async Task<Contracts.Custody.V1.Custody> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.Custodies.Find(id) is { } custody ? View(custody) : null, cancellation)
        ?? throw Errors.Missing($"{body.Id} knows no custody {id}.", ("custody", $"{id}"));

    private static Contracts.Custody.V1.Custody View(FundingFlows.Ledger.Custody custody) => new()
    {
        Id = custody.Id.ToString(),
        Principal = custody.Principal,
        Agent = custody.Agent,
        State = custody.State switch
        {
            CustodyStage.Proposed => CustodyState.Proposed,
            CustodyStage.Active => CustodyState.Active,
            CustodyStage.Ended => CustodyState.Ended,
            _ => CustodyState.Refused,
        },
        EndedBy = custody.EndedAt?.Body ?? "",
        ReasonDocument = custody.Reason.ToName(),
    };
}
