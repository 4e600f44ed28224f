using FundingFlows.Contracts.Peer.V1;
using Google.Protobuf;

namespace FundingFlows.Tiers;

/// <summary>Deliveries to one body, and the epoch of the sender's journal that they were sent in.</summary>
internal sealed record SentBatch(DeliveryBatch Deliveries, uint Epoch);

/// <summary>
/// Finds what was sent to a body in the sender's own journal, whether or not it was answered: for who has lost the answers. The whole
/// journal is read for it, which is asked for seldom.
/// </summary>
internal static class SentDeliveries
{
    public const int MostDeliveries = 256;
    public const int MostBytes = 1 << 20;
    private const int PageSize = 1_000;

    /// <summary>The last delivery of each epoch.</summary>
    public static async Task<IReadOnlyList<SentBatch>> LastAsync(Sequencer sequencer, string receiver, CancellationToken stopping)
    {
        var last = new SortedDictionary<uint, Contracts.Peer.V1.Delivery>();
        await foreach (var (epoch, delivery) in AllAsync(sequencer, receiver, stopping))
            last[epoch] = delivery;
        return [.. last.Select(one => new SentBatch(new DeliveryBatch { Deliveries = { one.Value } }, one.Key))];
    }

    /// <summary>Deliveries of an epoch from a sequence on, as many as go in a batch. Null: there are none.</summary>
    public static async Task<SentBatch?> FromAsync(Sequencer sequencer, string receiver, uint epoch, long from, CancellationToken stopping)
    {
        var batch = new DeliveryBatch();
        await foreach (var (sentIn, delivery) in AllAsync(sequencer, receiver, stopping))
        {
            if (sentIn == epoch && delivery.Sequence >= (ulong)from)
                batch.Deliveries.Add(delivery);
            if (batch.Deliveries.Count == MostDeliveries || batch.CalculateSize() > MostBytes)
                break;
        }
        return batch.Deliveries.Count == 0 ? null : new SentBatch(batch, epoch);
    }

    private static async IAsyncEnumerable<(uint Epoch, Contracts.Peer.V1.Delivery Delivery)> AllAsync(
        Sequencer sequencer, string receiver, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stopping)
    {
        var (journal, epochs) = await sequencer.ReadAsync(books => (books.Epoch, books.Epochs), stopping);
        Contracts.Peer.V1.Delivery? open = null;
        var (openIn, place) = (0u, 0L);
        while (await sequencer.ReadEntriesAsync(journal, place, PageSize, stopping) is { Count: > 0 } page)
            foreach (var bytes in page)
            {
                var (to, epoch) = (DeliveredFacts.AddressOf(Entry.Parser.ParseFrom(bytes).Fact), epochs.At(place++));
                if (to?.Body != receiver)
                    continue;
                // Parts of one delivery share its sequence.
                if (open is not null && (open.Sequence != to.Sequence || openIn != epoch))
                    yield return (openIn, open);
                if (open is null || open.Sequence != to.Sequence || openIn != epoch)
                    (open, openIn) = (new Contracts.Peer.V1.Delivery { Sequence = to.Sequence }, epoch);
                open.Entries.Add(UnsafeByteOperations.UnsafeWrap(bytes));
            }
        if (open is not null)
            yield return (openIn, open);
    }
}
