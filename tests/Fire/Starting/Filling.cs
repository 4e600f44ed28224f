using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Ledger;

namespace FundingFlows.Fire;

/// <summary>
/// A body with two funders receives all that accounts can hold, from each a part: the one sends most of it, has half of that back, and sends it again.
/// From then on it refuses for good whatever anybody sends it down, which their own rules let them send; and that comes back.
/// </summary>
internal sealed class Filling(Topology topology, Office office)
{
    private const string FundName = "full-fund";
    private const long Tenth = Pence.Most / 10;
    private static readonly PromisedLine Line = new(Kind.Either);
    private readonly Funding funding = new(office);

    private string Fund => $"{topology.Root.Id}.{FundName}";

    /// <summary>One that keeps its own money and funds nobody else. Null: none has two funders.</summary>
    private TopologyBody? Victim => topology.Bodies.FirstOrDefault(
        body => body.FundedBy.Count > 1 && body is { LegalForm: not LegalForm.Unincorporated, SucceededBy: [] } && !topology.FundedFrom(body.Id).Any());

    /// <summary>Answers with the body. Null: there is none.</summary>
    public async Task<string?> PlayAsync(CancellationToken cancellation)
    {
        if (Victim is not { } body)
            return null;
        // The root, which sends to all others too, would be at the end of its own accounts.
        var most = body.FundedBy.First(funder => funder != topology.Root.Id);
        var other = body.FundedBy.First(funder => funder != most);
        await funding.IssueAsync(
            SettingUp.FundOf(topology, office, FundName), $"issue the {FundName}", SourceKind.ParliamentaryVote, Deeds.SourceReference, 6 * Tenth, cancellation);
        foreach (var (from, to) in WayTo(most))
            await SendAsync(from, to, 5 * Tenth, "most", cancellation);
        foreach (var (from, to) in WayTo(other))
            await SendAsync(from, to, Tenth, "the rest", cancellation);
        await GiveBackAsync(body.Id, await SendAsync(most, body.Id, 5 * Tenth, "most", cancellation), cancellation);
        await SendAsync(most, body.Id, 4 * Tenth, "most again", cancellation);
        await SendAsync(other, body.Id, Tenth, "the rest", cancellation);
        return body.Id;
    }

    /// <summary>The steps from the root down to a body.</summary>
    private IEnumerable<(string From, string To)> WayTo(string body) =>
        topology.Body(body).FundedBy is [var funder, ..] ? WayTo(funder).Append((funder, body)) : [];

    /// <summary>Answers with the award.</summary>
    private async Task<string> SendAsync(string from, string to, long pence, string step, CancellationToken cancellation)
    {
        var award = await funding.AwardAsync(new Offer(from, to, Fund, new Dictionary<PromisedLine, long> { [Line] = pence }, $"{FundName}: {step}"), cancellation);
        await funding.ArriveAsync(await funding.ReleaseAsync(from, award, Line, pence, cancellation), cancellation);
        return award;
    }

    private async Task GiveBackAsync(string body, string award, CancellationToken cancellation)
    {
        var request = new RepayUnderspendRequest { Body = body, CommandId = office.CommandId($"give back {award}"), Award = award, Kind = Line.Kind, AmountPence = 5 * Tenth };
        var repaid = await office.AskAsync(body, OfficerRoles.Approver, options => office.Transfers.RepayUnderspendAsync(request, options), cancellation);
        await funding.ArriveAsync(repaid.Transfer, cancellation);
    }
}
