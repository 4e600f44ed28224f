using System.Threading.Channels;

namespace FundingFlows.Journal;

/// <summary>What a body has in memory: its books, its Merkle tree and the ids of its commands. All of it is what the journal says.</summary>
internal sealed class ReplayedJournal(int recentIds)
{
    /// <summary>Small enough that what is read ahead is garbage again before it is old.</summary>
    private const int PageSize = 1_024;
    private const int PagesAhead = 3;

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
        var pages = Channel.CreateBounded<Task<ReplayedPage>>(PagesAhead);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = Background.RunAsync(() => ReadAheadAsync(store, lease, pages.Writer, end.Token));
        try
        {
            while (await pages.Reader.WaitToReadAsync(cancellation))
                while (pages.Reader.TryRead(out var page))
                    replayed.Add(lease, await page);
        }
        finally
        {
            end.Cancel();
            await reading;
        }
        if (!replayed.Tree.Root(lease.Size).AsSpan().SequenceEqual(lease.Root))
            throw JournalCorruptException.AsStored(lease.Journal, $"its {lease.Size} entries do not have the root that was stored with them");
        if ((await store.ReadAsync(lease.Journal, lease.Size, 1, cancellation)).Count > 0)
            throw await store.RenewAsync(lease, cancellation) is null
                ? new JournalUnavailableException(Unavailability.Stopped, Sequencer.TakenOver)
                : JournalCorruptException.AsStored(lease.Journal, $"entry {lease.Size} stands behind its end");
        return replayed;
    }

    /// <summary>Takes in one more entry, with the leaf hash of its exact bytes.</summary>
    public void Append(Entry entry, ReadOnlySpan<byte> leafHash)
    {
        if (entry.Fact?.EpochBegun is { } begun && !begun.KeptRoot.Span.SequenceEqual(Tree.Root(Tree.Size)))
            throw new JournalCorruptException($"it begins epoch {begun.Epoch} behind other entries than those before it");
        // Those that were recorded together share the object: books keep it.
        if (Books.NewestEntryAt is { } newest && newest.Equals(entry.RecordedAt))
            entry.RecordedAt = newest;
        Books.Apply(entry);
        Tree.Append(leafHash);
        if (entry.CommandId.Length > 0 && entry.Part <= 1)
            Commands.Bind(new Guid(entry.CommandId.Span, bigEndian: true), (long)entry.Index);
    }

    /// <summary>Reads on while the pages before are parsed and hashed, and those before them applied. What is wrong is told behind what was read.</summary>
    private static async Task ReadAheadAsync(IJournalStore store, JournalLease lease, ChannelWriter<Task<ReplayedPage>> pages, CancellationToken end)
    {
        try
        {
            for (long from = 0; from < lease.Size;)
            {
                var page = await store.ReadAsync(lease.Journal, from, (int)Math.Min(PageSize, lease.Size - from), end);
                if (page.Count == 0)
                    throw JournalCorruptException.AsStored(lease.Journal, $"entry {from} is missing");
                from += page.Count;
                await pages.WriteAsync(Background.Run(() => ReplayedPage.Of(page)), end);
            }
            pages.Complete();
        }
        catch (Exception problem)
        {
            pages.Complete(problem);
        }
    }

    private void Add(JournalLease lease, ReplayedPage page)
    {
        try
        {
            for (var i = 0; i < page.Entries.Count; i++)
                Append(page.Entries[i], page.LeafHash(i));
            if (page.Problem is not null)
                throw page.Problem;
        }
        catch (Exception problem)
        {
            // Whatever altered bytes make an entry do, it says one thing: the journal cannot be believed.
            throw JournalCorruptException.AsStored(lease.Journal, $"entry {Tree.Size} cannot be replayed ({problem.Message.TrimEnd('.')})", problem);
        }
    }
}
