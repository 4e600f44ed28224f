using Google.Protobuf;

namespace FundingFlows.Journal;

/// <summary>A new epoch of a journal, as the registering body has declared it.</summary>
/// <param name="Epoch">Which.</param>
/// <param name="KeptSize">How many entries it keeps, at least 1.</param>
/// <param name="KeptRoot">RFC 6962 root over them: 32 bytes.</param>
public sealed record DeclaredEpoch(uint Epoch, long KeptSize, byte[] KeptRoot);

/// <summary>Kept entries from an index on, a page of them, as they were stored. Empty: they cannot be had.</summary>
public delegate Task<IReadOnlyList<byte[]>> KeptEntries(long from, CancellationToken cancellation);

/// <summary>What came of beginning a new epoch with the entries of one who should have those that it keeps.</summary>
public enum EpochBeginning
{
    /// <summary>It has begun.</summary>
    Begun,

    /// <summary>They are not all there.</summary>
    Missing,

    /// <summary>They are others than those that were declared.</summary>
    Others,
}

/// <summary>
/// Begins a new epoch in the store: copies the kept entries, unchanged, into the journal of that epoch and appends the entry that begins
/// it. Each step is durable, and the journal counts only with that last entry, so that whoever is interrupted begins again where it was.
/// Whoever begins it again, from an older copy of the disk, writes the same entries, to the last byte.
/// </summary>
public sealed class NewEpoch(IJournalStore store, string body, DeclaredEpoch declared)
{
    private readonly JournalKey journal = new(body, declared.Epoch);

    /// <summary>
    /// Begins it. Unless it has begun, nothing was stored that was not declared. Throws <see cref="JournalCorruptException"/> when the epoch
    /// cannot begin there, or the store holds another beginning of it; and whatever <paramref name="kept"/> throws.
    /// </summary>
    public async Task<EpochBeginning> BeginAsync(KeptEntries kept, CancellationToken cancellation)
    {
        // Once through before anything is stored: a beginning that could not be ended would stand in the way.
        var (found, proved) = await ProveAsync(kept, cancellation);
        if (proved is null)
            return found;
        var lease = await store.LeaseAsync(journal, cancellation);
        if (lease.Size > declared.KeptSize)
            return EpochBeginning.Begun;
        if (lease.Size > 0 && !proved.Tree.Root(lease.Size).AsSpan().SequenceEqual(lease.Root))
            throw new JournalCorruptException($"What stands in epoch {declared.Epoch} of {body} is another beginning than the entries that are kept.");
        for (var at = lease.Size; at < declared.KeptSize;)
        {
            var page = await PageAsync(kept, at, cancellation);
            if (page.Count == 0)
                return EpochBeginning.Missing;
            // They are asked for a second time, and may have become others since.
            if (page.Where((bytes, i) => !MerkleHash.Leaf(bytes).AsSpan().SequenceEqual(proved.Tree.LeafHash(at + i))).Any())
                return EpochBeginning.Others;
            await AppendAsync(lease, at, [.. page.Select(bytes => new StoredEntry(bytes, CommandOf(bytes)))], proved.Tree.Root(at + page.Count), cancellation);
            at += page.Count;
        }
        proved.Tree.AppendEntry(proved.First);
        await AppendAsync(lease, declared.KeptSize, [new StoredEntry(proved.First, null)], proved.Tree.Root(proved.Tree.Size), cancellation);
        return EpochBeginning.Begun;
    }

    /// <summary>Entries that are those that were declared.</summary>
    /// <param name="Tree">Over all of them.</param>
    /// <param name="First">The entry that begins the epoch behind them.</param>
    private sealed record Proved(MerkleTree Tree, byte[] First);

    private async Task<(EpochBeginning Found, Proved? Proved)> ProveAsync(KeptEntries kept, CancellationToken cancellation)
    {
        var (books, tree, newest) = (new Books(), new MerkleTree(), new Entry());
        while (tree.Size < declared.KeptSize)
        {
            var page = await PageAsync(kept, tree.Size, cancellation);
            if (page.Count == 0)
                return (EpochBeginning.Missing, null);
            if (!TryApply(page, books, tree, ref newest))
                return (EpochBeginning.Others, null);
        }
        if (!tree.Root(tree.Size).AsSpan().SequenceEqual(declared.KeptRoot))
            return (EpochBeginning.Others, null);
        if (newest.Part != newest.Parts)
            throw new JournalCorruptException($"Epoch {declared.Epoch} of {body} cannot begin behind entry {declared.KeptSize - 1}: that is in the middle of a command.");
        var begin = new BeginEpoch(declared.Epoch, declared.KeptSize, ByteString.CopyFrom(declared.KeptRoot));
        var decision = Deciding.Of(begin, books, new Surroundings(books.Next, () => declared.KeptRoot, _ => true, _ => false));
        if (decision.Refusal is { } refusal)
            throw new JournalCorruptException(refusal.Sentence);
        // It is of the time of the entry before it: a clock would make another entry of it each time.
        var first = new Entry { Index = (ulong)declared.KeptSize, RecordedAt = newest.RecordedAt, Fact = decision.Facts[0] };
        return (EpochBeginning.Begun, new Proved(tree, first.ToByteArray()));
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

    private async Task AppendAsync(JournalLease lease, long at, IReadOnlyList<StoredEntry> entries, byte[] root, CancellationToken cancellation)
    {
        if ((await store.AppendAsync([new JournalAppend(lease, at, entries, root)], cancellation)).Count > 0)
            throw new JournalUnavailableException(Unavailability.Stopped, $"Another writer has taken over epoch {declared.Epoch} of {body}.");
    }

    /// <summary>The command that an entry begins: it stays bound. Null: it begins none.</summary>
    private static Guid? CommandOf(byte[] bytes) =>
        Entry.Parser.ParseFrom(bytes) is { CommandId.Length: 16, Part: <= 1 } entry ? new Guid(entry.CommandId.Span, bigEndian: true) : null;
}
