using System.Collections.Concurrent;

namespace FundingFlows.Tiers;

/// <summary>A body that this process hosts: its journal's one writer, its keys, what signs its checkpoints, and how its journal names people.</summary>
public sealed record HostedBody(string Id, Genesis Genesis, Sequencer Sequencer, KeyRing Keys, CheckpointSigner Checkpoints, PersonHandles People)
{
    private readonly ConcurrentDictionary<(uint Present, uint Epoch), EarlierJournal> earlier = new();

    /// <summary>The epoch of its journal that is in force.</summary>
    public uint Epoch => Sequencer.Key.Epoch;

    /// <summary>The key that signs what the body says now: the newest that its durable entries have adopted.</summary>
    public BodyKey Key => Keys.Of(Sequencer.KeyAt(Sequencer.CommittedSize));

    /// <summary>
    /// What is kept of the journal of an earlier epoch. Null: that epoch is not earlier. Throws NOT_FOUND when nothing is kept of it, and
    /// <see cref="JournalUnavailableException"/> while that cannot be said.
    /// </summary>
    public async Task<EarlierJournal?> EarlierAsync(uint epoch, CancellationToken cancellation)
    {
        var present = Epoch;
        if (epoch == 0 || epoch >= present)
            return null;
        if (earlier.TryGetValue((present, epoch), out var known))
            return known;
        return await EarlierJournal.FindAsync(Sequencer, Keys, Genesis.Federation, epoch, cancellation) is { } found
            ? earlier.GetOrAdd((present, epoch), found)
            : throw Errors.Missing($"{Id} keeps nothing of epoch {epoch}.", ("body", Id));
    }
}
