namespace FundingFlows.Ledger;

/// <summary>Why a project is not registered, in the order in which the rules are checked.</summary>
public enum RegisterProjectRefusal
{
    /// <summary>The description has a wrong form.</summary>
    [Refuses(RefusalClass.Malformed)] DescriptionMalformed = 1,

    /// <summary>There is no such project that it could be part of.</summary>
    [Refuses(RefusalClass.Missing)] PartOfUnknown,
}

/// <summary>A project that payments may name from now on.</summary>
/// <param name="PartOf">A larger project, here or at another body. What another body has cannot be seen from here; an auditor sees it.</param>
public sealed record RegisterProject(ProjectDescription Description, EntryId? PartOf = null) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (ProjectForm.FaultsOf(Description).FirstOrDefault() is { Field: { } field } fault)
            return Decision.Refuse(
                RegisterProjectRefusal.DescriptionMalformed, $"The project cannot be read: its {field.Replace('_', ' ')} {fault.Fault}");
        if (PartOf is { } whole && (whole.Body == books.Body ? books.Projects.Find(whole) is null : !around.IsBody(whole.Body)))
            return Decision.Refuse(RegisterProjectRefusal.PartOfUnknown, $"There is no project {whole} that this one could be part of.", ("part_of", $"{whole}"));
        return Decision.Accept(new Fact { ProjectRegistered = new ProjectRegistered { Description = Description, PartOf = PartOf?.ToRef() } });
    }
}
