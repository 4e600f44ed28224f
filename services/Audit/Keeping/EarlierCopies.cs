using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.Extensions.Options;

namespace FundingFlows.Audit;

/// <summary>
/// Hands back journals of earlier epochs as they are kept here: a body that goes on in a later one may have lost what that one keeps. They grow no
/// more; the hashes of one are in memory once it was asked for.
/// </summary>
public sealed class EarlierCopies(Archive archive, IOptions<InstanceOptions> options)
{
    private const int PageSize = 4_096;
    private readonly ConcurrentDictionary<JournalKey, Lazy<Task<Copy?>>> read = new();

    /// <summary>A page of what is kept, with the newest checkpoint here if that covers just that. Null: it does not reach that far, there is none, or the copy is damaged.</summary>
    public async Task<ReadKeptResponse?> ReadAsync(JournalKey journal, long from, int most, CancellationToken cancellation)
    {
        try
        {
            if (await FindAsync(journal, cancellation) is not { } copy || from > copy.Size)
                return null;
            var entries = from == copy.Size ? [] : await archive.PageAsync(journal, from, (int)Math.Min(most, copy.Size - from), cancellation);
            return new ReadKeptResponse
            {
                Page = new JournalPage
                {
                    Epoch = journal.Epoch,
                    FirstIndex = (ulong)from,
                    Entries = { entries.Select(entry => UnsafeByteOperations.UnsafeWrap(entry)) },
                    Checkpoint = copy.Note,
                },
                RootBefore = from == 0 ? ByteString.Empty : ByteString.CopyFrom(copy.Tree.Root(from)),
                ProofBefore = { Proof(copy, from) },
                ProofAfter = { Proof(copy, from + entries.Count) },
            };
        }
        catch (JournalCorruptException)
        {
            return null;
        }
    }

    private static IEnumerable<ByteString> Proof(Copy copy, long from) => copy.Tree.Consistency(from, copy.Size).Select(hash => UnsafeByteOperations.UnsafeWrap(hash));

    /// <summary>Read once for all who ask, and to its end though they do not wait for that: a large one takes longer than a call may.</summary>
    private async Task<Copy?> FindAsync(JournalKey journal, CancellationToken cancellation)
    {
        var reading = read.GetOrAdd(journal, key => new Lazy<Task<Copy?>>(() => Background.RunAsync(() => ReadAllAsync(key))));
        try
        {
            return await reading.Value.WaitAsync(cancellation);
        }
        finally
        {
            // Nothing, or nothing yet: there may be something when it is asked for again.
            if (reading.Value is { IsCompleted: true } ended && !(ended.IsCompletedSuccessfully && ended.Result is not null))
                read.TryRemove(KeyValuePair.Create(journal, reading));
        }
    }

    private async Task<Copy?> ReadAllAsync(JournalKey journal)
    {
        var origin = Names.Origin(options.Value.Federation, journal.Body, journal.Epoch);
        var note = archive.NoteOf(origin) ?? "";
        var size = Checkpoint.SizeOf(note, origin) ?? long.MaxValue;
        var tree = new MerkleTree();
        while (tree.Size < size && await archive.PageAsync(journal, tree.Size, (int)Math.Min(PageSize, size - tree.Size), CancellationToken.None) is { Count: > 0 } page)
            foreach (var entry in page)
                tree.AppendEntry(entry);
        // A checkpoint of more than is kept proves nothing of it: then who asks must know what it should be.
        return tree.Size == 0 ? null : new Copy(tree, tree.Size, tree.Size == size ? note : "");
    }

    private sealed record Copy(MerkleTree Tree, long Size, string Note);
}
