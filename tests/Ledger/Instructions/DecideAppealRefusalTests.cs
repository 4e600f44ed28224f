namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an appeal is not decided.</summary>
public sealed class DecideAppealRefusalTests
{
    internal static readonly RefusalTable<DecideAppeal, DecideAppealRefusal> Table = new RefusalTable<DecideAppeal, DecideAppealRefusal>(stage =>
        {
            var refused = stage.Appeals(stage.Refuses(stage.Instructs()));
            stage.Council.Actor = Preparing.Second;
            return new(stage.Council, new DecideAppeal(refused, true, Write.Reason));
        })
        .Row(DecideAppealRefusal.InstructionUnknown, "what nobody instructed", command => command with { Instruction = command.Instruction with { Index = 0 } })
        .Row(DecideAppealRefusal.InstructionUnknown, "a body that was not told", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(DecideAppealRefusal.NotTheAgent, "the forum itself", (stage, attempt) => attempt with { By = stage.Forum })
        .Row(DecideAppealRefusal.NoAppeal, "what waits", (stage, command) => command with { Instruction = stage.Instructs() })
        .Row(DecideAppealRefusal.NoAppeal, "a refusal without an appeal", (stage, command) => command with { Instruction = stage.Refuses(stage.Instructs()) })
        .Row(DecideAppealRefusal.AlreadyDecided, "what was decided", (stage, command) =>
        {
            stage.Council.DoAs("cccccccccccccccc", command with { Allow = false });
            return command;
        })
        .Row(DecideAppealRefusal.RefusedBySamePerson, "who refused it", (Stage stage, DecideAppeal command) =>
        {
            stage.Council.Actor = stage.Council.Books.Instructions.Find(command.Instruction)!.Refusal!.Refuser;
            return command;
        })
        .Row(DecideAppealRefusal.DeciderHasInterest, "who has an interest", (Stage stage, DecideAppeal command) =>
        {
            stage.Council.Do(new DeclareInterest(Write.Organisation()));
            return command;
        })
        .Row(DecideAppealRefusal.DeciderHasInterest, "who has ended an interest since it came", (Stage stage, DecideAppeal command) =>
        {
            stage.Council.Do(new DeclareInterest(Write.Organisation()));
            stage.Council.Do(new EndInterest(Write.Organisation()));
            return command;
        })
        .Both("a body that was not told", "what was decided")
        .Both("the forum itself", "what waits")
        .Both("what waits", "who has an interest")
        .Both("what was decided", "who refused it")
        .Both("who refused it", "who has an interest");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void DecideAppeal_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void DecideAppeal_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
