namespace FundingFlows.Ledger;

internal static class ProjectFacts
{
    public static void Apply(Books books, EntryId at, Entry entry) =>
        books.Projects.Add(new Project(at, entry.Fact.ProjectRegistered, entry.RecordedAt));

    public static void Apply(Books books, ProjectClosed fact) => books.Projects[EntryId.From(fact.Project)].Closed = fact;
}
