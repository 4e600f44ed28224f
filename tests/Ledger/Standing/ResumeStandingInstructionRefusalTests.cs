namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a standing instruction does not go on.</summary>
public sealed class ResumeStandingInstructionRefusalTests
{
    internal static readonly RefusalTable<ResumeStandingInstruction, ResumeStandingInstructionRefusal> Table = new RefusalTable<ResumeStandingInstruction, ResumeStandingInstructionRefusal>(
            stage => new(stage.Council, new ResumeStandingInstruction(stage.HasStopped())))
        .Row(ResumeStandingInstructionRefusal.InstructionUnknown, "an instruction of nobody", resume => resume with { Instruction = new EntryId("E06000001", 1, 99_999) })
        .Row(ResumeStandingInstructionRefusal.NotStopped, "one that goes on", (Stage stage, ResumeStandingInstruction resume) =>
        {
            stage.Council.Do(resume);
            return resume;
        })
        .Row(ResumeStandingInstructionRefusal.NotStopped, "one that was ended", (Stage stage, ResumeStandingInstruction resume) =>
        {
            stage.Council.Do(new EndStandingInstruction(resume.Instruction));
            return resume;
        })
        .Both("an instruction of nobody", "one that goes on");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ResumeStandingInstruction_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ResumeStandingInstruction_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
