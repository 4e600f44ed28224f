using FundingFlows.Contracts.Programmes.V1;

namespace FundingFlows.Fire;

/// <summary>What must be there before the load: registrations, agreements, a fund with money, and a project of each body that pays.</summary>
internal sealed class SettingUp(Topology topology, Office office)
{
    public const string FundName = "fire-fund";
    private const long FirstIssuePence = 1_000_000_00;

    /// <summary>Answers with the projects, by body.</summary>
    public async Task<IReadOnlyDictionary<string, string>> PlayAsync(CancellationToken cancellation)
    {
        await new Registering(topology, office).PlayAsync(cancellation);
        await new Settling(topology, [], office, fleet: null).AgreeAsync(cancellation);
        await new Funding(office).IssueAsync(Fund(), "issue the fire fund", SourceKind.ParliamentaryVote, Deeds.SourceReference, FirstIssuePence, cancellation);
        var payers = topology.Bodies.Where(Works.Pays).ToList();
        var projects = await Chapters.AllAsync(payers, (body, stop) => office.ProjectAsync(body.Id, Bill(body), stop), cancellation);
        return payers.Zip(projects).ToDictionary(pair => pair.First.Id, pair => pair.Second);
    }

    private OpenFundRequest Fund() => new()
    {
        Body = topology.Root.Id,
        CommandId = office.CommandId("open the fire fund"),
        Name = FundName,
        Title = "Fire Fund (invented)",
        Purpose = "An invented fund whose money moves while services are killed.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split = { new SplitShare { Kind = Kind.Either, BasisPoints = 10_000 } },
    };

    private Bill Bill(TopologyBody body) => new(
        "fire", $"{topology.Root.Id}.{FundName}", Kind.Revenue, Deeds.Category, PlaceFund.PlaceOf(body), SampleBills.PayeeOf("GB-CHC", topology, body), null, 0);
}
