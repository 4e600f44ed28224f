using FundingFlows.Contracts.Custody.V1;
using FundingFlows.Contracts.Documents.V1;

namespace FundingFlows.Tiers;

/// <summary>Reads requests about instructions. Their words part from them here: they go to the document store.</summary>
internal static class InstructionRequests
{
    private const int MostReasons = 20_000;
    private const int MostPublic = 2_000;

    public static (EntryId Instruction, Draft Draft) Read(ExecuteInstructionRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var instruction = fields.Entry("instruction", request.Instruction);
        var paidOn = fields.Date("paid_on", request.PaidOn);
        fields.Words("evidence", request.Evidence, MostReasons, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Evidence = "";
        return (instruction, new Draft(
            id, normalised, [new Words(DocumentKind.BankEvidence, request.Evidence)],
            digest => new ExecuteInstruction(instruction, paidOn, digest(DocumentKind.BankEvidence)!)));
    }

    public static (EntryId Instruction, Draft Draft) Read(RefuseInstructionRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var instruction = fields.Entry("instruction", request.Instruction);
        var ground = request.Ground;
        fields.Check(ground != RefusalGround.Unspecified && Enum.IsDefined(ground), "ground", "must be one of the five grounds.");
        var refusedOn = fields.Date("refused_on", request.RefusedOn);
        fields.Words("reasons", request.Reasons, MostReasons, required: true);
        fields.Words("public_text", request.PublicText, MostPublic, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Reasons = normalised.PublicText = "";
        return (instruction, new Draft(
            id, normalised,
            [new Words(DocumentKind.InstructionRefusalReasons, request.Reasons), new Words(DocumentKind.InstructionRefusalText, request.PublicText)],
            digest => new RefuseInstruction(
                instruction, ground, refusedOn, digest(DocumentKind.InstructionRefusalReasons)!, digest(DocumentKind.InstructionRefusalText)!)));
    }

    public static (EntryId Instruction, Draft Draft) Read(MakeAppealRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var instruction = fields.Entry("instruction", request.Instruction);
        fields.Words("reasons", request.Reasons, MostReasons, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Reasons = "";
        return (instruction, new Draft(
            id, normalised, [new Words(DocumentKind.AppealReasons, request.Reasons)], digest => new MakeAppeal(instruction, digest(DocumentKind.AppealReasons)!)));
    }

    public static (EntryId Instruction, Draft Draft) Read(DecideAppealRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var instruction = fields.Entry("instruction", request.Instruction);
        fields.Words("reasons", request.Reasons, MostReasons, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Reasons = "";
        var allow = request.Allow;
        return (instruction, new Draft(
            id, normalised, [new Words(DocumentKind.AppealDecisionReasons, request.Reasons)],
            digest => new DecideAppeal(instruction, allow, digest(DocumentKind.AppealDecisionReasons)!)));
    }
}
