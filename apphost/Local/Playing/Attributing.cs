using System.Collections.Concurrent;
using FundingFlows.Contracts.Ledger.V1;

namespace FundingFlows.Local;

/// <summary>What the books show of awards that are attributed to councils.</summary>
/// <param name="ReceivedPence">What all councils received of the fund.</param>
/// <param name="Awards">How many awards there are.</param>
/// <param name="Councils">How many councils received something.</param>
/// <param name="Wards">Left-behind wards: the topology has a forum for each.</param>
/// <param name="WardsWithout">Those in councils that received nothing.</param>
/// <param name="CouncilsWithout">Those councils.</param>
public sealed record Attribution(long ReceivedPence, int Awards, int Councils, int Wards, int WardsWithout, int CouncilsWithout);

/// <summary>Compares what councils received, as their own books say, with the table of awards, and with where left-behind wards are.</summary>
internal sealed class Attributing(Topology topology, IReadOnlyList<PublishedAward> awards, Office office, string fund)
{
    /// <summary>Throws <see cref="LocalException"/> when a council received another amount than it was awarded.</summary>
    public async Task<Attribution> FiguresAsync(CancellationToken cancellation)
    {
        var awarded = awards.GroupBy(award => award.Body).ToDictionary(same => same.Key, same => same.Sum(award => award.AmountPence));
        var received = new ConcurrentDictionary<string, long>();
        await Chapters.ForEachAsync(topology.OfTier(Tier.Council), async (council, stop) => received[council.Id] = await ReceivedAsync(council.Id, stop), cancellation);
        foreach (var council in topology.OfTier(Tier.Council))
            if (received[council.Id] != awarded.GetValueOrDefault(council.Id))
                throw new LocalException(
                    $"{council.Name} was awarded {Ledger.Pence.InPounds(awarded.GetValueOrDefault(council.Id))} and received {Ledger.Pence.InPounds(received[council.Id])}.");
        var wards = topology.OfTier(Tier.NeighbourhoodForum).GroupBy(forum => forum.RegisteredBy).ToDictionary(same => same.Key, same => same.Count());
        var without = wards.Where(one => received.GetValueOrDefault(one.Key) == 0).ToList();
        return new Attribution(received.Values.Sum(), awards.Count, received.Values.Count(pence => pence > 0), wards.Values.Sum(), without.Sum(one => one.Value), without.Count);
    }

    private async Task<long> ReceivedAsync(string council, CancellationToken cancellation)
    {
        var accounts = await office.ReadAsync(
            council, options => office.Ledger.ListAccountsAsync(new ListAccountsRequest { Body = council, Fund = fund }, options), cancellation);
        return accounts.Lines.Sum(line => line.Accounts.ReceivedPence);
    }
}
