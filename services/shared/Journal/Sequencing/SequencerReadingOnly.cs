namespace FundingFlows.Journal;

/// <summary>How it only reads, while it is not known whether its journal is the newest that there is, and takes back what it lost.</summary>
public sealed partial class Sequencer
{
    private JournalUnavailableException? held;
    private bool signsNothing;
    private TaskCompletionSource? letGo;

    /// <summary>Why it only reads, in a sentence. Null: it takes commands.</summary>
    public string? ReadsOnlyBecause => Volatile.Read(ref held)?.Message;

    /// <summary>Takes no commands from now on. What was decided before still becomes durable. Again: for another reason.</summary>
    /// <param name="because">In a sentence.</param>
    /// <param name="signsNothing">Whether its journal is known to contradict what it signed before: then it signs no checkpoint of it.</param>
    public void Hold(string because, bool signsNothing = false)
    {
        lock (gate)
        {
            held = new JournalUnavailableException(Unavailability.ReadOnly, because);
            this.signsNothing = signsNothing;
            letGo ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Takes commands from now on. A journal that is empty is begun first. Throws as <see cref="OpenAsync"/> does.</summary>
    /// <param name="epoch">Of which epoch's journal that is known: where another has begun meanwhile, nothing changes.</param>
    public async Task LetGoAsync(uint epoch)
    {
        if (CommittedSize == 0)
            await BeginAsync();
        lock (gate)
        {
            if (lease.Journal.Epoch != epoch)
                return;
            Release();
        }
    }

    private void Release()
    {
        held = null;
        signsNothing = false;
        letGo?.SetResult();
        letGo = null;
    }

    /// <summary>Waits until it takes commands.</summary>
    public Task WhileReadingOnlyAsync(CancellationToken cancellation)
    {
        lock (gate)
            return letGo?.Task.Until(cancellation) ?? Task.CompletedTask;
    }

    /// <summary>Whether anything of the journal may be signed.</summary>
    public bool MaySign
    {
        get
        {
            lock (gate)
                return !signsNothing || held is null;
        }
    }

    /// <summary>Throws <see cref="JournalUnavailableException"/> when nothing of the journal may be signed.</summary>
    internal void CheckMaySign()
    {
        lock (gate)
            if (!MaySign)
                throw held!;
    }

    /// <summary>The edge of the tree of all entries, to compute what it becomes with further ones.</summary>
    public MerkleFrontier Frontier()
    {
        lock (gate)
            return journal.Tree.Frontier();
    }

    /// <summary>The leaf hash of an entry that is there.</summary>
    public byte[] LeafHashAt(long index)
    {
        lock (gate)
            return journal.Tree.LeafHash(index);
    }

    /// <summary>
    /// Appends entries of this very journal that it had lost, by their exact bytes, while it only reads: all of them in one durable go.
    /// That they are its own must have been proved. Throws <see cref="JournalUnavailableException"/> when they cannot be made durable, and
    /// <see cref="JournalCorruptException"/> when they cannot follow those that are there; then nothing has changed.
    /// </summary>
    /// <param name="epoch">Of which epoch's journal they are: where another has begun meanwhile, they are void.</param>
    public async Task TakeBackAsync(uint epoch, IReadOnlyList<byte[]> entries, CancellationToken cancellation)
    {
        Task durable;
        lock (gate)
        {
            if ((closed ?? ended) is { } unavailable)
                throw unavailable;
            if (epoch != lease.Journal.Epoch)
                throw new JournalUnavailableException(Unavailability.Replaying, $"{Key.Body} has gone on in epoch {Key.Epoch} of its journal.");
            if (held is null)
                throw new InvalidOperationException("Entries are taken back only while nothing else is recorded.");
            settings.Committer.Reserve(1);
            var first = journal.Tree.Size;
            var stored = new List<StoredEntry>(entries.Count);
            try
            {
                foreach (var bytes in entries)
                    stored.Add(Restore(bytes));
            }
            catch (Exception problem)
            {
                Abandon();
                throw new JournalCorruptException($"Entry {first + stored.Count} of {Key.Body} was lost, and what others kept of it cannot follow: {problem.Message}", problem);
            }
            finally
            {
                HandIn(first, stored, 1);
            }
            durable = lastAppend;
        }
        await durable.Until(cancellation);
    }

    private StoredEntry Restore(byte[] bytes)
    {
        if (bytes.Length > MostEntryBytes)
            throw new JournalCorruptException($"it has {bytes.Length} bytes, and an entry has at most {MostEntryBytes}.");
        var entry = Entry.Parser.ParseFrom(bytes);
        if (entry.Index != (ulong)journal.Tree.Size)
            throw new JournalCorruptException($"it says that it is entry {entry.Index}.");
        if (entry.Index == 0)
            GenesisCheck.Compare(entry.Fact?.Genesis ?? new Genesis(), settings.Genesis);
        journal.Append(entry, MerkleHash.Leaf(bytes));
        return new StoredEntry(bytes, entry.CommandId.Length > 0 && entry.Part <= 1 ? new Guid(entry.CommandId.Span, bigEndian: true) : null);
    }
}
