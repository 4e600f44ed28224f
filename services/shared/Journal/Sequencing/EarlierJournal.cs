namespace FundingFlows.Journal;

/// <summary>
/// The journal of an earlier epoch of a body, as it is on disk: it grows no more, and anybody may still read and check it. Its hashes are
/// in memory, its entries are not.
/// </summary>
public sealed class EarlierJournal
{
    private const int PageSize = 4_096;
    private readonly IJournalStore store;
    private readonly JournalKey key;
    private readonly MerkleTree tree = new();
    private readonly List<AdoptedKey> keys = [];

    private EarlierJournal(IJournalStore store, JournalKey key) => (this.store, this.key) = (store, key);

    public uint Epoch => key.Epoch;

    public long Size => tree.Size;

    /// <summary>Its last checkpoint as a signed note.</summary>
    public string Checkpoint { get; private set; } = "";

    /// <summary>Reads it, and signs what is there with the key that was in force at its end. Null: the store holds no entry of it, or its key is gone.</summary>
    public static async Task<EarlierJournal?> ReadAsync(IJournalStore store, JournalKey key, string federation, KeyRing keys, CancellationToken cancellation)
    {
        var journal = new EarlierJournal(store, key);
        while (await store.ReadAsync(key, journal.Size, PageSize, cancellation) is { Count: > 0 } page)
            foreach (var bytes in page)
                journal.Take(bytes);
        if (AdoptedKey.At(journal.keys, journal.Size) is not { } newest || !keys.Has(newest.PublicKey.ToByteArray()))
            return null;
        var (origin, signer) = (Names.Origin(federation, key.Body, key.Epoch), keys.Of(newest.PublicKey.ToByteArray()));
        journal.Checkpoint = new Checkpoint(origin, journal.Size, journal.tree.Root(journal.Size)).Sign(VerifierKey.Of(origin, signer.PublicKey), signer);
        return journal;
    }

    /// <summary>Entries from an index on, in order, a page of them. Empty behind the last.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadEntriesAsync(long from, int most, CancellationToken cancellation) =>
        from >= Size ? [] : await store.ReadAsync(key, from, (int)Math.Min(most, Size - from), cancellation);

    /// <summary>The root of so many entries.</summary>
    public byte[] RootAt(long size) => tree.Root(size);

    /// <summary>The hashes of a tile, 32 bytes each. Null: there is no such tile.</summary>
    public byte[]? HashTile(TilePath path) => path.Level is null || path.EndIndex is not { } end || end > Size ? null : Tile.HashesOf(tree, path);

    /// <summary>The entries of a tile as they are bundled. Null: there is no such tile.</summary>
    public async Task<byte[]?> EntryTileAsync(TilePath path, CancellationToken cancellation) => path.Level is not null || path.EndIndex is not { } end || end > Size ? null
        : await Tile.EntriesOfAsync(path, (from, most) => ReadEntriesAsync(from, most, cancellation));

    private void Take(byte[] bytes)
    {
        var entry = Entry.Parser.ParseFrom(bytes);
        if ((entry.Fact?.Genesis?.PublicKey ?? entry.Fact?.KeyAdopted?.PublicKey) is { } adopted)
            keys.Add(new AdoptedKey(Size == 0 ? -1 : Size, adopted));
        tree.AppendEntry(bytes);
    }
}
