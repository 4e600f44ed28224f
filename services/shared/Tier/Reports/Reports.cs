using FundingFlows.Contracts.Reports.V1;

namespace FundingFlows.Tiers;

/// <summary>Reports that a body submits and receives, its forecasts, and what it sees of the bodies that it funds.</summary>
public sealed partial class Reports(CommandDesk desk, FundedBodies funded, TimeProvider time) : ReportService.ReportServiceBase
{
    public override async Task<SubmitReportResponse> SubmitReport(SubmitReportRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var caller = context.Require(body, Role.ChiefFinanceOfficer);
        var fields = new Fields();
        var id = fields.CommandId(request.CommandId);
        var command = new SubmitReport(fields.Fund("fund", request.Fund), fields.Body("funder", request.Funder), request.UpTo is null ? null : fields.Date("up_to", request.UpTo));
        fields.ThrowIfAny();
        var outcome = await desk.SubmitAsync(body, caller, Draft.Of(id, request, command), context.CancellationToken);
        return new SubmitReportResponse { Recorded = outcome.ToRecorded(), Report = await ViewAsync(body, outcome.First, context.CancellationToken) };
    }

    public override async Task<GetReportResponse> GetReport(GetReportRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var report = fields.Entry("report", request.Report);
        fields.ThrowIfAny();
        return new GetReportResponse { Report = await ViewAsync(body, report, context.CancellationToken) };
    }

    public override async Task<ListReportsResponse> ListReports(ListReportsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 20, most: 100);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (reports, next) = page.OfMade(books.Reports.Submitted, _ => true);
                return new ListReportsResponse { Reports = { reports.Select(View) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    public override async Task<ListReceivedReportsResponse> ListReceivedReports(ListReceivedReportsRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var fund = fields.Fund("fund", request.Fund);
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 50, most: 100);
        fields.ThrowIfAny();
        var (reports, next) = await body.Sequencer.ReadAsync(books => page.Of(books.Reports.Latest(fund), report => report.Report.Body), context.CancellationToken);
        return new ListReceivedReportsResponse
        {
            Reports = { reports.Select(report => new ReceivedReport { Body = report.Report.Body, Report = EntryId.From(report.Report).ToString(), Figures = report }) },
            NextPageToken = next,
        };
    }

    public override async Task<ListReportsDueResponse> ListReportsDue(ListReportsDueRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var on = DueReports.Day(fields, request.On, time);
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 100, most: 1_000);
        fields.ThrowIfAny();
        return await body.Sequencer.ReadAsync(
            books =>
            {
                var (due, next) = page.Of(ReportsDue.Owed(books, on).Where(owed => owed.IsOverdue || !request.OverdueOnly), DueReports.Key);
                return new ListReportsDueResponse { Reports = { due.Select(DueReports.View) }, NextPageToken = next };
            },
            context.CancellationToken);
    }

    public override async Task<ListFundedBodiesResponse> ListFundedBodies(ListFundedBodiesRequest request, ServerCallContext context)
    {
        var body = desk.Open(request.Body);
        var fields = new Fields();
        var page = fields.Page(request.PageSize, request.PageToken, otherwise: 200, most: 1_000);
        fields.ThrowIfAny();
        var (seen, next) = page.Of(await funded.SeenFromAsync(body, request.Fund, context.CancellationToken), one => one.Body);
        return new ListFundedBodiesResponse { Bodies = { seen }, NextPageToken = next };
    }

    private static async Task<Report> ViewAsync(HostedBody body, EntryId id, CancellationToken cancellation) =>
        await body.Sequencer.ReadAsync(books => books.Reports.Find(id) is { } report ? View(report) : null, cancellation)
        ?? throw Errors.Missing($"{body.Id} submitted no report {id}.", ("report", $"{id}"));

    private static Report View(SubmittedReport report) => new()
    {
        Id = report.Id.ToString(),
        Funder = report.Figures.To.Body,
        Figures = report.Figures,
        Acknowledged = report.IsAcknowledged,
    };
}
