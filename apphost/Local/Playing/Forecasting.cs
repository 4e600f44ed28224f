using FundingFlows.Contracts.Reports.V1;

namespace FundingFlows.Local;

/// <summary>Each council that shares in the Place Fund says what it expects to spend of it. The figures are invented: the same for each.</summary>
internal sealed class Forecasting(Topology topology, Office office)
{
    private static readonly long[] ExpectedPence = [6_000_000_00, 1_500_000_00];

    public Task PlayAsync(CancellationToken cancellation) => Chapters.ForEachAsync(
        [.. topology.OfTier(Tier.Council).Where(council => council.FundedBy.Count > 0)], (council, stop) => RecordAsync(council.Id, stop), cancellation);

    private Task RecordAsync(string council, CancellationToken cancellation)
    {
        var request = new RecordForecastRequest
        {
            Body = council,
            CommandId = office.CommandId($"forecast {council}"),
            Fund = $"{topology.Root.Id}.{PlaceFund.Name}",
            Years = { ExpectedPence.Select((pence, later) => new ForecastYear { FinancialYear = PlaceFund.Year + later, AmountPence = pence }) },
        };
        return office.AskAsync(council, OfficerRoles.ChiefFinanceOfficer, options => office.Reports.RecordForecastAsync(request, options), cancellation);
    }
}
