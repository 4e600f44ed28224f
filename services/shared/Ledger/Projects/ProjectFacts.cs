namespace FundingFlows.Ledger;

/// <summary>What facts about projects, their milestones and their changes change in the books.</summary>
internal static class ProjectFacts
{
    public static void Apply(Books books, EntryId at, Entry entry) =>
        books.Projects.Add(new Project(at, entry.Fact.ProjectRegistered, entry.RecordedAt));

    public static void Request(Books books, EntryId at, Entry entry)
    {
        var fact = entry.Fact.ProjectChangeRequested;
        books.Projects.Add(new ProjectChange(at, books.Projects[EntryId.From(fact.Project)], fact, entry.Actor));
    }

    public static void Apply(Books books, ProjectChangeDecided fact)
    {
        var change = books.Projects.Change(EntryId.From(fact.Change));
        change.Decided = fact;
        if (fact.Approved)
            change.Project.Description = change.Requested.Description;
    }

    public static void Apply(Books books, MilestoneReached fact) => books.Projects[EntryId.From(fact.Project)].Reach(fact);

    public static void Apply(Books books, ProjectClosed fact) => books.Projects[EntryId.From(fact.Project)].Closed = fact;
}
