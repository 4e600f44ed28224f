namespace FundingFlows.Ledger;

/// <summary>Why a project is not closed, in the order in which the rules are checked.</summary>
public enum CloseProjectRefusal
{
    /// <summary>The day is in no financial year that there is.</summary>
    [Refuses(RefusalClass.Malformed)] DayMalformed = 1,

    /// <summary>This body has no such project.</summary>
    [Refuses(RefusalClass.Missing)] ProjectUnknown,

    /// <summary>It is closed.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyClosed,

    /// <summary>A change of it waits to be decided.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] ChangeWaits,

    /// <summary>A payment for it waits for a second person, or for the accountable body.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] PaymentWaits,
}

/// <summary>A project has ended: no more payments name it.</summary>
public sealed record CloseProject(EntryId Project, DateOnly ClosedOn, DocumentDigest? Outcome) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Dates.IsDay(ClosedOn))
            return Decision.Refuse(CloseProjectRefusal.DayMalformed, "A project closes on a day in a financial year that this ledger knows.");
        if (books.Projects.Find(Project) is not { } project)
            return Decision.Refuse(CloseProjectRefusal.ProjectUnknown, $"{books.Body} has no project {Project}.", ("project", $"{Project}"));
        if (!project.IsOpen)
            return Decision.Refuse(
                CloseProjectRefusal.AlreadyClosed, $"{project.Description.Title} was closed on {Dates.InWords(Dates.From(project.Closed!.ClosedOn))}.", ("project", $"{Project}"));
        if (project.WaitingChange is { } change)
            return Decision.Refuse(
                CloseProjectRefusal.ChangeWaits, $"{change.Id} is a change of {project.Description.Title} that waits to be decided.", ("change", $"{change.Id}"));
        if (books.Preparations.All.FirstOrDefault(preparation => preparation.Waits && preparation.IsFor(Project)) is { } waiting)
            return Decision.Refuse(
                CloseProjectRefusal.PaymentWaits, $"{waiting.Id} is a payment for {project.Description.Title} that waits for a second person.", ("preparation", $"{waiting.Id}"));
        if (books.Instructions.Waiting().FirstOrDefault(instruction => instruction.IsFor(Project)) is { } instructed)
            return Decision.Refuse(
                CloseProjectRefusal.PaymentWaits, $"{instructed.Id} is a payment for {project.Description.Title} that waits for {instructed.Agent}.", ("instruction", $"{instructed.Id}"));
        return Decision.Accept(new Fact { ProjectClosed = new ProjectClosed { Project = Project.ToRef(), ClosedOn = ClosedOn.ToDate(), Outcome = Outcome } });
    }
}
