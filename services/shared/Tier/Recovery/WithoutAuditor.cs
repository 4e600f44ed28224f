using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>
/// When a body may go on although no auditor answers. An auditor follows every journal and is the surest to know of more; all others can only tell that there
/// is more, never that there is not. So the body asks on for an auditor for a while, and meanwhile everybody that it deals with. That while is short where
/// all of them have told what they know, and longer where somebody is silent: then it may be the body itself that is cut off.
/// </summary>
public sealed class WithoutAuditor(IOptions<InstanceOptions> options, AskedOthers others, AskedPeers peers)
{
    /// <summary>Asks those who have not told yet what they have seen of a body, and takes in what they were delivered.</summary>
    internal async Task<IReadOnlyList<Told>> AskPeersAsync(HostedBody body, SeenOfOwn own, CancellationToken cancellation) =>
        [.. (await Task.WhenAll((await PeersAsync(body, cancellation)).Except(own.Told).Select(peer => AskAsync(body, peer, own, cancellation)))).OfType<Told>()];

    /// <summary>Whether a body has waited long enough that was not answered by an auditor whom it asked so long after it began.</summary>
    internal async Task<bool> IsLongEnoughAsync(HostedBody body, SeenOfOwn own, TimeSpan waited, CancellationToken cancellation)
    {
        var (auditor, silent) = (options.Value.Asking.ForAuditor, options.Value.Asking.ForSilent);
        return waited >= silent || (waited >= auditor && !(await PeersAsync(body, cancellation)).Except(own.Told).Any());
    }

    /// <summary>A peer has told all when it has said both what it has seen and what it was delivered.</summary>
    private async Task<Told?> AskAsync(HostedBody body, string peer, SeenOfOwn own, CancellationToken cancellation)
    {
        try
        {
            // Both at once: who is silent is waited for once.
            var (delivered, seen) = (peers.AskAsync(body, peer, cancellation), others.AskPeerAsync(peer, body.Id, cancellation));
            await Task.WhenAll(delivered, seen);
            foreach (var entry in await delivered)
                own.Holds(peer, entry);
            return await seen;
        }
        catch (Exception)
        {
            // Whatever it is, also what was kept of that peer here and cannot be read: nothing was told.
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>Those whom the body deals with, as far as its disk knows them.</summary>
    private async Task<IReadOnlyList<string>> PeersAsync(HostedBody body, CancellationToken cancellation) => body.Sequencer.CommittedSize == 0 ? []
        : await body.Sequencer.ReadAsync(books => books.Deliveries.Receivers.Concat(books.Deliveries.Senders).Distinct().Where(others.IsAsked).Order(StringComparer.Ordinal).ToList(), cancellation);
}
