namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a standing instruction is not approved.</summary>
public sealed class ApproveStandingInstructionRefusalTests
{
    internal static readonly RefusalTable<ApproveStandingInstruction, ApproveStandingInstructionRefusal> Table = new RefusalTable<ApproveStandingInstruction, ApproveStandingInstructionRefusal>(stage =>
        {
            var attempt = new Attempt<ApproveStandingInstruction>(stage.Council, new ApproveStandingInstruction(stage.Waits()));
            stage.Council.Actor = Preparing.Second;
            return attempt;
        })
        .Row(ApproveStandingInstructionRefusal.InstructionUnknown, "an instruction of nobody", stage => stage with { Instruction = new EntryId("E06000001", 1, 99_999) })
        .Row(ApproveStandingInstructionRefusal.NotWaiting, "one that needs no second person", (stage, approve) => approve with { Instruction = stage.Council.Do(stage.Passes()) })
        .Row(ApproveStandingInstructionRefusal.NotWaiting, "one that was ended", (Stage stage, ApproveStandingInstruction approve) =>
        {
            stage.Council.Do(new EndStandingInstruction(approve.Instruction));
            return approve;
        })
        .Row(ApproveStandingInstructionRefusal.SetBySamePerson, "the person who set it", (Stage stage, Attempt<ApproveStandingInstruction> attempt) =>
        {
            stage.Council.Actor = stage.Council.Books.Standing.Find(attempt.Command.Instruction)!.SetBy;
            return attempt;
        })
        .Both("an instruction of nobody", "the person who set it")
        .Both("one that was ended", "the person who set it");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ApproveStandingInstruction_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ApproveStandingInstruction_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
