using FundingFlows.Contracts.Projects.V1;

namespace FundingFlows.Tiers;

/// <summary>How projects are shown.</summary>
internal static class ProjectViews
{
    public static Contracts.Projects.V1.Project Of(FundingFlows.Ledger.Project project) => new()
    {
        Id = project.Id.ToString(),
        Description = project.Description,
        PartOf = project.PartOf?.ToString() ?? "",
        ClosedOn = project.Closed?.ClosedOn,
        SpentPence = project.SpentPence,
        Funders = { project.Spent.Select(spent => new ProjectFunder { Body = spent.Key.Funder, Fund = spent.Key.Fund, SpentPence = spent.Value }) },
        RecordedAt = project.RecordedAt,
        OutcomeDocument = project.Closed?.Outcome.ToName() ?? "",
        Reached =
        {
            project.Reached.Values.Select(reached => new ReachedMilestone { Milestone = reached.Milestone, ReachedOn = reached.ReachedOn, EvidenceDocument = reached.Evidence.ToName() }),
        },
        Changes = { project.Changes.Select(Of) },
    };

    private static Contracts.Projects.V1.ProjectChange Of(FundingFlows.Ledger.ProjectChange change) => new()
    {
        Id = change.Id.ToString(),
        State = change.Waits ? ProjectChangeState.Waiting : change.Decided!.Approved ? ProjectChangeState.Approved : ProjectChangeState.Rejected,
        Description = change.Requested.Description,
        Requester = change.Requester,
        ReasonsDocument = change.Requested.Reasons.ToName(),
        DecisionDocument = change.Decided?.Reasons.ToName() ?? "",
    };
}
