using System.Globalization;
using FundingFlows.Contracts.Allocation.V1;

namespace FundingFlows.Local;

/// <summary>A line of a pot: what it is for, in which year.</summary>
internal readonly record struct YearLine(int Year, PromisedLine Line);

/// <summary>What a recorded run gives a body, and the award that was offered of it.</summary>
internal sealed record SharedOut(string Funder, string Recipient, string Award, IReadOnlyDictionary<YearLine, long> Promises);

/// <summary>
/// Money is shared out by recorded runs: three fifths by people, two fifths by people times deprivation, where the topology says how many and how
/// deprived; in equal parts among forums. Each run is a decision in the funder's journal, and awards are made from it.
/// </summary>
internal sealed class SharingOut(Topology topology, Office office)
{
    private const int AtOnce = 1_000;

    /// <summary>
    /// One tier: each funder records how it shares out what it has of a fund, awards are made from that, and all of them are accepted. Answers with what
    /// each recipient is promised.
    /// </summary>
    /// <param name="holding">What each funder has, by line.</param>
    public async Task<IReadOnlyList<SharedOut>> PassOnAsync(
        string fund, string step, IReadOnlyDictionary<string, IReadOnlyDictionary<YearLine, long>> holding, CancellationToken cancellation)
    {
        var pots = holding.SelectMany(funder => Pots(funder.Key, funder.Value).Select(pot => (Funder: funder.Key, pot.Recipients, pot.Lines))).ToList();
        var shared = (await Chapters.AllAsync(pots, (pot, stop) => OfferAsync(pot.Funder, fund, step, pot.Recipients, pot.Lines, stop), cancellation)).SelectMany(shares => shares).ToList();
        await new Funding(office).AcceptAsync([.. shared.Select(share => (share.Funder, share.Recipient, share.Award))], cancellation);
        return shared;
    }

