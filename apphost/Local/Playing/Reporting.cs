using FundingFlows.Contracts.Reports.V1;

namespace FundingFlows.Local;

/// <summary>Reports go up, tier by tier, each containing those from below.</summary>
internal sealed class Reporting(Topology topology, IReadOnlyList<PublishedAward> awards, Office office)
{
    public async Task PlayAsync(CancellationToken cancellation)
    {
        var root = topology.Root.Id;
        foreach (var tier in (Tier[])[Tier.NeighbourhoodForum, Tier.Council, Tier.CombinedAuthority])
        {
            var due = topology.OfTier(tier).SelectMany(body => body.FundedBy.Take(1).Select(funder => (Body: body.Id, Funder: funder, Fund: $"{root}.{PlaceFund.Name}")))
                .Concat(awards.Select(award => award.Body).Distinct().Where(body => topology.Body(body).Tier == tier).Select(body => (Body: body, Funder: root, Fund: $"{root}.{SampleFunds.LevellingUpName}")))
                .ToList();
            await Chapters.ForEachAsync(due, ReportAsync, cancellation);
        }
    }

    private async Task ReportAsync((string Body, string Funder, string Fund) due, CancellationToken cancellation)
    {
        var submitted = await office.AskAsync(
            due.Body, OfficerRoles.ChiefFinanceOfficer,
            options => office.Reports.SubmitReportAsync(
                new SubmitReportRequest { Body = due.Body, CommandId = office.CommandId($"report {due.Body} {due.Fund} {due.Funder}"), Fund = due.Fund, Funder = due.Funder }, options),
            cancellation);
        await office.UntilAsync(
            due.Body, options => office.Reports.GetReportAsync(new GetReportRequest { Body = due.Body, Report = submitted.Report.Id }, options),
            found => found.Report.Acknowledged, $"The acknowledgement of {submitted.Report.Id}", cancellation);
    }
}
