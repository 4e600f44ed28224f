using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace FundingFlows.Audit;

/// <summary>
/// The auditor's own copy of every journal, in the same store and form as the bodies keep theirs. What was once verified is
/// remembered, so that a body that later tells another history is found out.
/// </summary>
public sealed class Archive(IJournalStore store) : IReplicaArchive
{
    private const int PageSize = 4_096;
    private readonly ConcurrentDictionary<JournalKey, JournalLease> leases = new();

    public async IAsyncEnumerable<byte[]> ReadAsync(JournalKey journal, long from, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var lease = leases[journal] = await store.LeaseAsync(journal, cancellation);
        for (var next = from; next < lease.Size;)
        {
            var page = await store.ReadAsync(journal, next, PageSize, cancellation);
            if (page.Count == 0)
                throw new JournalCorruptException($"Entry {next} of the copy of {journal.Body}'s journal is missing.");
            foreach (var bytes in page)
                yield return bytes;
            next += page.Count;
        }
    }

    public async Task KeepAsync(JournalKey journal, IReadOnlyList<VerifiedEntry> verified, byte[] root, CancellationToken cancellation)
    {
        // After a failure it is tried again, and some of it may be there already.
        if (await store.RenewAsync(leases[journal], cancellation) is not { } lease)
            throw Taken(journal);
        var entries = verified.Where(entry => entry.Entry.Index >= (ulong)lease.Size).Select(entry => new StoredEntry(entry.Bytes, null)).ToList();
        if (entries.Count > 0 && (await store.AppendAsync([new JournalAppend(lease, lease.Size, entries, root)], cancellation)).Count > 0)
            throw Taken(journal);
    }

    private static JournalUnavailableException Taken(JournalKey journal) =>
        new(Unavailability.Stopped, $"Another auditor writes to this copy of {journal.Body}'s journal.");

    /// <summary>The exact bytes of a kept entry.</summary>
    public async Task<byte[]?> FindAsync(EntryId entry, CancellationToken cancellation) =>
        await store.ReadAsync(new JournalKey(entry.Body, entry.Epoch), entry.Index, 1, cancellation) is [var bytes] ? bytes : null;
}
