using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Merging.V1;
using FundingFlows.Contracts.Reports.V1;
using FundingFlows.Ledger;

namespace FundingFlows.Local;

/// <summary>
/// A combined authority makes one pot of two, lot by lot, while money of one is on its way down. What a forum then has of it still says
/// where it was issued, and the reports tell of the pot that it went into.
/// </summary>
internal sealed class PotMerging(Topology topology, Office office)
{
    public const string OldName = "high-streets-pot", NewName = "town-centres-pot";
    public const long OldPence = 60_000_00, NewPence = 40_000_00;

    /// <summary>Sent down of the old pot before it is merged.</summary>
    private const long EarlyPence = 5_000_00;

    /// <summary>More running costs than the new pot had of its own: the rest of them came from the old one.</summary>
    private const long LatePence = 32_000_00;
    private const int LotsOfAStep = 1;
    private static readonly PromisedLine Capital = new(Kind.Capital), Revenue = new(Kind.Revenue);
    private readonly Funding funding = new(office);

    private string Root => topology.Root.Id;

    private string Old => $"{Root}.{OldName}";

    private string New => $"{Root}.{NewName}";

    /// <summary>A combined authority, a council that it funds, and a forum there that keeps its own money. Null: the topology has none.</summary>
    public (string Authority, string Council, string Forum)? Cast => topology.OfTier(Tier.NeighbourhoodForum)
        .Where(forum => forum.LegalForm != LegalForm.Unincorporated && forum.FundedBy.Count > 0)
        .Select(forum => (Forum: forum.Id, Council: topology.Body(forum.FundedBy[0])))
        .Where(pair => pair.Council.Tier == Tier.Council && pair.Council.FundedBy.Count > 0)
        .Select(pair => (Authority: topology.Body(pair.Council.FundedBy[0]), Council: pair.Council.Id, pair.Forum))
        .Where(cast => cast.Authority.Tier == Tier.CombinedAuthority && cast.Authority.FundedBy.Contains(Root))
        .Select(cast => ((string, string, string)?)(cast.Authority.Id, cast.Council, cast.Forum)).FirstOrDefault();

    /// <summary>Null: nobody merged anything.</summary>
    public async Task<MergedPots?> PlayAsync(CancellationToken cancellation)
    {
        if (Cast is not var (authority, council, forum))
            return null;
        await funding.IssueAsync(SampleFunds.Pot(Root, office, NewName, "Town Centres Pot"), $"issue {NewName}", SourceKind.ParliamentaryVote, "town-centres-illustration", NewPence, cancellation);
        await funding.IssueAsync(SampleFunds.Pot(Root, office, OldName, "High Streets Pot", New), $"issue {OldName}", SourceKind.DormantAssets, "high-streets-illustration", OldPence, cancellation);
        await SendAsync(Root, authority, Old, new() { [Capital] = OldPence / 2, [Revenue] = OldPence / 2 }, cancellation);
        await SendAsync(Root, authority, New, new() { [Capital] = NewPence / 2, [Revenue] = NewPence / 2 }, cancellation);
        var early = await funding.AwardAsync(new Offer(authority, council, Old, new Dictionary<PromisedLine, long> { [Revenue] = EarlyPence }, OldName), cancellation);
        var onItsWay = await funding.ReleaseAsync(authority, early, Revenue, EarlyPence, cancellation);
        await MergeAsync(authority, cancellation);
        await funding.ArriveAsync(onItsWay, cancellation);
        await SendAsync(authority, council, New, new() { [Revenue] = LatePence }, cancellation);
        await SendAsync(council, forum, New, new() { [Revenue] = LatePence }, cancellation);
        await CheckOriginsAsync(forum, cancellation);
        await ReportAsync(authority, council, forum, cancellation);
        await ReviseAsync(forum, cancellation);
        return new MergedPots(topology.Body(authority).Name, OldPence - EarlyPence, topology.Body(forum).Name, LatePence - (NewPence / 2));
    }

