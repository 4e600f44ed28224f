namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a change of a project is not decided.</summary>
public sealed class DecideProjectChangeRefusalTests
{
    internal static readonly RefusalTable<DecideProjectChange, DecideProjectChangeRefusal> Table =
        new RefusalTable<DecideProjectChange, DecideProjectChangeRefusal>(stage =>
        {
            var description = Write.Project();
            description.Milestones.RemoveAt(1);
            var project = stage.Council.Do(new RegisterProject(Write.Project()));
            var change = stage.Council.Do(new RequestProjectChange(project, description, null));
            stage.Council.Actor = Preparing.Second;
            return new(stage.Council, new DecideProjectChange(change, true, null));
        })
        .Row(DecideProjectChangeRefusal.ChangeUnknown, "what nobody asked for", command => command with { Change = command.Change with { Index = 0 } })
        .Row(DecideProjectChangeRefusal.AlreadyDecided, "what was rejected", (Stage stage, DecideProjectChange command) =>
        {
            stage.Council.DoAs("cccccccccccccccc", command with { Approve = false });
            return command;
        })
        .Row(DecideProjectChangeRefusal.AlreadyDecided, "what was approved", (Stage stage, DecideProjectChange command) =>
        {
            stage.Council.DoAs("cccccccccccccccc", command);
            return command;
        })
        .Row(DecideProjectChangeRefusal.RequestedBySamePerson, "who asked for it", (Stage stage, DecideProjectChange command) =>
        {
            stage.Council.Actor = stage.Council.Books.Projects.FindChange(command.Change)!.Requester;
            return command;
        })
        .Row(DecideProjectChangeRefusal.ReachedMilestoneChanged, "a milestone that was reached since", (Stage stage, DecideProjectChange command) =>
        {
            stage.Council.Do(new ReachMilestone(stage.Council.Books.Projects.FindChange(command.Change)!.Project.Id, 2, Write.Day, null));
            return command;
        })
        .Both("what nobody asked for", "who asked for it")
        .Both("what was rejected", "who asked for it")
        .Both("who asked for it", "a milestone that was reached since");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void DecideProjectChange_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void DecideProjectChange_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
