using FundingFlows.Contracts.Peer.V1;
using Google.Protobuf;

namespace FundingFlows.Audit;

/// <summary>Tells bodies what was seen of their own journals, and hands back what they lost: verified entries, and what proves that they were signed.</summary>
public sealed class KeptJournals(FollowedJournals followed, SeenJournals seen, Archive archive, EarlierCopies earlier)
{
    private const uint FirstEpoch = 1;

    /// <summary>What was seen of each of the bodies, without those of which more may be kept than is taken in by now.</summary>
    public async Task<IReadOnlyList<SeenBody>> TellAsync(IReadOnlyList<string> bodies, CancellationToken cancellation)
    {
        var restored = followed.ReadAll(journals => journals.Where(journal => journal.IsRestored).Select(journal => journal.Body).ToHashSet());
        var told = new List<SeenBody>(bodies.Count);
        foreach (var body in bodies)
            if (restored.Contains(body) || await IsKeptNothingOfAsync(body, cancellation))
                told.Add(seen.Of(body));
        return told;
    }

    /// <summary>A page of what is kept of a journal, as far as the newest checkpoint here covers it. Null: it does not reach that far, or there is none.</summary>
    /// <param name="epoch">0: the newest that is kept.</param>
    public async Task<ReadKeptResponse?> ReadAsync(string body, uint epoch, long from, int most, CancellationToken cancellation)
    {
        if (epoch > 0 && epoch < followed.Find(body, replica => replica.Epoch))
            return await earlier.ReadAsync(new JournalKey(body, epoch), from, most, cancellation);
        if (followed.Find(body, replica => NewestOf(replica, epoch)) is not { } newest || from > newest.Size)
            return null;
        var entries = from == newest.Size ? [] : await archive.PageAsync(newest.Journal, from, (int)Math.Min(most, newest.Size - from), cancellation);
        // It may have been let go meanwhile, and is then read from its beginning.
        return followed.Find(body, replica => replica.Epoch != newest.Journal.Epoch || replica.Next < newest.Size ? null : new ReadKeptResponse
        {
            Page = new JournalPage
            {
                Epoch = newest.Journal.Epoch,
                FirstIndex = (ulong)from,
                Entries = { entries.Select(entry => UnsafeByteOperations.UnsafeWrap(entry)) },
                Checkpoint = newest.Note,
            },
            RootBefore = from == 0 ? ByteString.Empty : ByteString.CopyFrom(replica.Root(from)),
            ProofBefore = { Proof(replica, from, newest.Size) },
            ProofAfter = { Proof(replica, from + entries.Count, newest.Size) },
        });
    }

    private static Newest? NewestOf(JournalReplica replica, uint epoch) =>
        (epoch == 0 || epoch == replica.Epoch) && Checkpoint.SizeOf(replica.Checkpoint, replica.Known.Key.Name) is { } size
            ? new Newest(new JournalKey(replica.Body, replica.Epoch), size, replica.Checkpoint) : null;

    private static IEnumerable<ByteString> Proof(JournalReplica replica, long from, long to) =>
        replica.Consistency(from, to).Select(hash => UnsafeByteOperations.UnsafeWrap(hash));

    private async Task<bool> IsKeptNothingOfAsync(string body, CancellationToken cancellation) =>
        (await archive.PageAsync(new JournalKey(body, FirstEpoch), 0, 1, cancellation)).Count == 0;

    private sealed record Newest(JournalKey Journal, long Size, string Note);
}
