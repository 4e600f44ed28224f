namespace FundingFlows.Ledger;

/// <summary>Why a change of a project is not decided, in the order in which the rules are checked.</summary>
public enum DecideProjectChangeRefusal
{
    /// <summary>Nobody asked for such a change here.</summary>
    [Refuses(RefusalClass.Missing)] ChangeUnknown = 1,

    /// <summary>It was decided before.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyDecided,

    /// <summary>The person who asked for it does not decide it.</summary>
    [Refuses(RefusalClass.NotAllowed)] RequestedBySamePerson,

    /// <summary>Approving: a milestone that was reached since would be another, or elsewhere.</summary>
    [Refuses(RefusalClass.Rule)] ReachedMilestoneChanged,
}

/// <summary>Approves or rejects a change of a project that somebody else asked for.</summary>
public sealed record DecideProjectChange(EntryId Change, bool Approve, DocumentDigest? Reasons) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Projects.FindChange(Change) is not { } change)
            return Decision.Refuse(DecideProjectChangeRefusal.ChangeUnknown, $"Nobody asked for a change {Change} at {books.Body}.", ("change", $"{Change}"));
        if (!change.Waits)
            return Decision.Refuse(
                DecideProjectChangeRefusal.AlreadyDecided, $"{Change} was {(change.Decided!.Approved ? "approved" : "rejected")} before.", ("change", $"{Change}"));
        if (change.Requester == around.Actor)
            return Decision.Refuse(
                DecideProjectChangeRefusal.RequestedBySamePerson, "Who asked for a change does not decide it: somebody else must.", ("change", $"{Change}"));
        if (Approve && change.Project.FirstReachedThatDiffersIn(change.Requested.Description) is { } milestone)
            return Decision.Refuse(
                DecideProjectChangeRefusal.ReachedMilestoneChanged, $"Milestone {milestone} of {change.Project.Description.Title} was reached: it stays as it is.",
                ("milestone", $"{milestone}"));
        return Decision.Accept(new Fact { ProjectChangeDecided = new ProjectChangeDecided { Change = Change.ToRef(), Approved = Approve, Reasons = Reasons } });
    }
}
