using FundingFlows.Contracts.Projects.V1;

namespace FundingFlows.Tiers;

/// <summary>What a body spends money for.</summary>
public sealed class Projects(CommandDesk desk) : ProjectService.ProjectServiceBase
{
    public override async Task<RegisterProjectResponse> RegisterProject(RegisterProjectRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Preparer);
        var outcome = await desk.SubmitAsync(body, caller, ProjectRequests.Read(request), context.CancellationToken);
        return new RegisterProjectResponse { Recorded = outcome.ToRecorded(), Project = await ViewAsync(body, outcome.First, context.CancellationToken) };
    }

    public override async Task<RequestProjectChangeResponse> RequestProjectChange(RequestProjectChangeRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Preparer);
        var (project, draft) = ProjectRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new RequestProjectChangeResponse { Recorded = outcome.ToRecorded(), Project = await ViewAsync(body, project, context.CancellationToken) };
    }

    public override async Task<DecideProjectChangeResponse> DecideProjectChange(DecideProjectChangeRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Approver);
        var (change, draft) = ProjectRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        var project = await body.Sequencer.ReadAsync(books => ProjectViews.Of(books.Projects.FindChange(change)!.Project), context.CancellationToken);
        return new DecideProjectChangeResponse { Recorded = outcome.ToRecorded(), Project = project };
    }

    public override async Task<ReachMilestoneResponse> ReachMilestone(ReachMilestoneRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Preparer);
        var (project, draft) = ProjectRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new ReachMilestoneResponse { Recorded = outcome.ToRecorded(), Project = await ViewAsync(body, project, context.CancellationToken) };
    }

    public override async Task<CloseProjectResponse> CloseProject(CloseProjectRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.Approver);
        var (project, draft) = ProjectRequests.Read(request);
        var outcome = await desk.SubmitAsync(body, caller, draft, context.CancellationToken);
        return new CloseProjectResponse { Recorded = outcome.ToRecorded(), Project = await ViewAsync(body, project, context.CancellationToken) };
    }

    public override async Task<GetProjectResponse> GetProject(GetProjectRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var project = fields.Entry("project", request.Project);
        fields.ThrowIfAny();
        return new GetProjectResponse { Project = await ViewAsync(body, project, context.CancellationToken) };
    }

    public override async Task<ListProjectsResponse> ListProjects(ListProjectsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 200);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (projects, next) = page.OfMade(books.Projects.All, _ => true);
                return new ListProjectsResponse { Projects = { projects.Select(ProjectViews.Of) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    private static async Task<Contracts.Projects.V1.Project> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.Projects.Find(id) is { } project ? ProjectViews.Of(project) : null, cancellation)
        ?? throw Errors.Missing($"{body.Id} has no project {id}.", ("project", $"{id}"));
}
