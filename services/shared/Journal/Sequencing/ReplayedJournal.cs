namespace FundingFlows.Journal;

/// <summary>What a body has in memory: its books, its Merkle tree and the ids of its commands. All of it is what the journal says.</summary>
internal sealed class ReplayedJournal(int recentIds)
{
    private const int PageSize = 4_096;

    public Books Books { get; } = new();

    public MerkleTree Tree { get; } = new();

    public CommandIds Commands { get; } = new(recentIds);

    /// <summary>
    /// Reads a journal from its beginning and checks it against the size and root that were stored with it. Throws
    /// <see cref="JournalCorruptException"/>, and <see cref="JournalUnavailableException"/> when another writer goes on meanwhile.
    /// </summary>
    public static async Task<ReplayedJournal> ReadAsync(IJournalStore store, JournalLease lease, int recentIds, CancellationToken cancellation)
    {
        var replayed = new ReplayedJournal(recentIds);
        while (replayed.Tree.Size < lease.Size)
        {
            var page = await store.ReadAsync(lease.Journal, replayed.Tree.Size, (int)Math.Min(PageSize, lease.Size - replayed.Tree.Size), cancellation);
            if (page.Count == 0)
                throw JournalCorruptException.AsStored(lease.Journal, $"entry {replayed.Tree.Size} is missing");
            foreach (var bytes in page)
                replayed.Add(lease, bytes);
        }
        if (!replayed.Tree.Root(lease.Size).AsSpan().SequenceEqual(lease.Root))
            throw JournalCorruptException.AsStored(lease.Journal, $"its {lease.Size} entries do not have the root that was stored with them");
        if ((await store.ReadAsync(lease.Journal, lease.Size, 1, cancellation)).Count > 0)
            throw await store.RenewAsync(lease, cancellation) is null
                ? new JournalUnavailableException(Unavailability.Stopped, "Another writer has taken over this journal.")
                : JournalCorruptException.AsStored(lease.Journal, $"entry {lease.Size} stands behind its end");
        return replayed;
    }

    /// <summary>Takes in one more entry, by its exact bytes.</summary>
    public void Append(Entry entry, ReadOnlySpan<byte> bytes)
    {
        if (entry.Fact?.EpochBegun is { } begun && !begun.KeptRoot.Span.SequenceEqual(Tree.Root(Tree.Size)))
            throw new JournalCorruptException($"it begins epoch {begun.Epoch} behind other entries than those before it");
        Books.Apply(entry);
        Tree.AppendEntry(bytes);
        if (entry.CommandId.Length > 0 && entry.Part <= 1)
            Commands.Bind(new Guid(entry.CommandId.Span, bigEndian: true), (long)entry.Index);
    }

    private void Add(JournalLease lease, byte[] bytes)
    {
        try
        {
            Append(Entry.Parser.ParseFrom(bytes), bytes);
        }
        catch (Exception problem)
        {
            // Whatever altered bytes make an entry do, it says one thing: the journal cannot be believed.
            throw JournalCorruptException.AsStored(lease.Journal, $"entry {Tree.Size} cannot be replayed ({problem.Message.TrimEnd('.')})", problem);
        }
    }
}
