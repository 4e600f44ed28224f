namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a standing instruction is not ended.</summary>
public sealed class EndStandingInstructionRefusalTests
{
    internal static readonly RefusalTable<EndStandingInstruction, EndStandingInstructionRefusal> Table = new RefusalTable<EndStandingInstruction, EndStandingInstructionRefusal>(
            stage => new(stage.Council, new EndStandingInstruction(stage.Council.Do(stage.Passes()))))
        .Row(EndStandingInstructionRefusal.InstructionUnknown, "an instruction of nobody", end => end with { Instruction = new EntryId("E06000001", 1, 99_999) })
        .Row(EndStandingInstructionRefusal.AlreadyEnded, "one that was ended", (Stage stage, EndStandingInstruction end) =>
        {
            stage.Council.Do(end);
            return end;
        })
        .Both("an instruction of nobody", "one that was ended");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void EndStandingInstruction_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void EndStandingInstruction_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
