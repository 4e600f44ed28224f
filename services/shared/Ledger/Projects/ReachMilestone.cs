namespace FundingFlows.Ledger;

/// <summary>Why a milestone is not recorded as reached, in the order in which the rules are checked.</summary>
public enum ReachMilestoneRefusal
{
    /// <summary>The day is in no financial year that there is.</summary>
    [Refuses(RefusalClass.Malformed)] DayMalformed = 1,

    /// <summary>This body has no such project.</summary>
    [Refuses(RefusalClass.Missing)] ProjectUnknown,

    /// <summary>The project has no such milestone.</summary>
    [Refuses(RefusalClass.Missing)] MilestoneUnknown,

    /// <summary>The project is closed.</summary>
    [Refuses(RefusalClass.Rule)] ProjectClosed,

    /// <summary>It was reached before.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyReached,
}

/// <summary>What a project promised is there.</summary>
/// <param name="Milestone">Its place among the project's milestones, from 1.</param>
public sealed record ReachMilestone(EntryId Project, uint Milestone, DateOnly ReachedOn, DocumentDigest? Evidence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Dates.IsDay(ReachedOn))
            return Decision.Refuse(ReachMilestoneRefusal.DayMalformed, "A milestone is reached on a day in a financial year that this ledger knows.");
        if (books.Projects.Find(Project) is not { } project)
            return Decision.Refuse(ReachMilestoneRefusal.ProjectUnknown, $"{books.Body} has no project {Project}.", ("project", $"{Project}"));
        var title = project.Description.Title;
        if (Milestone == 0 || Milestone > project.Description.Milestones.Count)
            return Decision.Refuse(ReachMilestoneRefusal.MilestoneUnknown, $"{title} has no milestone {Milestone}.", ("milestone", $"{Milestone}"));
        if (!project.IsOpen)
            return Decision.Refuse(ReachMilestoneRefusal.ProjectClosed, $"{title} is closed: nothing more is reached in it.", ("project", $"{Project}"));
        if (project.Reached.TryGetValue(Milestone, out var before))
            return Decision.Refuse(
                ReachMilestoneRefusal.AlreadyReached, $"Milestone {Milestone} of {title} was reached on {Dates.InWords(Dates.From(before.ReachedOn))}.", ("milestone", $"{Milestone}"));
        return Decision.Accept(new Fact
        {
            MilestoneReached = new MilestoneReached { Project = Project.ToRef(), Milestone = Milestone, ReachedOn = ReachedOn.ToDate(), Evidence = Evidence },
        });
    }
}
