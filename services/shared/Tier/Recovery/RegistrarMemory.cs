using FundingFlows.Contracts.Peer.V1;

namespace FundingFlows.Tiers;

/// <summary>What registering bodies that are hosted here tell of those that they have registered, whether or not they take commands just now.</summary>
public sealed class RegistrarMemory(IHostedBodies bodies, SeenJournals seen)
{
    /// <summary>What was seen of each of the bodies that one of those here has registered.</summary>
    public async Task<IReadOnlyList<SeenBody>> TellAsync(IReadOnlyList<string> asked, CancellationToken cancellation)
    {
        var registered = new HashSet<string>();
        foreach (var registrar in bodies.All)
            registered.UnionWith(await RegisteredByAsync(registrar, asked, cancellation));
        return [.. asked.Where(registered.Contains).Select(seen.Of)];
    }

    private static async Task<IReadOnlyCollection<string>> RegisteredByAsync(HostedBody registrar, IReadOnlyList<string> asked, CancellationToken cancellation)
    {
        try
        {
            return await registrar.Sequencer.ReadAsync(books => asked.Where(books.Registrations.ContainsKey).ToList(), cancellation);
        }
        catch (JournalUnavailableException)
        {
            // It cannot say whom it has registered; who asks will ask again.
            return [];
        }
    }
}
