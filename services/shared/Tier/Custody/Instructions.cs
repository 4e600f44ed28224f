using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Documents.V1;

namespace FundingFlows.Tiers;

/// <summary>Payments that a forum decides and its accountable body makes, or refuses in public.</summary>
public sealed class Instructions(CommandDesk desk, DocumentStore documents) : InstructionService.InstructionServiceBase
{
    public override async Task<ExecuteInstructionResponse> ExecuteInstruction(ExecuteInstructionRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Approver);
        var (instruction, draft) = InstructionRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new ExecuteInstructionResponse { Recorded = outcome.ToRecorded(), Instruction = await ViewAsync(body, instruction, context.CancellationToken) };
    }

    public override async Task<RefuseInstructionResponse> RefuseInstruction(RefuseInstructionRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Approver);
        var (instruction, draft) = InstructionRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new RefuseInstructionResponse { Recorded = outcome.ToRecorded(), Instruction = await ViewAsync(body, instruction, context.CancellationToken) };
    }

    public override async Task<MakeAppealResponse> MakeAppeal(MakeAppealRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var (instruction, draft) = InstructionRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new MakeAppealResponse { Recorded = outcome.ToRecorded(), Instruction = await ViewAsync(body, instruction, context.CancellationToken) };
    }

    public override async Task<DecideAppealResponse> DecideAppeal(DecideAppealRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var (instruction, draft) = InstructionRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new DecideAppealResponse { Recorded = outcome.ToRecorded(), Instruction = await ViewAsync(body, instruction, context.CancellationToken) };
    }

    public override async Task<GetInstructionResponse> GetInstruction(GetInstructionRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var instruction = fields.Entry("instruction", request.Instruction);
        fields.ThrowIfAny();
        return new GetInstructionResponse { Instruction = await ViewAsync(body, instruction, context.CancellationToken) };
    }

    public override async Task<ListInstructionsResponse> ListInstructions(ListInstructionsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        var answer = await body.Sequencer.ReadAsync(
            books =>
            {
                var (instructions, next) = page.OfMade(books.Instructions.All, instruction => instruction.Stage == InstructionStage.Open || !request.OpenOnly);
                return new ListInstructionsResponse { Instructions = { instructions.Select(InstructionViews.Of) }, NextPageToken = next };
            },
            context.CancellationToken);
        foreach (var refusal in answer.Instructions.Select(instruction => instruction.Refusal).OfType<Contracts.Custody.V1.Refusal>())
            AddText(body, refusal);
        return answer;
    }

    public override async Task<ListRefusalsResponse> ListRefusals(ListRefusalsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        var answer = await body.Sequencer.ReadAsync(
            books =>
            {
                var (refused, next) = page.OfMade(books.Instructions.All, instruction => instruction.Refusal is not null);
                return new ListRefusalsResponse { Refusals = { refused.Select(one => InstructionViews.Of(one, one.Refusal!)) }, NextPageToken = next };
            },
            context.CancellationToken);
        foreach (var refusal in answer.Refusals)
            AddText(body, refusal);
        return answer;
    }

    private async Task<Contracts.Custody.V1.Instruction> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation)
    {
        var view = await body.Sequencer.ReadAsync(books => books.Instructions.Find(id) is { } instruction ? InstructionViews.Of(instruction) : null, cancellation)
            ?? throw Errors.Missing($"{body.Id} neither gave nor received an instruction {id}.", ("instruction", $"{id}"));
        if (view.Refusal is { } refusal)
            AddText(body, refusal);
        return view;
    }

    /// <summary>The accountable body keeps the public words; a forum names the document and no more.</summary>
    private void AddText(HostedBody body, Contracts.Custody.V1.Refusal refusal)
    {
        if (documents.Find(body.Id, Convert.FromHexString(refusal.PublicTextDocument)) is { Kind: (int)DocumentKind.InstructionRefusalText, Words: { } words })
            refusal.PublicText = words;
    }
}
