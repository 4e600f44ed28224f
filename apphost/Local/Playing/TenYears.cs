using FundingFlows.Contracts.Agreements.V1;
using FundingFlows.Contracts.Programmes.V1;

namespace FundingFlows.Local;

/// <summary>A settlement over years, from central government down to forums.</summary>
/// <param name="TotalPence">What central government promised, all of it by one run.</param>
/// <param name="Awards">How many awards were made and accepted.</param>
/// <param name="Runs">By how many recorded runs.</param>
/// <param name="Councils">How many councils are promised some for every year.</param>
/// <param name="ForumsPence">What forums are promised, in all years.</param>
/// <param name="Working">Why one council gets what it gets in the first year.</param>
public sealed record TenYearPromise(int FirstYear, int LastYear, long TotalPence, int Awards, int Runs, int Councils, long ForumsPence, string Working);

/// <summary>
/// All bodies are settled for ten years: each tier records how it shares out what it is promised, by a formula only, and every award promises all
/// ten years. An illustration: nobody has promised this. Nothing is issued, for money is voted year by year.
/// </summary>
internal sealed class TenYears(Topology topology, Office office)
{
    public const string Name = "ten-year-settlement";
    public const string Title = "Ten-year settlement (illustration)";
    private const int Years = 10;
    private const long EachYearPence = 2_600_000_000_00;

    /// <summary>A half is capital, a quarter revenue, and a quarter for forums.</summary>
    private static readonly IReadOnlyList<(PromisedLine Line, uint BasisPoints)> Split = [(PlaceFund.Capital, 5_000), (PlaceFund.Revenue, 2_500), (PlaceFund.Neighbourhood, 2_500)];

    /// <summary>Without councils where nobody is counted, such as a county beside its districts.</summary>
    private readonly SharingOut sharing = new(topology with { Bodies = [.. topology.Bodies.Where(body => body.Tier != Tier.Council || body.Population is not null)] }, office);

    private string Fund => $"{topology.Root.Id}.{Name}";

    public async Task<TenYearPromise> PlayAsync(CancellationToken cancellation)
    {
        await office.AskAsync(topology.Root.Id, OfficerRoles.ChiefFinanceOfficer, options => office.Programmes.OpenFundAsync(Terms(), options), cancellation);
        IReadOnlyDictionary<string, IReadOnlyDictionary<YearLine, long>> holding = new Dictionary<string, IReadOnlyDictionary<YearLine, long>> { [topology.Root.Id] = Pot() };
        var shared = new List<SharedOut>();
        while (holding.Count > 0)
        {
            var passedOn = await sharing.PassOnAsync(Fund, Name, holding, cancellation);
            shared.AddRange(passedOn);
            holding = SharingOut.Promised(passedOn);
        }
        var one = shared.First(share => topology.Body(share.Recipient).Tier == Tier.Council);
        return new TenYearPromise(
            PlaceFund.Year, PlaceFund.Year + Years - 1, await PromisedAsync(topology.Root.Id, cancellation), shared.Count, shared.Select(share => share.Funder).Distinct().Count(),
            SharingOut.Promised(shared).Count(body => topology.Body(body.Key).Tier == Tier.Council && body.Value.Select(line => line.Key.Year).Distinct().Count() == Years),
            shared.Where(share => topology.Body(share.Recipient).Tier == Tier.NeighbourhoodForum).Sum(share => share.Promises.Values.Sum()),
            await sharing.WorkingAsync(one.Funder, one.Recipient, cancellation));
    }

    /// <summary>What a body's own books say that it promised of the fund.</summary>
    private async Task<long> PromisedAsync(string body, CancellationToken cancellation)
    {
        var promised = 0L;
        for (var token = ""; ;)
        {
            var page = await office.ReadAsync(body, options => office.Awards.ListAwardsAsync(new ListAwardsRequest { Body = body, PageSize = 200, PageToken = token }, options), cancellation);
            promised += page.Awards.Where(award => award.Funder == body && award.Terms.Fund == Fund && award.State == AwardState.Accepted)
                .SelectMany(award => award.Promises).Sum(promise => promise.Promise.AmountPence);
            if ((token = page.NextPageToken).Length == 0)
                return promised;
        }
    }

    private static Dictionary<YearLine, long> Pot() =>
        (from year in Enumerable.Range(PlaceFund.Year, Years) from share in Split select (Line: new YearLine(year, share.Line), Pence: EachYearPence / 10_000 * share.BasisPoints))
        .ToDictionary(line => line.Line, line => line.Pence);

    private OpenFundRequest Terms() => new()
    {
        Body = topology.Root.Id,
        CommandId = office.CommandId($"open the fund {Name}"),
        Name = Name,
        Title = Title,
        Purpose = "An invented settlement that promises every place its part of ten years, by people and need. A quarter is for neighbourhood forums to decide about.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.Year + Years - 1 },
        Split = { Split.Select(share => new SplitShare { Kind = share.Line.Kind, Earmarks = { share.Line.Earmarks }, BasisPoints = share.BasisPoints }) },
        Earmarks = { new Earmark { Name = PlaceFund.NeighbourhoodLed, Spenders = { Tier.NeighbourhoodForum } } },
        AwardsByFormulaOnly = true,
    };
}
