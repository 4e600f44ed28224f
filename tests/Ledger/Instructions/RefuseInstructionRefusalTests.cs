namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an accountable body may not refuse to pay.</summary>
public sealed class RefuseInstructionRefusalTests
{
    internal static readonly RefusalTable<RefuseInstruction, RefuseInstructionRefusal> Table = new RefusalTable<RefuseInstruction, RefuseInstructionRefusal>(stage =>
            new(stage.Council, Instructed.Refusing(stage.Instructs())))
        .Row(RefuseInstructionRefusal.GroundMalformed, "no ground", command => command with { Ground = RefusalGround.Unspecified })
        .Row(RefuseInstructionRefusal.GroundMalformed, "a ground of its own", command => command with { Ground = (RefusalGround)99 })
        .Row(RefuseInstructionRefusal.DayMalformed, "a day before the first year", command => command with { RefusedOn = new DateOnly(2000, 3, 31) })
        .Row(RefuseInstructionRefusal.DayMalformed, "a day after the last year", command => command with { RefusedOn = new DateOnly(2200, 4, 1) })
        .Row(RefuseInstructionRefusal.InstructionUnknown, "what nobody instructed", command => command with { Instruction = command.Instruction with { Index = 0 } })
        .Row(RefuseInstructionRefusal.InstructionUnknown, "a body that was not told", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(RefuseInstructionRefusal.NotTheAgent, "the forum itself", (stage, attempt) => attempt with { By = stage.Forum })
        .Row(RefuseInstructionRefusal.AlreadyDecided, "what was paid", (stage, command) =>
        {
            stage.Council.Do(Instructed.Executing(command.Instruction));
            return command;
        })
        .Row(RefuseInstructionRefusal.AlreadyDecided, "what was refused", (stage, command) =>
        {
            stage.Council.Do(Instructed.Refusing(command.Instruction));
            return command;
        })
        .Row(RefuseInstructionRefusal.GroundOverturned, "a ground that an appeal has overturned", (stage, command) =>
            command with { Instruction = stage.Instructs(stage.Overturned().Payment) })
        .Row(RefuseInstructionRefusal.GroundOverturned, "the first of two grounds that appeals have overturned", (stage, command) =>
        {
            var again = stage.Instructs(stage.Overturned().Payment);
            stage.Decides(stage.Appeals(stage.Refuses(again, RefusalGround.Ineligible)), true);
            var payment = stage.Paying() with { Reference = stage.Council.Books.Instructions.Find(again)!.Payment.Reference, AfterAppeal = again };
            return command with { Instruction = stage.Instructs(payment) };
        })
        .Both("no ground", "a day before the first year")
        .Both("a day after the last year", "what nobody instructed")
        .Both("what nobody instructed", "what was refused")
        .Both("the forum itself", "what was paid");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RefuseInstruction_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RefuseInstruction_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
