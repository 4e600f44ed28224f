using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Merging.V1;
using FundingFlows.Contracts.Reports.V1;
using FundingFlows.Contracts.Transfers.V1;
using Google.Rpc;
using Date = Google.Type.Date;

namespace FundingFlows.Local;

/// <summary>
/// Central government makes one fund for places of three pots, which then goes down the tiers under its own terms. A forum that has some
/// of it can still say of each pound in which pot it was issued. What a pot's terms do not allow is tried, and refused.
/// </summary>
internal sealed class PotsIntoOne(Topology topology, Office office)
{
    public const string Name = "one-place-fund";
    public const string LevellingUp = "levelling-up-pot", Renewal = "community-renewal-pot", Ownership = "community-ownership-pot";

    private static readonly PromisedLine Capital = new(Kind.Capital), Revenue = new(Kind.Revenue), Led = new(Kind.Capital, PlaceFund.NeighbourhoodLed);

    /// <summary>The pots, what each was issued for, and what of each goes to the forum.</summary>
    private static readonly IReadOnlyList<(string Pot, PromisedLine Line, long IssuedPence, long SentPence)> Pots =
        [(LevellingUp, Capital, 50_000_00, 20_000_00), (Renewal, Revenue, 30_000_00, 12_500_00), (Ownership, Led, 20_000_00, 7_500_00)];

    /// <summary>When money is first released, the day that the first reports are about, and one on which they are overdue.</summary>
    private static readonly Date Spring = Day(4, 20), EndOfJune = Day(6, 30), EndOfJuly = Day(7, 31);

    private readonly Funding funding = new(office);
    private readonly Reporting reporting = new(topology, [], office);

    private string Root => topology.Root.Id;

    private string One => $"{Root}.{Name}";

    /// <summary>Null: there is no way down for it, and nobody merged anything.</summary>
    /// <param name="way">A combined authority, a council that it funds, and a forum there.</param>
    public async Task<OnePot?> PlayAsync((string Authority, string Council, string Forum)? way, CancellationToken cancellation)
    {
        if (way is not var (authority, council, forum))
            return null;
        await office.AskAsync(Root, OfficerRoles.ChiefFinanceOfficer, options => office.Programmes.OpenFundAsync(SampleFunds.OnePlace(Root, office), options), cancellation);
        foreach (var (pot, line, issued, _) in Pots)
        {
            await funding.IssueAsync(SampleFunds.OldPot(Root, office, pot, line, One), $"issue {pot}", SourceKind.ParliamentaryVote, $"{pot}-illustration", issued, cancellation);
            await MergeAsync(pot, cancellation);
        }
        var promises = Pots.ToDictionary(pot => pot.Line, pot => pot.SentPence);
        await SendAsync(Root, authority, promises, promises.Keys, cancellation);
        await SendAsync(authority, council, promises, promises.Keys, cancellation);
        var award = await SendAsync(council, forum, promises, [Capital, Revenue], cancellation);
        var waited = await MustReportFirstAsync(council, forum, award, promises[Led], cancellation);
        var refused = await MustNotMergeAsync(cancellation);
        var origins = await OriginsAsync(forum, cancellation);
        await reporting.ReportAsync([(forum, council, One)], cancellation, EndOfJuly);
        await reporting.ReportAsync([(council, authority, One)], cancellation, EndOfJuly);
        await reporting.ReportAsync([(authority, Root, One)], cancellation, EndOfJuly);
        return new OnePot(topology.Root.Name, topology.Body(forum).Name, origins, refused, waited);
    }

    private async Task MergeAsync(string pot, CancellationToken cancellation)
    {
        var request = new MergePotsRequest { Body = Root, CommandId = office.CommandId($"merge {pot}"), FromFund = $"{Root}.{pot}", IntoFund = One };
        await office.AskAsync(Root, OfficerRoles.ChiefFinanceOfficer, options => office.Pots.MergePotsAsync(request, options), cancellation);
    }

