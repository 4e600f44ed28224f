using System.Collections.Concurrent;

namespace FundingFlows.Tiers;

/// <summary>A body that this process hosts: its journal's one writer, its keys, what signs its checkpoints, and how its journal names people.</summary>
public sealed record HostedBody(string Id, Genesis Genesis, Sequencer Sequencer, KeyRing Keys, CheckpointSigner Checkpoints, PersonHandles People)
{
    private readonly ConcurrentDictionary<uint, EarlierJournal> earlier = new();

    /// <summary>The epoch of its journal that is in force.</summary>
    public uint Epoch => Sequencer.Key.Epoch;

    /// <summary>The key that signs what the body says now: the newest that its durable entries have adopted.</summary>
    public BodyKey Key => Keys.Of(Sequencer.KeyAt(Sequencer.CommittedSize));

    /// <summary>
    /// The journal of an earlier epoch, as it is on disk: read when somebody first asks for it. Null: that epoch is not earlier. Throws
    /// NOT_FOUND when the store holds nothing of it, or another history than the one that later epochs have kept: of that nothing is signed.
    /// </summary>
    public async Task<EarlierJournal?> EarlierAsync(uint epoch, CancellationToken cancellation)
    {
        if (epoch == 0 || epoch >= Epoch)
            return null;
        if (earlier.TryGetValue(epoch, out var known))
            return known;
        try
        {
            return await EarlierJournal.ReadAsync(Sequencer.Store, new JournalKey(Id, epoch), Genesis.Federation, Keys, cancellation) is { } read
                ? await IsKeptAsync(read, cancellation) ? earlier.GetOrAdd(epoch, read)
                    : throw Errors.Missing($"Epoch {epoch} of {Id} cannot be read here any more: the disk holds other entries of it than those that later epochs keep.", ("body", Id))
                : throw Errors.Missing($"{Id} has no epoch {epoch}.", ("body", Id));
        }
        catch (JournalCorruptException problem)
        {
            throw Errors.Missing($"Epoch {epoch} of {Id} cannot be read any more: {problem.Message}", ("body", Id));
        }
    }

    /// <summary>Whether it holds what the journal that is in force has kept of it.</summary>
    private async Task<bool> IsKeptAsync(EarlierJournal journal, CancellationToken cancellation)
    {
        var epochs = await Sequencer.ReadAsync(books => books.Epochs.All.ToList(), cancellation);
        var next = epochs.FindIndex(one => one.Epoch == journal.Epoch) + 1;
        return next == 0 || (epochs[next].From <= journal.Size && journal.RootAt(epochs[next].From).AsSpan().SequenceEqual(Sequencer.RootAt(epochs[next].From)));
    }
}
