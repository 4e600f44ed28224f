namespace FundingFlows.Journal;

/// <summary>
/// The journal of an earlier epoch of a body: the stretch of it that the epoch which is in force has kept. Its entries and hashes are those of the
/// journal that is in force. What stood behind them is void, and nothing is told of it: what a disk holds there may be another history than
/// the one that was signed.
/// </summary>
public sealed class EarlierJournal
{
    private readonly Sequencer sequencer;
    private readonly uint present;
    private readonly Lazy<string> note;

    private EarlierJournal(Sequencer sequencer, uint present, Checkpoint kept, uint epoch, BodyKey key)
    {
        (this.sequencer, this.present, Epoch, Size) = (sequencer, present, epoch, kept.Size);
        note = new Lazy<string>(() => kept.Sign(VerifierKey.Of(kept.Origin, key.PublicKey), key));
    }

    public uint Epoch { get; }

    /// <summary>How many entries of it were kept.</summary>
    public long Size { get; }

    /// <summary>
    /// The checkpoint of what was kept, as a signed note. It says nothing that the body had not signed before: a new epoch is declared with a checkpoint of the
    /// body. Empty: the body may sign nothing now.
    /// </summary>
    public string Checkpoint => sequencer.MaySign ? note.Value : "";

    /// <summary>
    /// What is there of an epoch. Null: the journal that is in force keeps nothing of that one, or the key that signed for it is gone. Throws
    /// <see cref="JournalUnavailableException"/> while the journal cannot be read.
    /// </summary>
    public static Task<EarlierJournal?> FindAsync(Sequencer sequencer, KeyRing keys, string federation, uint epoch, CancellationToken cancellation) =>
        sequencer.ReadAsync(
            books =>
            {
                var all = books.Epochs.All;
                var at = all.TakeWhile(one => one.Epoch != epoch).Count();
                // The last one is in force, and no earlier one.
                if (at >= all.Count - 1 || all[at + 1].From is var size && !keys.Has(sequencer.KeyAt(size)))
                    return null;
                var kept = new Checkpoint(Names.Origin(federation, books.Body, epoch), size, sequencer.RootAt(size));
                return new EarlierJournal(sequencer, books.Epoch, kept, epoch, keys.Of(sequencer.KeyAt(size)));
            },
            cancellation);

    /// <summary>Entries from an index on, in order, a page of them. Empty behind the last. Throws <see cref="JournalUnavailableException"/> when another epoch has begun since it was found.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadEntriesAsync(long from, int most, CancellationToken cancellation) =>
        from >= Size ? [] : await sequencer.ReadEntriesAsync(present, from, (int)Math.Min(most, Size - from), cancellation);

    /// <summary>The hashes of a tile, 32 bytes each. Null: there is no such tile.</summary>
    public byte[]? HashTile(TilePath path) => path.EndIndex is { } end && end <= Size ? sequencer.HashTile(present, path) : null;

    /// <summary>The entries of a tile as they are bundled. Null: there is no such tile. Throws as <see cref="ReadEntriesAsync"/> does.</summary>
    public async Task<byte[]?> EntryTileAsync(TilePath path, CancellationToken cancellation) =>
        path.EndIndex is { } end && end <= Size ? await sequencer.EntryTileAsync(present, path, cancellation) : null;
}