    /// <summary>What came from a pot may go back there, and nowhere else: another fund could free it from what it was given for.</summary>
    private async Task<string> MustNotMergeAsync(CancellationToken cancellation)
    {
        var request = new MergePotsRequest { Body = Root, CommandId = office.CommandId($"merge {Name}"), FromFund = One, IntoFund = $"{Root}.{PotMerging.NewName}" };
        return await RefusedAsync(
            "MERGE_POTS_NOT_PERMITTED", () => office.AskAsync(Root, OfficerRoles.ChiefFinanceOfficer, options => office.Pots.MergePotsAsync(request, options), cancellation));
    }

    /// <summary>What the forum has of the fund, by the pot that it was issued in: what the forum itself shows to anyone.</summary>
    private async Task<IReadOnlyList<(string Pot, long Pence)>> OriginsAsync(string forum, CancellationToken cancellation)
    {
        var held = await office.ReadAsync(forum, options => office.Ledger.ListLotsAsync(new ListLotsRequest { Body = forum, Fund = One }, options), cancellation);
        var origins = Pots.Select(pot => (Pot: SampleFunds.TitleOf(pot.Pot), Pence: held.Lots.Where(lot => lot.OriginFund == $"{Root}.{pot.Pot}").Sum(lot => lot.RemainingPence))).ToList();
        var sent = Pots.Select(pot => (SampleFunds.TitleOf(pot.Pot), pot.SentPence));
        if (!origins.SequenceEqual(sent) || origins.Sum(origin => origin.Pence) != held.Lots.Sum(lot => lot.RemainingPence))
            throw new LocalException($"{forum} says of {One}: {string.Join(", ", origins)}.");
        return origins;
    }

    private async Task<string> SendAsync(
        string funder, string recipient, Dictionary<PromisedLine, long> promises, IReadOnlyCollection<PromisedLine> now, CancellationToken cancellation)
    {
        var award = await funding.AwardAsync(new Offer(funder, recipient, One, promises, Name), cancellation);
        var sent = await Chapters.AllAsync([.. now], (line, stop) => funding.ReleaseAsync(funder, award, line, promises[line], stop, on: Spring), cancellation);
        await Chapters.ForEachAsync(sent, funding.ArriveAsync, cancellation);
        return award;
    }

    /// <summary>
    /// The rest is released only once the forum has reported: that it owes a report is in the council's list. Answers with what was refused before. Null: the
    /// report had come already, in a run that this one goes on with.
    /// </summary>
    private async Task<string?> MustReportFirstAsync(string council, string forum, string award, long restPence, CancellationToken cancellation)
    {
        var due = await office.ReadAsync(
            council, options => office.Reports.ListReportsDueAsync(new ListReportsDueRequest { Body = council, On = EndOfJuly, OverdueOnly = true }, options), cancellation);
        var refused = due.Reports.Any(report => report.Fund == One && report.Body == forum && report.HoldsBack)
            ? await RefusedAsync("RELEASE_FUNDS_REPORT_OVERDUE", ReleaseAsync) : null;
        await reporting.ReportAsync([(forum, council, One)], cancellation, EndOfJune);
        await funding.ArriveAsync(await ReleaseAsync(), cancellation);
        return refused;

        Task<Transfer> ReleaseAsync() => funding.ReleaseAsync(council, award, Led, restPence, cancellation, on: EndOfJuly);
    }

    /// <summary>What is answered to an attempt that must be refused for that reason.</summary>
    private static async Task<string> RefusedAsync(string reason, Func<Task> attempt)
    {
        try
        {
            await attempt();
        }
        catch (RpcException refusal) when (refusal.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason == reason)
        {
            return refusal.Status.Detail;
        }
        throw new LocalException($"{reason} was to be answered, and all was done.");
    }

    private static Date Day(int month, int day) => new() { Year = PlaceFund.Year, Month = month, Day = day };
}
