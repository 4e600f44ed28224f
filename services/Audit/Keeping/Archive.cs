using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace FundingFlows.Audit;

/// <summary>
/// The auditor's own copy of every journal, in the same store and form as the bodies keep theirs. What was once verified is
/// remembered, so that a body that later tells another history is found out.
/// </summary>
public sealed class Archive(IJournalStore store, IWitnessStore remembered) : IReplicaArchive
{
    private const int PageSize = 4_096;
    private readonly KeptNotes notes = new(remembered);
    private readonly ConcurrentDictionary<JournalKey, JournalLease> leases = new();

    public async IAsyncEnumerable<byte[]> ReadAsync(JournalKey journal, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        // All of it before any of it is given: what was altered here must not be held against the body.
        var lease = leases[journal] = await CheckAsync(journal, cancellation);
        await foreach (var bytes in KeptAsync(lease, from, cancellation))
            yield return bytes;
    }

    public async Task KeepAsync(JournalKey journal, IReadOnlyList<VerifiedEntry> verified, byte[] root, CancellationToken cancellation)
    {
        // After a failure it is tried again, and some of it may be there already.
        if (await store.RenewAsync(leases[journal], cancellation) is not { } lease)
            throw Taken(journal);
        leases[journal] = lease;
        var entries = verified.Where(entry => entry.Entry.Index >= (ulong)lease.Size).Select(entry => new StoredEntry(entry.Bytes, null)).ToList();
        if (entries.Count > 0 && (await store.AppendAsync([new JournalAppend(lease, lease.Size, entries, root)], cancellation)).Count > 0)
            throw Taken(journal);
    }

    public string? NoteOf(string origin) => remembered.Verified(origin);

    /// <summary>Not left half-way: the store may be closed once nobody waits for it.</summary>
    public Task KeepNoteAsync(string origin, long size, string note, CancellationToken cancellation) => notes.KeepAsync(origin, size, note);

    /// <summary>Kept entries from an index on, in order, a page of them. Empty when there are none.</summary>
    public ValueTask<IReadOnlyList<byte[]>> PageAsync(JournalKey journal, long from, int most, CancellationToken cancellation) =>
        store.ReadAsync(journal, from, most, cancellation);

    /// <summary>The exact bytes of a kept entry. Null: there is none, or it was altered.</summary>
    /// <param name="entry">Which. A later epoch may have kept it.</param>
    /// <param name="note">The checkpoint that it is proved with: it says in which epoch's journal the entry is kept here.</param>
    public async Task<byte[]?> FindAsync(EntryId entry, string note, CancellationToken cancellation)
    {
        if (Checkpoint.Read(note) is not { } checkpoint || !JournalOrigin.TryParse(checkpoint.Origin, out var origin))
            return null;
        try
        {
            return await store.ReadAsync(new JournalKey(entry.Body, origin.Epoch), entry.Index, 1, cancellation) is [var bytes] ? bytes : null;
        }
        catch (JournalCorruptException)
        {
            return null;
        }
    }

    /// <summary>The kept entries from an index on: as many as there should be, or fewer when some are missing.</summary>
    private async IAsyncEnumerable<byte[]> KeptAsync(JournalLease lease, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var next = from; next < lease.Size;)
        {
            var page = await store.ReadAsync(lease.Journal, next, (int)Math.Min(PageSize, lease.Size - next), cancellation);
            foreach (var bytes in page)
                yield return bytes;
            if (page.Count == 0)
                yield break;
            next += page.Count;
        }
    }

    /// <summary>Takes the copy's lease, and compares it with the root that was kept with it.</summary>
    private async Task<JournalLease> CheckAsync(JournalKey journal, CancellationToken cancellation)
    {
        try
        {
            var lease = await store.LeaseAsync(journal, cancellation);
            var tree = new MerkleTree();
            await foreach (var bytes in KeptAsync(lease, 0, cancellation))
                tree.AppendEntry(bytes);
            if (tree.Size < lease.Size)
                throw JournalCorruptException.AsStored(journal, $"entry {tree.Size} is missing");
            if (!tree.Root(lease.Size).AsSpan().SequenceEqual(lease.Root))
                throw JournalCorruptException.AsStored(journal, $"entries 0 to {lease.Size - 1} do not have the root that was kept with them");
            return lease;
        }
        catch (JournalCorruptException problem)
        {
            throw new JournalCorruptException(
                $"The auditor's own copy of the journal of {journal.Body}, epoch {journal.Epoch}, is damaged: {problem.Fault}. This is no fault of {journal.Body}.", problem);
        }
    }

    private static JournalUnavailableException Taken(JournalKey journal) =>
        new(Unavailability.Stopped, $"Another auditor writes to this copy of {journal.Body}'s journal.");
}
