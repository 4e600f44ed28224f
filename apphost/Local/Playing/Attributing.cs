using System.Collections.Concurrent;
using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Transfers.V1;
using FundingFlows.Ledger;

namespace FundingFlows.Local;

/// <summary>What the books show of awards that are attributed to councils: the fund in all bodies' accounts, and where it did not go.</summary>
/// <param name="IssuedPence">What was issued of the fund.</param>
/// <param name="HeldPence">Of that, what bodies hold; then what they have spent, what is on its way, and what was surrendered.</param>
/// <param name="ReceivedPence">What all councils together received of the fund.</param>
/// <param name="Awards">How many awards there are.</param>
/// <param name="Councils">How many councils received something.</param>
/// <param name="Wards">Left-behind wards: the topology has a forum for each.</param>
/// <param name="WardsWithout">Those in councils that received nothing.</param>
/// <param name="CouncilsWithout">Those councils.</param>
/// <param name="ShownIn">The combined authority in whose part of the country the sample year was played besides. Empty: nowhere.</param>
public sealed record Attribution(
    long IssuedPence, long HeldPence, long SpentPence, long InTransitPence, long SurrenderedPence,
    long ReceivedPence, int Awards, int Councils, int Wards, int WardsWithout, int CouncilsWithout, string ShownIn);

/// <summary>Compares what councils received with the table of awards, and with where left-behind wards are.</summary>
internal sealed class Attributing(Topology topology, IReadOnlyList<PublishedAward> awards, Office office, string fund)
{
    /// <summary>Throws <see cref="LocalException"/> when a council received another amount than it was awarded, or the fund's accounts do not add up.</summary>
    public async Task<Attribution> FiguresAsync(string shownIn, CancellationToken cancellation)
    {
        var accounts = new ConcurrentDictionary<string, IReadOnlyList<AccountTotals>>();
        await Chapters.ForEachAsync(topology.Bodies, async (body, stop) => accounts[body.Id] = await AccountsAsync(body.Id, stop), cancellation);
        var received = await ReceivedAsync(cancellation);
        Check(received);
        var wards = topology.OfTier(Tier.NeighbourhoodForum).GroupBy(forum => forum.RegisteredBy).ToDictionary(same => same.Key, same => same.Count());
        var without = wards.Where(one => received.GetValueOrDefault(one.Key) == 0).ToList();
        var found = new Attribution(
            All(line => line.IssuedPence), All(line => line.CashPence), All(line => line.SpentPence), All(line => line.InTransitPence), All(line => line.SurrenderedPence),
            received.Values.Sum(), awards.Count, received.Values.Count(pence => pence > 0), wards.Values.Sum(), without.Sum(one => one.Value), without.Count, shownIn);
        return found.IssuedPence == found.HeldPence + found.SpentPence + found.InTransitPence + found.SurrenderedPence
            ? found : throw new LocalException($"{Pence.InPounds(found.IssuedPence)} of {fund} was issued, and the accounts of all bodies do not add up to it.");

        long All(Func<AccountTotals, long> account) => accounts.Values.SelectMany(lines => lines).Sum(account);
    }

    /// <summary>What each council received of the fund from central government, by receipts that it signed. Where its money went since does not count.</summary>
    private async Task<Dictionary<string, long>> ReceivedAsync(CancellationToken cancellation)
    {
        var root = topology.Root.Id;
        var received = topology.OfTier(Tier.Council).ToDictionary(council => council.Id, _ => 0L);
        for (var token = ""; ;)
        {
            var page = await office.ReadAsync(
                root, options => office.Transfers.ListTransfersAsync(new ListTransfersRequest { Body = root, PageSize = 200, PageToken = token }, options), cancellation);
            foreach (var transfer in page.Transfers.Where(one => one.Sender == root && one.Purpose == TransferPurpose.Allocation && one.State == TransferState.Settled))
                foreach (var piece in transfer.Pieces.Where(piece => piece.Line.Fund == fund))
                    received[transfer.Receiver] += piece.AmountPence;
            if ((token = page.NextPageToken).Length == 0)
                return received;
        }
    }

    private void Check(Dictionary<string, long> received)
    {
        var awarded = awards.GroupBy(award => award.Body).ToDictionary(same => same.Key, same => same.Sum(award => award.AmountPence));
        foreach (var (council, pence) in received)
            if (pence != awarded.GetValueOrDefault(council))
                throw new LocalException($"{topology.Body(council).Name} was awarded {Pence.InPounds(awarded.GetValueOrDefault(council))} and received {Pence.InPounds(pence)}.");
    }

    private async Task<IReadOnlyList<AccountTotals>> AccountsAsync(string body, CancellationToken cancellation)
    {
        var accounts = await office.ReadAsync(body, options => office.Ledger.ListAccountsAsync(new ListAccountsRequest { Body = body, Fund = fund }, options), cancellation);
        return [.. accounts.Lines.Select(line => line.Accounts)];
    }
}
