namespace FundingFlows.Tiers;

/// <summary>Tells a body's own checkpoints from whatever others may show it.</summary>
public sealed class OwnCheckpoints(WhoIsWho whoIsWho)
{
    /// <summary>
    /// The checkpoint that a note is, when a key of the body has signed it for its journal of that epoch: one that is at hand, or one that
    /// was lost with the disk and that whoever registers the body has recorded. Null: it is not, as far as can be told now.
    /// </summary>
    public async Task<Checkpoint?> OpenAsync(HostedBody body, uint epoch, string note, CancellationToken cancellation)
    {
        var origin = Names.Origin(body.Genesis.Federation, body.Id, epoch);
        return Open(note, origin, body.Keys.All)
            ?? (await whoIsWho.FindAsync(body.Id, cancellation) is { } known
                ? Open(note, origin, known.Later.Select(key => key.PublicKey.ToByteArray()).Prepend(known.Key.PublicKey))
                : null);
    }

    /// <summary>
    /// Whether all keys of a body can be told now. Before that an honest checkpoint may be signed with one that was lost with the disk, and is not held
    /// against whoever shows it.
    /// </summary>
    public async Task<bool> KnowsKeysOfAsync(HostedBody body, CancellationToken cancellation) => await whoIsWho.FindAsync(body.Id, cancellation) is not null;

    private static Checkpoint? Open(string note, string origin, IEnumerable<byte[]> keys) =>
        keys.Select(key => Checkpoint.Open(note, VerifierKey.Of(origin, key), out _)).FirstOrDefault(checkpoint => checkpoint is not null);
}
