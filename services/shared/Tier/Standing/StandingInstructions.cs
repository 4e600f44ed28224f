using FundingFlows.Contracts.Agreements.V1;

namespace FundingFlows.Tiers;

/// <summary>What a body passes on of the money that comes, at once and without a person.</summary>
public sealed class StandingInstructions(CommandDesk desk) : StandingInstructionService.StandingInstructionServiceBase
{
    private static readonly Role[] Deciders = [Role.Approver, Role.ChiefFinanceOfficer];

    public override async Task<SetStandingInstructionResponse> SetStandingInstruction(SetStandingInstructionRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Deciders);
        var outcome = await desk.SubmitAsync(body, caller, StandingRequests.Read(request), context.CancellationToken);
        return new SetStandingInstructionResponse { Recorded = outcome.ToRecorded(), Instruction = await ViewAsync(body, outcome.First, context.CancellationToken) };
    }

    public override async Task<ApproveStandingInstructionResponse> ApproveStandingInstruction(ApproveStandingInstructionRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Deciders);
        var (instruction, draft) = StandingRequests.Read(request, request.CommandId, request.Instruction, id => new ApproveStandingInstruction(id));
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new ApproveStandingInstructionResponse { Recorded = outcome.ToRecorded(), Instruction = await ViewAsync(body, instruction, context.CancellationToken) };
    }

    public override async Task<ResumeStandingInstructionResponse> ResumeStandingInstruction(ResumeStandingInstructionRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Deciders);
        var (instruction, draft) = StandingRequests.Read(request, request.CommandId, request.Instruction, id => new ResumeStandingInstruction(id));
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new ResumeStandingInstructionResponse { Recorded = outcome.ToRecorded(), Instruction = await ViewAsync(body, instruction, context.CancellationToken) };
    }

    public override async Task<EndStandingInstructionResponse> EndStandingInstruction(EndStandingInstructionRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Deciders);
        var (instruction, draft) = StandingRequests.Read(request, request.CommandId, request.Instruction, id => new EndStandingInstruction(id));
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new EndStandingInstructionResponse { Recorded = outcome.ToRecorded(), Instruction = await ViewAsync(body, instruction, context.CancellationToken) };
    }

    public override async Task<GetStandingInstructionResponse> GetStandingInstruction(GetStandingInstructionRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var instruction = fields.Entry("instruction", request.Instruction);
        fields.ThrowIfAny();
        return new GetStandingInstructionResponse { Instruction = await ViewAsync(body, instruction, context.CancellationToken) };
    }

    public override async Task<ListStandingInstructionsResponse> ListStandingInstructions(ListStandingInstructionsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (instructions, next) = page.OfMade(books.Standing.All, _ => true);
                return new ListStandingInstructionsResponse { Instructions = { instructions.Select(one => StandingViews.Of(books, one)) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static async Task<Contracts.Agreements.V1.StandingInstruction> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.Standing.Find(id) is { } instruction ? StandingViews.Of(books, instruction) : null, cancellation)
        ?? throw Errors.Missing($"{body.Id} has set no standing instruction {id}.", ("instruction", $"{id}"));
}
