using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FundingFlows.Journal;

/// <summary>A new epoch of a journal, as the registering body has declared it.</summary>
/// <param name="Epoch">Which.</param>
/// <param name="KeptSize">How many entries it keeps, at least 1.</param>
/// <param name="KeptRoot">RFC 6962 root over them: 32 bytes.</param>
public sealed record DeclaredEpoch(uint Epoch, long KeptSize, byte[] KeptRoot);

/// <summary>Kept entries from an index on, a page of them, as they were stored. Empty: they cannot be had.</summary>
public delegate Task<IReadOnlyList<byte[]>> KeptEntries(long from, CancellationToken cancellation);

/// <summary>
/// Begins a new epoch in the store: copies the kept entries, unchanged, into the journal of that epoch and appends the entry that begins
/// it. Each step is durable, and the journal counts only with that last entry, so that whoever is interrupted begins again where it was.
/// </summary>
public sealed class NewEpoch(IJournalStore store, string body, DeclaredEpoch declared, TimeProvider time)
{
    private readonly JournalKey journal = new(body, declared.Epoch);

    /// <summary>
    /// Begins it. False: the entries are not all there, or are not those that were declared; nothing was stored. Throws
    /// <see cref="JournalCorruptException"/> when the epoch cannot begin there, or the store holds another beginning of it.
    /// </summary>
    public async Task<bool> BeginAsync(KeptEntries kept, CancellationToken cancellation)
    {
        // Once through before anything is stored: a beginning that could not be ended would stand in the way.
        if (await FactAsync(kept, cancellation) is not { } begun)
            return false;
        var lease = await store.LeaseAsync(journal, cancellation);
        if (lease.Size > declared.KeptSize)
            return true;
        var tree = new MerkleTree();
        while (tree.Size < declared.KeptSize)
        {
            var page = await PageAsync(kept, tree.Size, cancellation);
            if (page.Count == 0)
                return false;
            await CopyAsync(lease, tree, page, cancellation);
        }
        var last = new Entry { Index = (ulong)declared.KeptSize, RecordedAt = Timestamp.FromDateTimeOffset(time.GetUtcNow()), Fact = begun }.ToByteArray();
        tree.AppendEntry(last);
        await AppendAsync(lease, declared.KeptSize, [new StoredEntry(last, null)], tree.Root(tree.Size), cancellation);
        return true;
    }

    /// <summary>The fact that begins the epoch behind those entries. Null: they are not those that are kept.</summary>
    private async Task<Fact?> FactAsync(KeptEntries kept, CancellationToken cancellation)
    {
        var (books, tree, newest) = (new Books(), new MerkleTree(), new Entry());
        while (tree.Size < declared.KeptSize)
        {
            var page = await PageAsync(kept, tree.Size, cancellation);
            if (page.Count == 0 || !TryApply(page, books, tree, ref newest))
                return null;
        }
        if (!tree.Root(tree.Size).AsSpan().SequenceEqual(declared.KeptRoot))
            return null;
        if (newest.Part != newest.Parts)
            throw new JournalCorruptException($"Epoch {declared.Epoch} of {body} cannot begin behind entry {declared.KeptSize - 1}: that is in the middle of a command.");
        var begin = new BeginEpoch(declared.Epoch, declared.KeptSize, ByteString.CopyFrom(declared.KeptRoot));
        var decision = Deciding.Of(begin, books, new Surroundings(books.Next, () => declared.KeptRoot, _ => true, _ => false));
        return decision.Refusal is { } refusal ? throw new JournalCorruptException(refusal.Sentence) : decision.Facts[0];
    }

    private static bool TryApply(IReadOnlyList<byte[]> page, Books books, MerkleTree tree, ref Entry newest)
    {
        try
        {
            foreach (var bytes in page)
            {
                newest = Entry.Parser.ParseFrom(bytes);
                books.Apply(newest);
                tree.AppendEntry(bytes);
            }
            return true;
        }
        catch (Exception)
        {
            // Altered bytes may make an entry do anything: whatever it is, these are not the entries that are kept.
            return false;
        }
    }

    private async Task<IReadOnlyList<byte[]>> PageAsync(KeptEntries kept, long from, CancellationToken cancellation)
    {
        var page = await kept(from, cancellation);
        return page.Count <= declared.KeptSize - from ? page : [.. page.Take((int)(declared.KeptSize - from))];
    }

    /// <summary>Appends those of a page that are not there yet.</summary>
    private async Task CopyAsync(JournalLease lease, MerkleTree tree, IReadOnlyList<byte[]> page, CancellationToken cancellation)
    {
        var missing = new List<StoredEntry>(page.Count);
        foreach (var bytes in page)
        {
            if (tree.Size == lease.Size && !tree.Root(tree.Size).AsSpan().SequenceEqual(lease.Root))
                throw new JournalCorruptException($"What stands in epoch {declared.Epoch} of {body} is another beginning than the entries that are kept.");
            tree.AppendEntry(bytes);
            if (tree.Size > lease.Size)
                missing.Add(new StoredEntry(bytes, CommandOf(bytes)));
        }
        if (missing.Count > 0)
            await AppendAsync(lease, tree.Size - missing.Count, missing, tree.Root(tree.Size), cancellation);
    }

    private async Task AppendAsync(JournalLease lease, long at, IReadOnlyList<StoredEntry> entries, byte[] root, CancellationToken cancellation)
    {
        if ((await store.AppendAsync([new JournalAppend(lease, at, entries, root)], cancellation)).Count > 0)
            throw new JournalUnavailableException(Unavailability.Stopped, $"Another writer has taken over epoch {declared.Epoch} of {body}.");
    }

    /// <summary>The command that an entry begins: it stays bound. Null: it begins none.</summary>
    private static Guid? CommandOf(byte[] bytes) =>
        Entry.Parser.ParseFrom(bytes) is { CommandId.Length: 16, Part: <= 1 } entry ? new Guid(entry.CommandId.Span, bigEndian: true) : null;
}
