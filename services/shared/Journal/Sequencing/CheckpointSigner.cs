namespace FundingFlows.Journal;

/// <summary>Signs checkpoints of one body's journal, on demand and at most once in an interval, over what is durable.</summary>
public sealed class CheckpointSigner(Sequencer sequencer, KeyRing keys, string federation, TimeProvider time, TimeSpan interval)
{
    private readonly Lock gate = new();
    private string newest = "";
    private long newestSize;
    private uint newestEpoch;
    private long signedAt;

    /// <summary>How long to wait at the least between two signatures.</summary>
    public TimeSpan Interval => interval;

    /// <summary>
    /// The newest checkpoint as a signed note, and the size that it covers. Throws <see cref="JournalUnavailableException"/> when the
    /// journal contradicts what was signed of it before.
    /// </summary>
    public (string Note, long Size) Newest()
    {
        sequencer.CheckMaySign();
        lock (gate)
        {
            Sign();
            return (newest, newestSize);
        }
    }

    /// <summary>The same of the journal of an epoch. Throws <see cref="JournalUnavailableException"/> when the body has gone on in a later one.</summary>
    public (string Note, long Size) Newest(uint epoch)
    {
        sequencer.CheckMaySign();
        lock (gate)
        {
            Sign();
            return newestEpoch == epoch ? (newest, newestSize)
                : throw new JournalUnavailableException(Unavailability.Replaying, $"{sequencer.Key.Body} has gone on in epoch {newestEpoch} of its journal.");
        }
    }

    private void Sign()
    {
        // Another epoch is another journal: it is never kept waiting, and what was signed of the one before is not given for it.
        if (newestEpoch == sequencer.Key.Epoch && (newestSize == sequencer.CommittedSize || time.GetElapsedTime(signedAt) < interval))
            return;
        var (size, root, epoch) = sequencer.HeadOfEpoch();
        var origin = Names.Origin(federation, sequencer.Key.Body, epoch);
        var key = keys.Of(sequencer.KeyAt(size));
        newest = new Checkpoint(origin, size, root).Sign(VerifierKey.Of(origin, key.PublicKey), key);
        (newestSize, newestEpoch) = (size, epoch);
        signedAt = time.GetTimestamp();
    }

    /// <summary>The same. Empty, of no entries, when none may be signed.</summary>
    public (string Note, long Size) NewestIfAny(uint epoch)
    {
        try
        {
            return Newest(epoch);
        }
        catch (JournalUnavailableException problem) when (problem.Why == Unavailability.ReadOnly)
        {
            return ("", 0);
        }
    }
}
