namespace FundingFlows.Ledger;

/// <summary>What a description of a project must look like.</summary>
public static class ProjectForm
{
    public const int MostMilestones = 32;
    public const int MostMatches = 16;

    /// <summary>What is wrong: the name of a field, and what it must be.</summary>
    public static IEnumerable<(string Field, string Fault)> FaultsOf(ProjectDescription project)
    {
        if (!Names.IsLabel(project.Title))
            yield return ("title", "must be 1 to 100 characters.");
        if (!Names.IsOrganisation(project.Deliverer))
            yield return ("deliverer", "must be an organisation identifier, for example GB-CHC-1234567.");
        if (!Names.IsPlace(project.Place))
            yield return ("place", "must be a code of the Office for National Statistics: a letter and 8 digits.");
        if (!Names.IsName(project.Category))
            yield return ("category", "must be 1 to 32 lower-case letters, digits and hyphens.");
        if (project.Milestones.Count > MostMilestones || project.Milestones.Any(milestone => !Names.IsLabel(milestone.Title) || !Dates.TryFrom(milestone.DueOn, out _)))
            yield return ("milestones", $"must be at most {MostMilestones}, each with a title of 1 to 100 characters and a day in a financial year from {Years.Earliest} to {Years.Latest}.");
        if (!AreMatches(project.MatchMoney))
            yield return ("match_money", $"must be at most {MostMatches} amounts, each above zero and from another organisation, together at most {Pence.Most} pence.");
    }

    private static bool AreMatches(IReadOnlyCollection<MatchMoney> matches) =>
        matches.Count <= MostMatches
        && matches.All(match => Names.IsOrganisation(match.Organisation) && Pence.IsAmount(match.AmountPence))
        && matches.Sum(match => match.AmountPence) <= Pence.Most
        && matches.DistinctBy(match => match.Organisation, StringComparer.OrdinalIgnoreCase).Count() == matches.Count;
}
