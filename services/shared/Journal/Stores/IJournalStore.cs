namespace FundingFlows.Journal;

/// <summary>Which journal: a body and an epoch.</summary>
public readonly record struct JournalKey(string Body, uint Epoch);

/// <summary>The right to append to a journal, and how far it has come. Taking it makes every earlier one worthless.</summary>
/// <param name="Journal">Which journal.</param>
/// <param name="Number">Increases with every lease of that journal.</param>
/// <param name="Size">Entries stored when it was taken.</param>
/// <param name="Root">RFC 6962 root over them as it was stored with them: 32 bytes.</param>
public sealed record JournalLease(JournalKey Journal, long Number, long Size, byte[] Root);

/// <summary>An entry to store: its exact bytes and, when it begins a command, the command's id.</summary>
public readonly record struct StoredEntry(ReadOnlyMemory<byte> Bytes, Guid? CommandId)
{
    /// <summary>Throws <see cref="ArgumentException"/> for more bytes than an entry may have: no bundle of entries could ever hold it.</summary>
    internal void ThrowIfTooLong()
    {
        if (Bytes.Length > Sequencer.MostEntryBytes)
            throw new ArgumentException($"An entry of {Bytes.Length} bytes cannot be stored: it may have {Sequencer.MostEntryBytes} at most.");
    }
}

/// <summary>Entries to append to one journal, at an index that must be its size, under a lease that must be the newest.</summary>
/// <param name="Root">RFC 6962 root with them: 32 bytes.</param>
public sealed record JournalAppend(JournalLease Lease, long ExpectedIndex, IReadOnlyList<StoredEntry> Entries, byte[] Root);

/// <summary>
/// Where journals are kept. An append is durable when it returns. Throws <see cref="StoreException"/>; after one nothing of
/// the append may be believed stored or not stored until it has been read afresh. Throws <see cref="JournalCorruptException"/>
/// when what it leases or reads is not what was written.
/// </summary>
public interface IJournalStore : IAsyncDisposable
{
    /// <summary>Takes the lease of a journal, making the journal where there is none.</summary>
    ValueTask<JournalLease> LeaseAsync(JournalKey journal, CancellationToken cancellation);

    /// <summary>
    /// The lease with the journal's size and root of now. Null: another has been taken since. What it answers with is to be used from then on: where
    /// an append under the one before may still be on its way, its number is a higher one, so that it can come too late for ever.
    /// </summary>
    ValueTask<JournalLease?> RenewAsync(JournalLease lease, CancellationToken cancellation);

    /// <summary>
    /// Makes a batch durable in one commit. A journal of which any lease or index does not fit drops out with all its appends,
    /// and the others go on: the answer names those that dropped out, and why. Throws <see cref="ArgumentException"/>, and stores nothing, where an
    /// entry is longer than <see cref="Sequencer.MostEntryBytes"/>.
    /// </summary>
    ValueTask<IReadOnlyDictionary<JournalKey, DroppedOut>> AppendAsync(IReadOnlyList<JournalAppend> batch, CancellationToken cancellation);

    /// <summary>Whether so many bytes could be stored just now. That is tried, and nothing of it stays.</summary>
    ValueTask<bool> HasRoomAsync(long bytes, CancellationToken cancellation);

    /// <summary>Entries from an index on, in order: at most that many, and at most 1 MiB of them (but always one).</summary>
    ValueTask<IReadOnlyList<byte[]>> ReadAsync(JournalKey journal, long from, int most, CancellationToken cancellation);

    /// <summary>The index of the first entry of a command. Null: the journal has none of that id.</summary>
    ValueTask<long?> FindCommandAsync(JournalKey journal, Guid commandId, CancellationToken cancellation);

    /// <summary>The epochs of which the store holds entries of a body's journal, the newest first.</summary>
    ValueTask<IReadOnlyList<uint>> EpochsAsync(string body, CancellationToken cancellation);
}

/// <summary>Why a journal dropped out of a batch.</summary>
public enum DroppedOut
{
    /// <summary>A newer lease of it has been taken: another writer goes on with it.</summary>
    LeaseTaken,

    /// <summary>It does not end where the append begins.</summary>
    WrongIndex,
}

/// <summary>Why a store did not do what it was asked to.</summary>
public enum StoreFault
{
    /// <summary>There is no room. Reading still works; there may be room later.</summary>
    Full,

    /// <summary>The system could not promise that what was written is durable. Nothing in memory can be trusted any more.</summary>
    NotDurable,

    /// <summary>A file is damaged, or is none of the kind that it should be.</summary>
    Damaged,

    /// <summary>Anything else: what is stored must be read afresh.</summary>
    Failed,
}

/// <summary>A store did not do what it was asked to.</summary>
public sealed class StoreException(StoreFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public StoreFault Fault { get; } = fault;
}
