namespace FundingFlows.Ledger;

/// <summary>Why a change of a project is not asked for, in the order in which the rules are checked.</summary>
public enum RequestProjectChangeRefusal
{
    /// <summary>The description has a wrong form.</summary>
    [Refuses(RefusalClass.Malformed)] DescriptionMalformed = 1,

    /// <summary>This body has no such project.</summary>
    [Refuses(RefusalClass.Missing)] ProjectUnknown,

    /// <summary>It is closed.</summary>
    [Refuses(RefusalClass.Rule)] ProjectClosed,

    /// <summary>Another change of it waits to be decided.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] ChangeWaits,

    /// <summary>A milestone that was reached would be another, or elsewhere.</summary>
    [Refuses(RefusalClass.Rule)] ReachedMilestoneChanged,

    /// <summary>The project is described like that already.</summary>
    [Refuses(RefusalClass.Rule)] NothingChanged,
}

/// <summary>Asks for a project to be described otherwise. Somebody else decides.</summary>
public sealed record RequestProjectChange(EntryId Project, ProjectDescription Description, DocumentDigest? Reasons) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (ProjectForm.FaultsOf(Description).FirstOrDefault() is { Field: { } field } fault)
            return Decision.Refuse(
                RequestProjectChangeRefusal.DescriptionMalformed, $"The project cannot be read: its {field.Replace('_', ' ')} {fault.Fault}");
        if (books.Projects.Find(Project) is not { } project)
            return Decision.Refuse(RequestProjectChangeRefusal.ProjectUnknown, $"{books.Body} has no project {Project}.", ("project", $"{Project}"));
        if (!project.IsOpen)
            return Decision.Refuse(RequestProjectChangeRefusal.ProjectClosed, $"{project.Description.Title} is closed: it is not changed any more.", ("project", $"{Project}"));
        if (project.WaitingChange is { } waiting)
            return Decision.Refuse(
                RequestProjectChangeRefusal.ChangeWaits, $"{waiting.Id} is another change of {project.Description.Title} that waits to be decided.", ("change", $"{waiting.Id}"));
        if (project.FirstReachedThatDiffersIn(Description) is { } milestone)
            return Decision.Refuse(
                RequestProjectChangeRefusal.ReachedMilestoneChanged, $"Milestone {milestone} of {project.Description.Title} was reached: it stays as it is.",
                ("milestone", $"{milestone}"));
        if (project.Description.Equals(Description))
            return Decision.Refuse(RequestProjectChangeRefusal.NothingChanged, $"{project.Description.Title} is described like that already.", ("project", $"{Project}"));
        return Decision.Accept(new Fact
        {
            ProjectChangeRequested = new ProjectChangeRequested { Project = Project.ToRef(), Description = Description, Reasons = Reasons },
        });
    }
}
