using FundingFlows.Contracts.Documents.V1;
using FundingFlows.Contracts.Projects.V1;

namespace FundingFlows.Tiers;

/// <summary>Reads requests about projects.</summary>
internal static class ProjectRequests
{
    private const int MostWords = 2_000;
    private const int MostEvidence = 20_000;

    public static Draft Read(RegisterProjectRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var description = ReadDescription(fields, request.Description);
        EntryId? partOf = request.PartOf.Length == 0 ? null : fields.Entry("part_of", request.PartOf);
        fields.ThrowIfAny();
        return Draft.Of(
            id, new RegisterProjectRequest { Body = request.Body, CommandId = request.CommandId, Description = description, PartOf = request.PartOf },
            new RegisterProject(description, partOf));
    }

    public static (EntryId Project, Draft Draft) Read(RequestProjectChangeRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var project = fields.Entry("project", request.Project);
        var description = ReadDescription(fields, request.Description);
        fields.Words("reasons", request.Reasons, MostWords, required: true);
        fields.ThrowIfAny();
        var normalised = new RequestProjectChangeRequest { Body = request.Body, CommandId = request.CommandId, Project = request.Project, Description = description };
        return (project, new Draft(
            id, normalised, [new Words(DocumentKind.ProjectChangeReasons, request.Reasons)],
            digest => new RequestProjectChange(project, description, digest(DocumentKind.ProjectChangeReasons))));
    }

    public static (EntryId Change, Draft Draft) Read(DecideProjectChangeRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var change = fields.Entry("change", request.Change);
        fields.Words("reasons", request.Reasons, MostWords, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Reasons = "";
        return (change, new Draft(
            id, normalised, [new Words(DocumentKind.ProjectDecisionReasons, request.Reasons)],
            digest => new DecideProjectChange(change, request.Approve, digest(DocumentKind.ProjectDecisionReasons))));
    }

    public static (EntryId Project, Draft Draft) Read(ReachMilestoneRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var project = fields.Entry("project", request.Project);
        fields.Check(request.Milestone is >= 1 and <= ProjectForm.MostMilestones, "milestone", $"must be 1 to {ProjectForm.MostMilestones}.");
        var reachedOn = fields.Date("reached_on", request.ReachedOn);
        fields.Words("evidence", request.Evidence, MostEvidence, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Evidence = "";
        return (project, new Draft(
            id, normalised, [new Words(DocumentKind.MilestoneEvidence, request.Evidence)],
            digest => new ReachMilestone(project, request.Milestone, reachedOn, digest(DocumentKind.MilestoneEvidence))));
    }

    public static (EntryId Project, Draft Draft) Read(CloseProjectRequest request)
    {
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var project = fields.Entry("project", request.Project);
        var closedOn = fields.Date("closed_on", request.ClosedOn);
        fields.Words("outcome", request.Outcome, MostWords, required: true);
        fields.ThrowIfAny();
        var normalised = request.Clone();
        normalised.Outcome = "";
        return (project, new Draft(
            id, normalised, [new Words(DocumentKind.ProjectOutcome, request.Outcome)],
            digest => new CloseProject(project, closedOn, digest(DocumentKind.ProjectOutcome))));
    }

    /// <summary>Reads a description, without what this version does not know, which would stand in the journal unread.</summary>
    private static ProjectDescription ReadDescription(Fields fields, ProjectDescription? description)
    {
        var read = description ?? new ProjectDescription();
        var sound = true;
        foreach (var (field, fault) in ProjectForm.FaultsOf(read))
            fields.Check(sound = false, $"description.{field}", fault);
        return !sound ? read : new ProjectDescription
        {
            Title = read.Title,
            Deliverer = read.Deliverer,
            Place = read.Place,
            Category = read.Category,
            SocialInfrastructure = read.SocialInfrastructure,
            Milestones = { read.Milestones.Select(milestone => new Milestone { Title = milestone.Title, DueOn = Dates.From(milestone.DueOn).ToDate() }) },
            MatchMoney = { read.MatchMoney.Select(match => new MatchMoney { Organisation = match.Organisation, AmountPence = match.AmountPence }) },
        };
    }
}
