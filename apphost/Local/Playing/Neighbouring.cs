using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Reports.V1;
using FundingFlows.Ledger;

namespace FundingFlows.Local;

/// <summary>
/// A fund that does not go tier by tier: a council has it straight from the centre and leads for its neighbour, and a forum has some
/// from its council and some from the centre. An agreement is suspended and resumed, another ends, and the reports add up.
/// </summary>
internal sealed class Neighbouring(Topology topology, Office office)
{
    public const string Name = "neighbours-fund";
    public const long IssuedPence = 300_000_00;
    private const long LeadPence = 90_000_00, NeighbourPence = 40_000_00, DirectPence = 9_000_00, ThroughCouncilPence = 5_000_00;
    private static readonly PromisedLine Line = new(Kind.Revenue);
    private readonly Funding funding = new(office);

    private string Root => topology.Root.Id;

    private string Fund => $"{Root}.{Name}";

    /// <summary>A council with a forum that keeps its own money, that forum, and another council. Null: the topology has none.</summary>
    private (string Lead, string Neighbour, string Forum)? Cast =>
        topology.OfTier(Tier.NeighbourhoodForum).FirstOrDefault(IsItsOwn) is { } forum
        && topology.OfTier(Tier.Council).FirstOrDefault(council => !council.FundedBy.Contains(forum.FundedBy[0]) && council.Id != forum.FundedBy[0]) is { } other
            ? (forum.FundedBy[0], other.Id, forum.Id)
            : null;

    public async Task PlayAsync(CancellationToken cancellation)
    {
        if (Cast is not var (lead, neighbour, forum))
            return;
        await funding.IssueAsync(SampleFunds.Neighbours(Root, office), $"issue {Name}", SourceKind.DormantAssets, "neighbours-illustration", IssuedPence, cancellation);
        var toLead = await EnsureAgreedAsync(Root, lead, cancellation);
        await funding.AgreeAsync(lead, neighbour, cancellation, AgreementBasis.LeadAuthority);
        await funding.AgreeAsync(neighbour, lead, cancellation, AgreementBasis.SharedService);
        var direct = await funding.AgreeAsync(Root, forum, cancellation);
        await SendAsync(Root, lead, LeadPence, cancellation);
        await SuspendAsync(toLead, cancellation);
        await SendAsync(lead, neighbour, NeighbourPence, cancellation);
        await RefuseCircleAsync(neighbour, lead, cancellation);
        await SendAsync(Root, forum, DirectPence, cancellation);
        await EndAsync(direct, cancellation);
        await SendAsync(lead, forum, ThroughCouncilPence, cancellation);
        await ReportAsync([(forum, Root), (forum, lead), (neighbour, lead), (lead, Root)], cancellation);
    }

    private bool IsItsOwn(TopologyBody body) => body.LegalForm != LegalForm.Unincorporated && body.FundedBy is [var funder] && topology.Body(funder).Tier == Tier.Council;

    /// <summary>The agreement by which one funds the other, made when there is none.</summary>
    private async Task<string> EnsureAgreedAsync(string funder, string recipient, CancellationToken cancellation)
    {
        var known = await office.ReadAsync(recipient, options => office.Agreements.ListAgreementsAsync(new ListAgreementsRequest { Body = recipient }, options), cancellation);
        return known.Agreements.FirstOrDefault(agreement => agreement.Funder == funder && agreement.Recipient == recipient)?.Id
            ?? await funding.AgreeAsync(funder, recipient, cancellation);
    }

    private async Task SendAsync(string funder, string recipient, long pence, CancellationToken cancellation)
    {
        var award = await funding.AwardAsync(new Offer(funder, recipient, Fund, new Dictionary<PromisedLine, long> { [Line] = pence }, Name), cancellation);
        await funding.ArriveAsync(await funding.ReleaseAsync(funder, award, Line, pence, cancellation), cancellation);
    }

    /// <summary>The centre suspends its agreement while it looks at something; no award is offered until it resumes it.</summary>
    private async Task SuspendAsync(string agreement, CancellationToken cancellation)
    {
        await office.AskAsync(
            Root, OfficerRoles.ChiefFinanceOfficer,
            options => office.Agreements.SuspendAgreementAsync(
                new SuspendAgreementRequest { Body = Root, CommandId = office.CommandId($"suspend {agreement}"), Agreement = agreement, Reason = "Illustration: an audit is late." }, options),
            cancellation);
        await office.AskAsync(
            Root, OfficerRoles.ChiefFinanceOfficer,
            options => office.Agreements.ResumeAgreementAsync(
                new ResumeAgreementRequest { Body = Root, CommandId = office.CommandId($"resume {agreement}"), Agreement = agreement, Reason = "Illustration: the audit has come." }, options),
            cancellation);
    }

    private Task EndAsync(string agreement, CancellationToken cancellation) => office.AskAsync(
        Root, OfficerRoles.ChiefFinanceOfficer,
        options => office.Agreements.EndAgreementAsync(
            new EndAgreementRequest { Body = Root, CommandId = office.CommandId($"end {agreement}"), Agreement = agreement, Reason = "Illustration: it was for one year." }, options),
        cancellation);

    /// <summary>Along the shared service money of other funds may go, but not the fund that came from the other.</summary>
    private async Task RefuseCircleAsync(string from, string to, CancellationToken cancellation)
    {
        var request = new OfferAwardRequest
        {
            Body = from,
            CommandId = office.CommandId($"circle {from} {to}"),
            Recipient = to,
            Fund = Fund,
            Promises = { new Promise { FinancialYear = PlaceFund.Year, Kind = Line.Kind, AmountPence = 1 } },
        };
        try
        {
            await office.AskAsync(from, OfficerRoles.Approver, options => office.Awards.OfferAwardAsync(request, options), cancellation);
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.FailedPrecondition)
        {
            return;
        }
        throw new LocalException($"{from} sends {to} money of the fund that came from there, and was not refused.");
    }

    /// <summary>Each reports to each of its funders, from below; what reaches the centre is all that it sent, each penny once.</summary>
    private async Task ReportAsync((string Body, string Funder)[] due, CancellationToken cancellation)
    {
        foreach (var (body, funder) in due)
            await new Reporting(topology, [], office).ReportAsync([(body, funder, Fund)], cancellation);
        var received = await office.ReadAsync(Root, options => office.Reports.ListReceivedReportsAsync(new ListReceivedReportsRequest { Body = Root, Fund = Fund }, options), cancellation);
        var told = Figures.Sum(received.Reports.Select(report => report.Figures.Totals));
        if (told.HeldPence + told.SpentPence + told.InTransitPence != LeadPence + DirectPence)
            throw new LocalException($"Of the {Pence.InPounds(LeadPence + DirectPence)} of {Fund} that were sent the reports tell of {Pence.InPounds(told.HeldPence + told.SpentPence + told.InTransitPence)}.");
    }
}