    /// <summary>What each body has been promised in one tier.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<YearLine, long>> Promised(IReadOnlyList<SharedOut> shared) => shared.GroupBy(share => share.Recipient).ToDictionary(
        shares => shares.Key,
        shares => (IReadOnlyDictionary<YearLine, long>)shares.SelectMany(share => share.Promises).GroupBy(line => line.Key).ToDictionary(line => line.Key, line => line.Sum(one => one.Value)));

    /// <summary>
    /// How a funder shares out what it has: the bodies that get some, and of which lines. Forums get of what is kept for forums; others
    /// get of every line. A body with several funders gets of the first.
    /// </summary>
    private IEnumerable<(IReadOnlyList<TopologyBody> Recipients, IReadOnlyList<KeyValuePair<YearLine, long>> Lines)> Pots(string funder, IReadOnlyDictionary<YearLine, long> held)
    {
        var funded = topology.FundedFrom(funder).Where(body => body.FundedBy[0] == funder).ToList();
        foreach (var pot in held.GroupBy(line => line.Key.Line.IsForForums && funded.Exists(body => body.Tier == Tier.NeighbourhoodForum)))
        {
            var recipients = funded.Where(body => pot.Key || body.Tier != Tier.NeighbourhoodForum).ToList();
            if (recipients.Count > 0)
                yield return (recipients, [.. pot]);
        }
    }

    /// <summary>Records a run, and offers awards to all of its recipients.</summary>
    private async Task<IReadOnlyList<SharedOut>> OfferAsync(
        string funder, string fund, string name, IReadOnlyList<TopologyBody> recipients, IReadOnlyList<KeyValuePair<YearLine, long>> pot, CancellationToken cancellation)
    {
        var step = $"{name} {string.Join(", ", pot.Select(line => line.Key.Line).Distinct())}";
        var record = new RecordAllocationRequest
        {
            Body = funder,
            CommandId = office.CommandId($"share out {step} at {funder}"),
            Fund = fund,
            Formula = FormulaFor(recipients),
            Pot = { pot.Select(line => new PotLine { FinancialYear = line.Key.Year, Kind = line.Key.Line.Kind, Earmarks = { line.Key.Line.Earmarks }, AmountPence = line.Value }) },
            Indicators = new IndicatorTables { DescriptionsCsv = Descriptions, FiguresCsv = Figures(recipients) },
        };
        var run = (await office.AskAsync(funder, OfficerRoles.ChiefFinanceOfficer, options => office.Allocations.RecordAllocationAsync(record, options), cancellation)).Allocation.Id;
        var award = new AwardAllocationRequest { Body = funder, CommandId = office.CommandId($"award {step} at {funder}"), Allocation = run };
        await office.AskAsync(funder, OfficerRoles.Approver, options => office.Allocations.AwardAllocationAsync(award, options), cancellation);
        return [.. (await SharesAsync(funder, run, cancellation)).Where(share => share.Award.Length > 0).Select(share => new SharedOut(
            funder, share.Recipient, share.Award,
            share.Lines.ToDictionary(line => new YearLine(line.FinancialYear, new PromisedLine(line.Kind, [.. line.Earmarks])), line => line.AmountPence)))];
    }

    /// <summary>Why a body gets what it gets in the first year of the newest run of its funder in which it is.</summary>
    public async Task<string> WorkingAsync(string funder, string recipient, CancellationToken cancellation)
    {
        var runs = await office.ReadAsync(funder, options => office.Allocations.ListAllocationsAsync(new ListAllocationsRequest { Body = funder }, options), cancellation);
        foreach (var run in runs.Allocations)
            if ((await SharesAsync(funder, run.Id, cancellation)).Any(share => share.Recipient == recipient))
                return (await office.ReadAsync(
                    funder, options => office.Allocations.ExplainAllocationAsync(new ExplainAllocationRequest { Body = funder, Allocation = run.Id, Recipient = recipient }, options),
                    cancellation)).Workings[0].Sentences[0];
        throw new LocalException($"{recipient} is in no recorded run of {funder}.");
    }

    private async Task<IReadOnlyList<RecipientShare>> SharesAsync(string funder, string run, CancellationToken cancellation)
    {
        var shares = new List<RecipientShare>();
        for (var token = ""; ;)
        {
            var request = new ListAllocationSharesRequest { Body = funder, Allocation = run, PageSize = AtOnce, PageToken = token };
            var page = await office.ReadAsync(funder, options => office.Allocations.ListAllocationSharesAsync(request, options), cancellation);
            shares.AddRange(page.Shares);
            if ((token = page.NextPageToken).Length == 0)
                return shares;
        }
    }

    private const string Descriptions = """
        indicator,unit,source,as_of
        people,people,"ONS, mid-2024, as the topology gives it",2024-06-30
        need,score,"MHCLG, Indices of Deprivation 2025, as the topology gives it",2025-10-30

        """;

    private Formula FormulaFor(IReadOnlyList<TopologyBody> recipients)
    {
        if (recipients.All(body => body.Tier == Tier.NeighbourhoodForum))
            return new Formula { Name = "Equal parts", Components = { new Component { Name = "each", ShareBasisPoints = 10_000, Flat = new Flat() } } };
        var byNeed = recipients.All(body => Deprivation(body) is not null);
        var people = new Component { Name = "people", ShareBasisPoints = byNeed ? 6_000u : 10_000u, PerHead = new PerHead { Count = "people" } };
        var formula = new Formula { Name = byNeed ? "People and need" : "People", Population = "people", Components = { people } };
        if (byNeed)
            formula.Components.Add(new Component { Name = "need", ShareBasisPoints = 4_000, ByNeed = new ByNeed { Count = "people", Index = "need", PowerQuarters = 4 } });
        return formula;
    }

    private string Figures(IReadOnlyList<TopologyBody> recipients) => string.Join(
        '\n', recipients.Select(body => string.Create(CultureInfo.InvariantCulture, $"{body.Id},\"{body.Name.Replace("\"", "\"\"")}\",{People(body)},{Deprivation(body):0.###}")).Prepend("id,name,people,need")) + "\n";

    /// <summary>People who live there; of a body without a figure, those of the bodies that it funds; of a forum, one part.</summary>
    private long People(TopologyBody body) => body.Population ?? Math.Max(1, Below(body).Sum(below => below.Population!.Value));

    /// <summary>Of a body without a figure, the average over the people of the bodies that it funds. Null: not known of all of them.</summary>
    private decimal? Deprivation(TopologyBody body) => body.Deprivation ?? (Below(body) is { Count: > 0 } below && below.All(one => one.Deprivation is not null)
        ? below.Sum(one => one.Deprivation!.Value * one.Population!.Value) / below.Sum(one => one.Population!.Value)
        : null);

    private List<TopologyBody> Below(TopologyBody body) => [.. topology.FundedFrom(body.Id).Where(below => below.Tier > body.Tier && below.Population is not null)];
}