    private async Task SendAsync(string funder, string recipient, string fund, Dictionary<PromisedLine, long> promises, CancellationToken cancellation)
    {
        var award = await funding.AwardAsync(new Offer(funder, recipient, fund, promises, fund), cancellation);
        var sent = await Chapters.AllAsync([.. promises], (promise, stop) => funding.ReleaseAsync(funder, award, promise.Key, promise.Value, stop), cancellation);
        await Chapters.ForEachAsync(sent, funding.ArriveAsync, cancellation);
    }

    /// <summary>In steps, each a command of its own, until nothing is left to go.</summary>
    private async Task MergeAsync(string body, CancellationToken cancellation)
    {
        for (var step = 1; ; step++)
        {
            var request = new MergePotsRequest { Body = body, CommandId = office.CommandId($"merge {body} {step}"), FromFund = Old, IntoFund = New, MostLots = LotsOfAStep };
            var merged = await office.AskAsync(body, OfficerRoles.ChiefFinanceOfficer, options => office.Pots.MergePotsAsync(request, options), cancellation);
            if (merged.LotsLeft == 0)
                return;
        }
    }

    private async Task CheckOriginsAsync(string forum, CancellationToken cancellation)
    {
        var held = await office.ReadAsync(forum, options => office.Ledger.ListLotsAsync(new ListLotsRequest { Body = forum, Fund = New }, options), cancellation);
        var old = held.Lots.Where(lot => lot.OriginFund == Old).Sum(lot => lot.AmountPence);
        if (old != LatePence - (NewPence / 2))
            throw new LocalException($"{forum} has {Pence.InPounds(old)} of {New} that says it was issued as {Old}.");
    }

    /// <summary>The pot gets new terms, for new money: what the forum has of it stays under those that it was issued under.</summary>
    private async Task ReviseAsync(string forum, CancellationToken cancellation)
    {
        var terms = SampleFunds.PotForBuildings(New, office);
        await office.AskAsync(Root, OfficerRoles.ChiefFinanceOfficer, options => office.Programmes.ReviseTermsAsync(terms, options), cancellation);
        var versions = await office.ReadAsync(Root, options => office.Ledger.ListFundTermsAsync(new ListFundTermsRequest { Body = Root, Fund = New }, options), cancellation);
        var held = await office.ReadAsync(forum, options => office.Ledger.ListLotsAsync(new ListLotsRequest { Body = forum, Fund = New }, options), cancellation);
        if (versions.Terms.Count != 2 || held.Lots.Any(lot => lot.TermsVersion != 1))
            throw new LocalException($"{New} has {versions.Terms.Count} versions of its terms, or {forum} has money of a later one than it was issued under.");
    }

    /// <summary>From below; what reaches the centre is all that it issued, and what was merged stands under the pot that it went into.</summary>
    private async Task ReportAsync(string authority, string council, string forum, CancellationToken cancellation)
    {
        var reporting = new Reporting(topology, [], office);
        await reporting.ReportAsync([(forum, council, New)], cancellation);
        await reporting.ReportAsync([(council, authority, New), (council, authority, Old)], cancellation);
        await reporting.ReportAsync([(authority, Root, New), (authority, Root, Old)], cancellation);
        var received = await Chapters.AllAsync([New, Old], ReceivedAsync, cancellation);
        var told = Figures.Sum(received.SelectMany(reports => reports).Select(report => report.Figures.Totals));
        var merged = received[1].SelectMany(report => report.Figures.Lines).Where(line => line.Line.Fund == New).Sum(line => line.RelabelledInPence);
        if (told.HeldPence + told.SpentPence + told.InTransitPence != OldPence + NewPence || merged != OldPence - EarlyPence)
            throw new LocalException($"The reports tell of {Pence.InPounds(told.HeldPence)} of the two pots, and of {Pence.InPounds(merged)} that was merged.");
    }

    private async Task<IReadOnlyList<ReceivedReport>> ReceivedAsync(string fund, CancellationToken cancellation) =>
        (await office.ReadAsync(Root, options => office.Reports.ListReceivedReportsAsync(new ListReceivedReportsRequest { Body = Root, Fund = fund }, options), cancellation)).Reports;
}
