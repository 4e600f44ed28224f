using FundingFlows.Contracts.Reports.V1;
using Date = Google.Type.Date;

namespace FundingFlows.Local;

/// <summary>Reports go up, tier by tier, each containing those from below.</summary>
internal sealed class Reporting(Topology topology, IReadOnlyList<PublishedAward> awards, Office office)
{
    private string Root => topology.Root.Id;

    /// <summary>On both funds.</summary>
    public async Task PlayAsync(CancellationToken cancellation)
    {
        foreach (var tier in (Tier[])[Tier.NeighbourhoodForum, Tier.Council, Tier.CombinedAuthority])
        {
            var due = topology.OfTier(tier).SelectMany(body => body.FundedBy.Take(1).Select(funder => (Body: body.Id, Funder: funder, Fund: $"{Root}.{PlaceFund.Name}")));
            await ReportAsync([.. due, .. OnAwards(awards.Where(award => topology.Body(award.Body).Tier == tier))], cancellation);
        }
    }

    /// <summary>On the awards alone.</summary>
    public Task PlayAwardsAsync(CancellationToken cancellation) => ReportAsync([.. OnAwards(awards)], cancellation);

    private IEnumerable<(string Body, string Funder, string Fund)> OnAwards(IEnumerable<PublishedAward> some) =>
        some.Select(award => award.Body).Distinct().Select(body => (body, Root, $"{Root}.{SampleFunds.LevellingUpName}"));

    /// <summary>Each body reports to a funder on a fund; then all wait until the funders have it.</summary>
    /// <param name="upTo">The last day that the reports are about. Null: nobody asks.</param>
    public async Task ReportAsync(IReadOnlyList<(string Body, string Funder, string Fund)> due, CancellationToken cancellation, Date? upTo = null)
    {
        var submitted = await Chapters.AllAsync(due, (one, stop) => SubmitAsync(one, upTo, stop), cancellation);
        await Chapters.ForEachAsync(submitted, (report, stop) => office.UntilAsync(
            report.Body, options => office.Reports.GetReportAsync(new GetReportRequest { Body = report.Body, Report = report.Id }, options),
            found => found.Report.Acknowledged, $"The acknowledgement of {report.Id}", stop), cancellation);
    }

    private async Task<(string Body, string Id)> SubmitAsync((string Body, string Funder, string Fund) due, Date? upTo, CancellationToken cancellation)
    {
        var request = new SubmitReportRequest
        {
            Body = due.Body,
            CommandId = office.CommandId($"report {due.Body} {due.Fund} {due.Funder}{upTo}"),
            Fund = due.Fund,
            Funder = due.Funder,
            UpTo = upTo,
        };
        var submitted = await office.AskAsync(due.Body, OfficerRoles.ChiefFinanceOfficer, options => office.Reports.SubmitReportAsync(request, options), cancellation);
        return (due.Body, submitted.Report.Id);
    }
}
