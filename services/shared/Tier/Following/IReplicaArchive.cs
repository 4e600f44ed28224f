namespace FundingFlows.Tiers;

/// <summary>Keeps what was verified of followed journals, for who must remember it (an auditor).</summary>
public interface IReplicaArchive
{
    /// <summary>
    /// The entries of a journal that were kept, in order, from an index on. Throws <see cref="JournalCorruptException"/>, before
    /// it gives any, when what was kept is not what it was.
    /// </summary>
    IAsyncEnumerable<byte[]> ReadAsync(JournalKey journal, long from, CancellationToken cancellation);

    /// <summary>
    /// Keeps newly verified entries of a journal, the first of them at its size so far. Durable when it returns. When it
    /// throws, the same is asked for again later, perhaps with more behind it.
    /// </summary>
    /// <param name="root">RFC 6962 root with them: 32 bytes.</param>
    Task KeepAsync(JournalKey journal, IReadOnlyList<VerifiedEntry> verified, byte[] root, CancellationToken cancellation);

    /// <summary>The newest checkpoint that was kept of the journal of an origin, as a signed note. Null: none.</summary>
    string? NoteOf(string origin);

    /// <summary>
    /// Keeps the checkpoint that newly verified entries were verified against, before the entries themselves: what a body has signed
    /// is remembered even where its entries could not be kept. Durable when it returns.
    /// </summary>
    /// <param name="note">A signed note of so many entries.</param>
    Task KeepNoteAsync(string origin, long size, string note, CancellationToken cancellation);
}
