using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Contracts.Transfers.V1;

namespace FundingFlows.Local;

/// <summary>All of one promise of an award, to be released.</summary>
internal sealed record Release(string Funder, string Recipient, string Award, PromisedLine Line, long AmountPence);

/// <summary>
/// Releases the money of one tier. When some of it goes to bodies of the instance that is to be killed, the instance is
/// killed while that money is on its way, and started again.
/// </summary>
internal sealed class PowerCutting(Topology topology, Office office, ServiceFleet? fleet, Instance? victim, string fund)
{
    /// <summary>What happened. Null: nothing was killed (yet).</summary>
    public PowerCut? Happened { get; private set; }

    public async Task ReleaseAsync(
        Funding funding, IReadOnlyList<Release> releases, CancellationToken cancellation)
    {
        var toVictim = Happened is null ? releases.Where(release => topology.Body(release.Recipient).Instance == victim?.Name).ToList() : [];
        var keptBack = toVictim.Skip(toVictim.Count / 2).ToHashSet();
        var sent = new List<Transfer>();
        await SendAsync(releases.Where(release => !keptBack.Contains(release)), cancellation);
        var onTheWay = 0L;
        if (keptBack.Count > 0)
        {
            // Some deliveries are under way; what is sent from here on has nowhere to arrive.
            await fleet!.KillAsync(victim!);
            await SendAsync(keptBack, cancellation);
            onTheWay = await InTransitAsync(sent, cancellation);
            await fleet.RestartAsync(victim!, cancellation);
        }
        await Chapters.ForEachAsync(sent, funding.ArriveAsync, cancellation);
        if (keptBack.Count > 0)
            Happened = new PowerCut(victim!.Name, onTheWay, await LostAsync(cancellation));

        Task SendAsync(IEnumerable<Release> some, CancellationToken stop) =>
            Chapters.ForEachAsync(some, async (release, stopping) =>
            {
                var transfer = await funding.ReleaseAsync(release.Funder, release.Award, release.Line, release.AmountPence, stopping);
                lock (sent)
                    sent.Add(transfer);
            }, stop);
    }

    private async Task<long> InTransitAsync(IReadOnlyList<Transfer> sent, CancellationToken cancellation)
    {
        var total = 0L;
        await Chapters.ForEachAsync(sent.Where(IsToVictim), async (transfer, stop) =>
        {
            var found = await office.ReadAsync(
                transfer.Sender, options => office.Transfers.GetTransferAsync(new GetTransferRequest { Body = transfer.Sender, Transfer = transfer.Id }, options), stop);
            Interlocked.Add(ref total, found.Transfer.State == TransferState.InTransit ? transfer.AmountPence : 0);
        }, cancellation);
        return total;
    }

    /// <summary>All of the fund that was ever sent to the bodies of the killed instance, less all of it that they ever received. Other funds may be on their way.</summary>
    private async Task<long> LostAsync(CancellationToken cancellation)
    {
        var lost = 0L;
        await Chapters.ForEachAsync(topology.Bodies, async (sender, stop) =>
        {
            for (var token = ""; ;)
            {
                var page = await office.ReadAsync(
                    sender.Id, options => office.Transfers.ListTransfersAsync(new ListTransfersRequest { Body = sender.Id, PageSize = 200, PageToken = token }, options), stop);
                Interlocked.Add(ref lost, page.Transfers.Where(transfer => IsToVictim(transfer) && transfer.State != TransferState.Reversed)
                    .SelectMany(transfer => transfer.Pieces).Where(piece => piece.Line.Fund == fund).Sum(piece => piece.AmountPence));
                if ((token = page.NextPageToken).Length == 0)
                    break;
            }
        }, cancellation);
        await Chapters.ForEachAsync(topology.HostedBy(victim!), async (body, stop) =>
        {
            var books = await office.ReadAsync(body.Id, options => office.Ledger.ListAccountsAsync(new ListAccountsRequest { Body = body.Id, Fund = fund }, options), stop);
            Interlocked.Add(ref lost, -books.Lines.Sum(line => line.Accounts.ReceivedPence + line.Accounts.ReturnedPence));
        }, cancellation);
        return lost;
    }

    private bool IsToVictim(Transfer transfer) => topology.Body(transfer.Receiver).Instance == victim?.Name;
}
