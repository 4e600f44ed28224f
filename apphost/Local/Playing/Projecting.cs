using FundingFlows.Contracts.Projects.V1;
using Google.Type;

namespace FundingFlows.Local;

/// <summary>The projects that invented bills are for.</summary>
internal static class Projecting
{
    /// <summary>Registers the project of a bill. Answers with its id.</summary>
    public static async Task<string> ProjectAsync(this Office office, string body, Bill bill, CancellationToken cancellation)
    {
        var registered = await office.AskAsync(
            body, OfficerRoles.Preparer,
            options => office.Projects.RegisterProjectAsync(bill.Project(body, office.CommandId($"project {body} {bill.Step}")), options), cancellation);
        return registered.Project.Id;
    }
    /// <summary>A project goes on: a first thing is there, one person asks for match money to be added, and another agrees.</summary>
    public static async Task PlayProjectAsync(this Office office, string body, string project, CancellationToken cancellation)
    {
        var found = (await office.ReadAsync(body, options => office.Projects.GetProjectAsync(new GetProjectRequest { Body = body, Project = project }, options), cancellation)).Project;
        var changed = found.Description.Clone();
        changed.MatchMoney.Clear();
        changed.MatchMoney.Add(new MatchMoney { Organisation = "GB-CHC-invented-trust", AmountPence = 2_500_00 });
        await office.AskAsync(
            body, OfficerRoles.Preparer,
            options => office.Projects.ReachMilestoneAsync(
                new ReachMilestoneRequest
                {
                    Body = body,
                    CommandId = office.CommandId($"milestone {project}"),
                    Project = project,
                    Milestone = 1,
                    ReachedOn = new Date { Year = PlaceFund.Year, Month = 12, Day = 1 },
                    Evidence = "Illustration: an invented photograph of it.",
                },
                options),
            cancellation);
        var asked = await office.AskAsync(
            body, OfficerRoles.Preparer,
            options => office.Projects.RequestProjectChangeAsync(
                new RequestProjectChangeRequest
                {
                    Body = body,
                    CommandId = office.CommandId($"change {project}"),
                    Project = project,
                    Description = changed,
                    Reasons = "Illustration: an invented trust gives something too.",
                },
                options),
            cancellation);
        await office.AskAsync(
            body, OfficerRoles.Approver,
            options => office.Projects.DecideProjectChangeAsync(
                new DecideProjectChangeRequest
                {
                    Body = body,
                    CommandId = office.CommandId($"decide {project}"),
                    Change = asked.Project.Changes[^1].Id,
                    Approve = true,
                    Reasons = "Illustration: more for the same place.",
                },
                options),
            cancellation);
    }
}
