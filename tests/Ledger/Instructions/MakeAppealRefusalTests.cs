namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an appeal is not made.</summary>
public sealed class MakeAppealRefusalTests
{
    internal static readonly RefusalTable<MakeAppeal, MakeAppealRefusal> Table = new RefusalTable<MakeAppeal, MakeAppealRefusal>(stage =>
            new(stage.Forum, new MakeAppeal(stage.Refuses(stage.Instructs()), Write.Reason)))
        .Row(MakeAppealRefusal.InstructionUnknown, "what nobody instructed", command => command with { Instruction = command.Instruction with { Index = 0 } })
        .Row(MakeAppealRefusal.InstructionUnknown, "a body that did not instruct it", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(MakeAppealRefusal.NotThePrincipal, "the accountable body", (stage, attempt) => attempt with { By = stage.Council })
        .Row(MakeAppealRefusal.NotRefused, "what waits", (stage, command) => command with { Instruction = stage.Instructs() })
        .Row(MakeAppealRefusal.NotRefused, "what was paid", (stage, command) =>
        {
            var instruction = stage.Instructs();
            stage.Executes(instruction);
            return command with { Instruction = instruction };
        })
        .Row(MakeAppealRefusal.NotRefused, "what came when the custody had ended", (stage, command) =>
        {
            var instruction = stage.Forum.Do(stage.Paying());
            stage.Council.Do(new EndCustody(stage.Keeps(), Write.Reason));
            stage.Federation.Settle();
            return command with { Instruction = instruction };
        })
        .Row(MakeAppealRefusal.AlreadyAppealed, "an appeal that waits", (stage, command) =>
        {
            stage.Appeals(command.Instruction);
            return command;
        })
        .Row(MakeAppealRefusal.AlreadyAppealed, "an appeal that did not help", (stage, command) =>
        {
            stage.Decides(stage.Appeals(command.Instruction), false);
            return command;
        })
        .Row(MakeAppealRefusal.AgentAbolished, "an accountable body that was abolished", (Stage stage, MakeAppeal command) =>
        {
            stage.Government.Do(stage.Ordering());
            stage.Federation.Ends(stage.Council);
            return command;
        })
        .Row(MakeAppealRefusal.AgentClosed, "an accountable body that was closed", (Stage stage, MakeAppeal command) =>
        {
            stage.Council.TellsOfItsEnd(stage.Forum);
            return command;
        })
        .Both("a body that did not instruct it", "an appeal that waits")
        .Both("the accountable body", "what waits")
        .Both("the accountable body", "an appeal that did not help");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void MakeAppeal_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void MakeAppeal_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
