namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why an instruction is not executed.</summary>
public sealed class ExecuteInstructionRefusalTests
{
    internal static readonly RefusalTable<ExecuteInstruction, ExecuteInstructionRefusal> Table = new RefusalTable<ExecuteInstruction, ExecuteInstructionRefusal>(stage =>
            new(stage.Council, Instructed.Executing(stage.Instructs())))
        .Row(ExecuteInstructionRefusal.DayMalformed, "a day before the first year", command => command with { PaidOn = new DateOnly(2000, 3, 31) })
        .Row(ExecuteInstructionRefusal.DayMalformed, "a day after the last year", command => command with { PaidOn = new DateOnly(2200, 4, 1) })
        .Row(ExecuteInstructionRefusal.InstructionUnknown, "what nobody instructed", command => command with { Instruction = command.Instruction with { Index = 0 } })
        .Row(ExecuteInstructionRefusal.InstructionUnknown, "a body that was not told", (stage, attempt) => attempt with { By = stage.Stranger })
        .Row(ExecuteInstructionRefusal.NotTheAgent, "the forum itself", (stage, attempt) => attempt with { By = stage.Forum })
        .Row(ExecuteInstructionRefusal.AlreadyDecided, "what was paid", (stage, command) =>
        {
            stage.Council.DoAs("cccccccccccccccc", Instructed.Executing(command.Instruction));
            return command;
        })
        .Row(ExecuteInstructionRefusal.AlreadyDecided, "what was refused", (stage, command) =>
        {
            stage.Council.Do(Instructed.Refusing(command.Instruction));
            return command;
        })
        .Row(ExecuteInstructionRefusal.PayeeIsABody, "a payee that has become a body", (stage, command) =>
        {
            var instruction = stage.Instructs(stage.Paying(700) with { Payee = Write.Organisation("GB-LAE-NEW") });
            stage.Federation.Add("NEW", Tier.Council);
            return command with { Instruction = instruction };
        })
        .Row(ExecuteInstructionRefusal.DayNotAllowed, "the day before the year", command => command with { PaidOn = new DateOnly(2026, 3, 31) })
        .Row(ExecuteInstructionRefusal.DayNotAllowed, "the day after the year", command => command with { PaidOn = new DateOnly(2027, 4, 1) })
        .Row(ExecuteInstructionRefusal.TotalTooLarge, "a penny more than accounts hold", (Stage stage, ExecuteInstruction command) =>
        {
            var fund = stage.Forum.Opens("rich", Write.Share(Kind.Revenue, 10_000));
            stage.Forum.Issues(fund, Pence.Most);
            stage.Council.DoAs("cccccccccccccccc", Instructed.Executing(stage.Instructs(stage.Forum.Payment(fund, Pence.Most))));
            return command;
        })
        .Row(ExecuteInstructionRefusal.ExecutorHasInterest, "who has an interest", (Stage stage, ExecuteInstruction command) =>
        {
            stage.Council.Do(new DeclareInterest(Write.Organisation()));
            return command;
        })
        .Row(ExecuteInstructionRefusal.ExecutorHasInterest, "who has ended an interest since it came", (Stage stage, ExecuteInstruction command) =>
        {
            stage.Council.Do(new DeclareInterest(Write.Organisation()));
            stage.Council.Do(new EndInterest(Write.Organisation()));
            return command;
        })
        .Both("a day before the first year", "what nobody instructed")
        .Both("the forum itself", "the day after the year")
        .Both("what was refused", "the day before the year")
        .Both("what was paid", "who has an interest")
        .Both("a payee that has become a body", "the day before the year")
        .Both("the day after the year", "a penny more than accounts hold")
        .Both("a penny more than accounts hold", "who has an interest")
        .Both("the day after the year", "who has an interest");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ExecuteInstruction_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ExecuteInstruction_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
