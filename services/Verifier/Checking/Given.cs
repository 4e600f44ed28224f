namespace FundingFlows.Verifier;

/// <summary>Keys that were given for a journal: several where it took a new one, of which any may have signed.</summary>
internal static class Given
{
    /// <summary>Those of a journal.</summary>
    public static IReadOnlyList<VerifierKey> For(string origin, IEnumerable<VerifierKey> given) => [.. given.Where(key => key.Name == origin)];

    /// <summary>The first of them that signed a checkpoint. Null: none did.</summary>
    public static VerifierKey? Signer(string note, IEnumerable<VerifierKey> keys) => keys.FirstOrDefault(key => Checkpoint.Open(note, key, out _) is not null);
}
