namespace FundingFlows.Journal;

/// <summary>The journal of an epoch is there in part: the entry that begins the epoch is missing. The one of an earlier epoch is still in force.</summary>
public sealed class EpochNotBegunException(string message) : Exception(message);

/// <summary>How it goes on in a later epoch of the journal.</summary>
public sealed partial class Sequencer
{
    private JournalUnavailableException? ended;

    /// <summary>
    /// Takes no commands any more, because a later epoch was declared: what would be recorded now would be void. It is still read.
    /// Returns when nothing is on its way to the store.
    /// </summary>
    /// <param name="reason">Why, in a sentence.</param>
    public async Task EndEpochAsync(string reason)
    {
        Task handedIn;
        lock (gate)
        {
            ended = new JournalUnavailableException(Unavailability.Replaying, reason);
            handedIn = lastAppend;
        }
        await handedIn.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <summary>
    /// Goes on in the journal of a later epoch, which has been begun in the store (<see cref="NewEpoch"/>). Throws as
    /// <see cref="OpenAsync"/> does; then nothing has changed.
    /// </summary>
    /// <param name="readsOnly">Why it only reads there at first, in a sentence. Null: it takes commands at once.</param>
    public async Task GoOnInAsync(uint epoch, string? readsOnly, CancellationToken cancellation)
    {
        await EndEpochAsync($"Epoch {epoch} of the journal begins.");
        var (taken, read) = await ReadAsync(settings, epoch, cancellation);
        lock (gate)
        {
            // What was decided in the epoch before, and what is still to be read afresh of it, is void.
            Interlocked.Increment(ref generation);
            Volatile.Write(ref lease, taken);
            journal = read;
            lastAppend = Task.CompletedTask;
            Volatile.Write(ref committedSize, read.Tree.Size);
            (closed, ended) = (null, null);
            // In the same go: nobody lets it go meanwhile because of what is known of the epoch before.
            if (readsOnly is not null)
                Hold(readsOnly);
            else
                Release();
        }
        Tell();
    }
}
