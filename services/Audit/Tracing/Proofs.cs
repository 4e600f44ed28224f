using Google.Protobuf;

namespace FundingFlows.Audit;

/// <summary>Makes the proof that an entry is in a body's journal, and checks it as anyone can: from the entry's bytes up to the body's signature.</summary>
public sealed class Proofs(Archive archive)
{
    /// <summary>The proof of a verified entry. The lock must be held.</summary>
    public static InclusionProof Of(JournalReplica replica, long index) => new()
    {
        LeafHash = ByteString.CopyFrom(replica.LeafHash(index)),
        LeafIndex = (ulong)index,
        Path = { replica.Inclusion(index).Select(hash => ByteString.CopyFrom(hash)) },
        Checkpoint = replica.Checkpoint,
        VerifierKey = replica.Key.ToString(),
    };

    /// <summary>Whether a step's proof holds for the bytes that are kept of its entry; also fills in when it was recorded, and whether a person sent it.</summary>
    public async Task CheckAsync(TraceStep step, CancellationToken cancellation)
    {
        if (!EntryId.TryParse(step.Entry, out var id) || await archive.FindAsync(id, step.Proof.Checkpoint, cancellation) is not { } bytes)
            return;
        // What was altered here since may not even be an entry any more; it is read only when its hash is the verified one.
        if (!MerkleHash.Leaf(bytes).AsSpan().SequenceEqual(step.Proof.LeafHash.Span))
            return;
        var entry = Entry.Parser.ParseFrom(bytes);
        step.RecordedAt = entry.RecordedAt;
        step.PassedOnAtOnce = entry.Fact.TransferSent?.PassedOn is not null;
        step.Holds = Holds(bytes, step.Proof);
    }

    private static bool Holds(byte[] bytes, InclusionProof proof) =>
        VerifierKey.TryParse(proof.VerifierKey, out var key)
        && Checkpoint.Open(proof.Checkpoint, key, out _) is { } checkpoint
        && InclusionProofs.Holds(
            MerkleHash.Leaf(bytes), (long)proof.LeafIndex, checkpoint.Size, [.. proof.Path.Select(hash => hash.ToByteArray())], checkpoint.Root);
}
