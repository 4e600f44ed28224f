namespace FundingFlows.Ledger.Tests;

/// <summary>The table of why a milestone is not recorded as reached.</summary>
public sealed class ReachMilestoneRefusalTests
{
    internal static readonly RefusalTable<ReachMilestone, ReachMilestoneRefusal> Table = new RefusalTable<ReachMilestone, ReachMilestoneRefusal>(stage =>
            new(stage.Council, new ReachMilestone(stage.Council.Do(new RegisterProject(Write.Project())), 1, Write.Day, Write.Digest("A photograph."))))
        .Row(ReachMilestoneRefusal.DayMalformed, "a day before the first year", command => command with { ReachedOn = new DateOnly(2000, 3, 31) })
        .Row(ReachMilestoneRefusal.DayMalformed, "a day after the last year", command => command with { ReachedOn = new DateOnly(2200, 4, 1) })
        .Row(ReachMilestoneRefusal.ProjectUnknown, "a project that nobody registered", command => command with { Project = command.Project with { Index = 0 } })
        .Row(ReachMilestoneRefusal.MilestoneUnknown, "a milestone before the first", command => command with { Milestone = 0 })
        .Row(ReachMilestoneRefusal.MilestoneUnknown, "a milestone after the last", command => command with { Milestone = 3 })
        .Row(ReachMilestoneRefusal.MilestoneUnknown, "a milestone beyond all counting", command => command with { Milestone = uint.MaxValue })
        .Row(ReachMilestoneRefusal.ProjectClosed, "a project that is closed", (stage, command) =>
        {
            stage.Council.Do(new CloseProject(command.Project, Write.Day, null));
            return command;
        })
        .Row(ReachMilestoneRefusal.AlreadyReached, "what was reached", (stage, command) =>
        {
            stage.Council.Do(new ReachMilestone(command.Project, 1, Write.Day, null));
            return command;
        })
        .Both("a day before the first year", "a project that nobody registered")
        .Both("a milestone after the last", "a project that is closed")
        .Both("a project that is closed", "what was reached");

    public static TheoryData<string> Rows => Table.Names;

    [Theory]
    [MemberData(nameof(Rows))]
    public void ReachMilestone_BreakingARule_IsRefusedForTheFirst(string row) => Table.MustRefuse(row);

    [Fact]
    public void ReachMilestone_BreakingNoRule_IsAccepted() => Table.MustAcceptTheLawful();

    [Fact]
    public void Table_OfAllReasons_HasARowForEachInTheirOrder() => Table.MustBeComplete();
}
