namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a project is not closed.</summary>
public sealed class CloseProjectRefusalTests
{
    internal static readonly RefusalTable<CloseProject, CloseProjectRefusal> Table = new RefusalTable<CloseProject, CloseProjectRefusal>(stage =>
            new(stage.Council, new CloseProject(stage.Council.Do(new RegisterProject(Write.Project())), Write.Day, Write.Digest("It stands."))))
        .Row(CloseProjectRefusal.DayMalformed, "a day before the first year", command => command with { ClosedOn = new DateOnly(2000, 3, 31) })
        .Row(CloseProjectRefusal.DayMalformed, "a day after the last year", command => command with { ClosedOn = new DateOnly(2200, 4, 1) })
        .Row(CloseProjectRefusal.ProjectUnknown, "a project that nobody registered", command => command with { Project = command.Project with { Index = 0 } })
        .Row(CloseProjectRefusal.AlreadyClosed, "a project that is closed", (stage, command) =>
        {
            stage.Council.Do(command with { ClosedOn = Write.Day });
            return command;
        })
        .Row(CloseProjectRefusal.ChangeWaits, "a project of which a change waits", (stage, command) =>
        {
            stage.Council.Do(new RequestProjectChange(command.Project, Write.Project("The new library"), null));
            return command;
        })
        .Row(CloseProjectRefusal.PaymentWaits, "a project for which a payment waits", (stage, command) =>
        {
            stage.Council.Do(stage.Council.Payment(stage.Council.Guarded(), 600) with { Project = command.Project });
            return command;
        })
        .Row(CloseProjectRefusal.PaymentWaits, "a project for which the accountable body is to pay", (Stage stage, Attempt<CloseProject> attempt) =>
        {
            var instruction = stage.Instructs();
            return new(stage.Forum, attempt.Command with { Project = EntryId.From(stage.Forum.Books.Instructions.Find(instruction)!.Payment.Project) });
        })
        .Both("a project of which a change waits", "a project for which a payment waits")
        .Both("a day before the first year", "a project that nobody registered")
        .Both("a day after the last year", "a project that is closed");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void CloseProject_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void CloseProject_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
