namespace FundingFlows.Journal;

/// <summary>Signs checkpoints of one body's journal, on demand and at most once in an interval, over what is durable.</summary>
public sealed class CheckpointSigner(Sequencer sequencer, KeyRing keys, string origin, TimeProvider time, TimeSpan interval)
{
    private readonly Lock gate = new();
    private string newest = "";
    private long newestSize = -1;
    private long signedAt;

    /// <summary>How long to wait at the least between two signatures.</summary>
    public TimeSpan Interval => interval;

    /// <summary>The newest checkpoint as a signed note, and the size that it covers.</summary>
    public (string Note, long Size) Newest()
    {
        lock (gate)
        {
            if (newestSize >= 0 && (newestSize == sequencer.CommittedSize || time.GetElapsedTime(signedAt) < interval))
                return (newest, newestSize);
            var (size, root) = sequencer.Head();
            var key = keys.Of(sequencer.KeyAt(size));
            newest = new Checkpoint(origin, size, root).Sign(VerifierKey.Of(origin, key.PublicKey), key);
            newestSize = size;
            signedAt = time.GetTimestamp();
            return (newest, newestSize);
        }
    }
}
