using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Contracts.Years.V1;

namespace FundingFlows.Local;

/// <summary>
/// The year ends on one way from a forum up to central government: each body closes it, and repays what may not be carried forward to
/// its funder; at the top it goes back to its source.
/// </summary>
internal sealed class YearEnding(Topology topology, Office office)
{
    private readonly Funding funding = new(office);

    private string Root => topology.Root.Id;

    private string Place => $"{Root}.{PlaceFund.Name}";

    /// <summary>Null: there is no forum at which a way begins.</summary>
    public async Task<YearEnd?> PlayAsync(CancellationToken cancellation)
    {
        var way = Way().ToList();
        if (way.Count < 3 || way[1].Tier != Tier.Council)
            return null;
        var owing = new Owing(topology, office, way[1]);
        await owing.OrderAsync(cancellation);
        long back = 0, carried = 0;
        foreach (var body in way)
        {
            await CloseProvisionallyAsync(body.Id, cancellation);
            if (body == way[1])
                await owing.ExpireAsync(cancellation);
            var closed = await CloseAsync(body.Id, cancellation);
            back += closed.ToReturnPence;
            carried += closed.CarriedPence;
            if (body.Id != Root)
                await RepayAsync(body, back, cancellation);
        }
        await SurrenderAsync(back, cancellation);
        await owing.SettleAsync(cancellation);
        return new YearEnd(way.Count, carried, back);
    }

    /// <summary>From the last forum up.</summary>
    private IEnumerable<TopologyBody> Way()
    {
        for (var at = topology.OfTier(Tier.NeighbourhoodForum).LastOrDefault(forum => forum.FundedBy.Count > 0); at is not null;)
        {
            yield return at;
            at = at.Id == Root || at.FundedBy.Count == 0 ? null : topology.Body(at.FundedBy[0]);
        }
    }

    private Task CloseProvisionallyAsync(string body, CancellationToken cancellation) => office.AskAsync(
        body, OfficerRoles.ChiefFinanceOfficer,
        options => office.Years.CloseYearProvisionallyAsync(
            new CloseYearProvisionallyRequest { Body = body, CommandId = office.CommandId($"close provisionally {body}"), FinancialYear = PlaceFund.Year }, options),
        cancellation);

    private async Task<ClosedYear> CloseAsync(string body, CancellationToken cancellation)
    {
        var closed = await office.AskAsync(
            body, OfficerRoles.ChiefFinanceOfficer,
            options => office.Years.CloseYearAsync(
                new CloseYearRequest { Body = body, CommandId = office.CommandId($"close {body}"), FinancialYear = PlaceFund.Year }, options),
            cancellation);
        return closed.Year;
    }

    private async Task RepayAsync(TopologyBody body, long amountPence, CancellationToken cancellation)
    {
        var awards = await office.ReadAsync(body.Id, options => office.Awards.ListAwardsAsync(new ListAwardsRequest { Body = body.Id }, options), cancellation);
        var award = awards.Awards.First(award => award.Terms.Fund == Place && award.Recipient == body.Id);
        var repaid = await office.AskAsync(
            body.Id, OfficerRoles.Approver,
            options => office.Transfers.RepayUnderspendAsync(
                new RepayUnderspendRequest { Body = body.Id, CommandId = office.CommandId($"repay at the year's end {body.Id}"), Award = award.Id, AmountPence = amountPence }, options),
            cancellation);
        await funding.ArriveAsync(repaid.Transfer, cancellation);
    }

    private Task SurrenderAsync(long amountPence, CancellationToken cancellation) => office.AskAsync(
        Root, OfficerRoles.ChiefFinanceOfficer,
        options => office.Years.SurrenderMoneyAsync(
            new SurrenderMoneyRequest
            {
                Body = Root,
                CommandId = office.CommandId("surrender at the year's end"),
                Fund = Place,
                Source = new Source { Kind = SourceKind.ParliamentaryVote, Reference = PlaceFund.SourceReference },
                AmountPence = amountPence,
            },
            options),
        cancellation);
}
