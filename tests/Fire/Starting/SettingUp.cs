using FundingFlows.Contracts.Programmes.V1;

namespace FundingFlows.Fire;

/// <summary>What is there when the load begins.</summary>
/// <param name="Projects">One of each body that pays, by body.</param>
/// <param name="Awards">Accepted, with what they still promise.</param>
/// <param name="Instructions">In force, unless they have stopped.</param>
/// <param name="Full">A body that has received so much that it refuses all that it is sent. Null: there is none.</param>
internal sealed record Beginning(
    IReadOnlyDictionary<string, string> Projects, IReadOnlyList<KnownAward> Awards, IReadOnlyList<KnownInstruction> Instructions, string? Full);

/// <summary>
/// What must be there before the load: registrations, agreements, a fund with money, a project of each body that pays, awards all the way down, and
/// a body that is full.
/// </summary>
internal sealed class SettingUp(Topology topology, Office office)
{
    public const string FundName = "fire-fund";
    public const long FirstIssuePence = 10_000_000_00;

    public async Task<Beginning> PlayAsync(CancellationToken cancellation)
    {
        await new Registering(topology, office).PlayAsync(cancellation);
        await new Settling(topology, [], office, fleet: null).AgreeAsync(cancellation);
        var payers = topology.Bodies.Where(Works.Pays).ToList();
        var projects = await Chapters.AllAsync(payers, (body, stop) => office.ProjectAsync(body.Id, Bill(body), stop), cancellation);
        var full = await new Filling(topology, office).PlayAsync(cancellation);
        await new Funding(office).IssueAsync(
            FundOf(topology, office, FundName), "issue the fire fund", SourceKind.ParliamentaryVote, Deeds.SourceReference, FirstIssuePence, cancellation);
        var (awards, instructions) = await new Cascade(topology, office).PlayAsync(cancellation);
        return new Beginning(payers.Zip(projects).ToDictionary(pair => pair.First.Id, pair => pair.Second), awards, instructions, full);
    }

    public static OpenFundRequest FundOf(Topology topology, Office office, string name) => new()
    {
        Body = topology.Root.Id,
        CommandId = office.CommandId($"open the {name}"),
        Name = name,
        Title = "Fire Fund (invented)",
        Purpose = "An invented fund whose money moves while services are killed.",
        Years = new YearWindow { FirstYear = PlaceFund.Year, LastYear = PlaceFund.LastYear },
        Split = { new SplitShare { Kind = Kind.Either, BasisPoints = 10_000 } },
    };

    private Bill Bill(TopologyBody body) => new(
        "fire", $"{topology.Root.Id}.{FundName}", Kind.Revenue, Deeds.Category, PlaceFund.PlaceOf(body), SampleBills.PayeeOf("GB-CHC", topology, body), null, 0);
}
