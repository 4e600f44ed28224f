namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a change of a project is not asked for.</summary>
public sealed class RequestProjectChangeRefusalTests
{
    internal static readonly RefusalTable<RequestProjectChange, RequestProjectChangeRefusal> Table =
        new RefusalTable<RequestProjectChange, RequestProjectChangeRefusal>(stage =>
            new(stage.Council, new RequestProjectChange(stage.Council.Do(new RegisterProject(Write.Project())), Write.Project("The new library"), Write.Digest("It grew."))))
        .Row(RequestProjectChangeRefusal.DescriptionMalformed, "no title", command => command with { Description = Write.Project("") })
        .Row(RequestProjectChangeRefusal.ProjectUnknown, "a project that nobody registered", command => command with { Project = command.Project with { Index = 0 } })
        .Row(RequestProjectChangeRefusal.ProjectClosed, "a project that is closed", (stage, command) =>
        {
            stage.Council.Do(new CloseProject(command.Project, Write.Day, null));
            return command;
        })
        .Row(RequestProjectChangeRefusal.ChangeWaits, "another change that waits", (stage, command) =>
        {
            stage.Council.Do(new RequestProjectChange(command.Project, Write.Project("The old library"), null));
            return command;
        })
        .Row(RequestProjectChangeRefusal.ReachedMilestoneChanged, "a reached milestone in other words", (stage, command) =>
        {
            stage.Council.Do(new ReachMilestone(command.Project, 1, Write.Day, null));
            var description = Write.Project();
            description.Milestones[0].Title = "The roof is nearly on";
            return command with { Description = description };
        })
        .Row(RequestProjectChangeRefusal.ReachedMilestoneChanged, "a reached milestone left out", (stage, command) =>
        {
            stage.Council.Do(new ReachMilestone(command.Project, 2, Write.Day, null));
            var description = Write.Project();
            description.Milestones.RemoveAt(1);
            return command with { Description = description };
        })
        .Row(RequestProjectChangeRefusal.NothingChanged, "what it is already", command => command with { Description = Write.Project() })
        .Both("no title", "a project that nobody registered")
        .Both("a project that is closed", "what it is already")
        .Both("another change that waits", "what it is already");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void RequestProjectChange_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void RequestProjectChange_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
