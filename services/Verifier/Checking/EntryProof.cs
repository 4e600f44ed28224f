namespace FundingFlows.Verifier;

/// <summary>Judges a proof that an entry is in a journal.</summary>
internal static class EntryProof
{
    /// <summary>What is wrong with a proof, in a sentence. Null: it holds. Throws <see cref="UnreadableException"/> where no key of the journal was given.</summary>
    /// <param name="given">Any of the journal's keys among them may have signed.</param>
    /// <param name="origin">That of the log, where its keys are called otherwise. Null: by their names.</param>
    /// <param name="isEntry">Whether what is proved must be an entry of a journal.</param>
    public static string? FaultOf(TlogProof proof, byte[] bytes, VerifierKey[] given, string? origin = null, bool isEntry = true)
    {
        var log = origin ?? Checkpoint.Read(proof.Note)!.Origin;
        IReadOnlyList<VerifierKey> keys = origin is null ? Given.For(log, given) : given;
        if (keys.Count == 0)
            throw new UnreadableException($"The proof cannot be judged without the key of {log}: the file holds none. Give it with --key.");
        var faults = keys.Select(key => proof.FaultOf(MerkleHash.Leaf(bytes), log, key)).ToList();
        if (!faults.Contains(null))
            return faults[0];
        if (!isEntry)
            return null;
        if (ReadableEntry.Of(bytes) is not { } entry)
            return $"What stands at {proof.Index} in the journal {log} is no entry that this program can read.";
        return entry.Index == (ulong)proof.Index ? null : $"What stands at {proof.Index} in the journal {log} is no entry with that index.";
    }
}
