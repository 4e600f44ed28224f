namespace FundingFlows.Journal;

/// <summary>A journal cannot be believed: what is wrong, and where.</summary>
public sealed class JournalCorruptException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What a body has in memory: its books, its Merkle tree and the ids of its commands. All of it is what the journal says.</summary>
internal sealed class ReplayedJournal(int recentIds)
{
    private const int PageSize = 4_096;

    public Books Books { get; } = new();

    public MerkleTree Tree { get; } = new();

    public CommandIds Commands { get; } = new(recentIds);

    /// <summary>Reads a journal from its beginning and checks it against the size and root that were stored with it.</summary>
    public static async Task<ReplayedJournal> ReadAsync(IJournalStore store, JournalLease lease, int recentIds, CancellationToken cancellation)
    {
        var replayed = new ReplayedJournal(recentIds);
        while (replayed.Tree.Size < lease.Size)
        {
            var page = await store.ReadAsync(lease.Journal, replayed.Tree.Size, PageSize, cancellation);
            if (page.Count == 0)
                throw new JournalCorruptException($"The journal of {lease.Journal.Body} should have {lease.Size} entries; entry {replayed.Tree.Size} is missing.");
            foreach (var bytes in page)
                replayed.Add(lease, bytes);
        }
        if (replayed.Tree.Size != lease.Size || !replayed.Tree.Root(lease.Size).AsSpan().SequenceEqual(lease.Root))
            throw new JournalCorruptException($"The journal of {lease.Journal.Body} has been altered: its {lease.Size} entries do not have the root that was stored with them.");
        return replayed;
    }

    /// <summary>Takes in one more entry, by its exact bytes.</summary>
    public void Append(Entry entry, ReadOnlySpan<byte> bytes)
    {
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
            throw new JournalCorruptException($"Entry {Tree.Size} of the journal of {lease.Journal.Body} cannot be replayed: {problem.Message}", problem);
        }
    }
}
