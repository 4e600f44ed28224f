namespace FundingFlows.Journal;

/// <summary>
/// Computes roots and proofs of a journal from its tiles, in O(log n) of them. Tiles come from wherever they are kept, by their
/// paths below the journal's prefix. Nothing here is believed: a proof shows something only once it was checked against a root that was signed.
/// </summary>
/// <param name="size">Entries of the journal as a checkpoint says: which tiles are partial follows from it.</param>
/// <param name="fetch">The bytes at a path. Throws what it likes when there are none.</param>
public sealed class TileReader(long size, Func<string, CancellationToken, Task<byte[]>> fetch)
{
    private readonly Dictionary<TilePath, byte[]> fetched = [];

    /// <summary>The root over the first so many entries, up to all.</summary>
    public async Task<byte[]> RootAsync(long oldSize, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, size);
        return oldSize == 0 ? MerkleHash.Empty() : await HashAsync((0, oldSize), cancellation);
    }

    /// <summary>The inclusion proof of an entry in the whole journal: hashes from the leaf up.</summary>
    public Task<IReadOnlyList<byte[]>> InclusionAsync(long index, CancellationToken cancellation) =>
        HashesAsync(ProofRanges.Inclusion(index, size), cancellation);

    /// <summary>The consistency proof from the first so many entries to the whole journal.</summary>
    public Task<IReadOnlyList<byte[]>> ConsistencyAsync(long oldSize, CancellationToken cancellation) =>
        HashesAsync(ProofRanges.Consistency(oldSize, size), cancellation);

    /// <summary>The exact bytes of an entry. Throws <see cref="InvalidDataException"/> for a tile of another form.</summary>
    public async Task<byte[]> EntryAsync(long index, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = TilePath.Of(null, index / TilePath.FullWidth, size)!.Value;
        var entries = EntryBundle.Read(await FetchAsync(path, cancellation));
        return entries?.Count == path.Width ? entries[(int)(index % TilePath.FullWidth)]
            : throw new InvalidDataException($"{path} should hold {path.Width} entries.");
    }

    private async Task<IReadOnlyList<byte[]>> HashesAsync(IReadOnlyList<(long From, long To)> ranges, CancellationToken cancellation)
    {
        var hashes = new List<byte[]>(ranges.Count);
        foreach (var range in ranges)
            hashes.Add(await HashAsync(range, cancellation));
        return hashes;
    }

    private async Task<byte[]> HashAsync((long From, long To) range, CancellationToken cancellation)
    {
        byte[]? hash = null;
        foreach (var (level, place) in ProofRanges.Subtrees(range.From, range.To))
        {
            var subtree = await SubtreeAsync(level, place, cancellation);
            hash = hash is null ? subtree : MerkleHash.Node(subtree, hash);
        }
        return hash!;
    }

    /// <summary>The hash of a complete subtree: over as many hashes of one tile as it spans there.</summary>
    private async Task<byte[]> SubtreeAsync(int level, long place, CancellationToken cancellation)
    {
        var (tileLevel, rise) = Math.DivRem(level, TilePath.Height);
        var first = place << rise;
        var path = TilePath.Of(tileLevel, first / TilePath.FullWidth, size)!.Value;
        var tile = await FetchAsync(path, cancellation);
        if (tile.Length != path.Width * MerkleHash.Length)
            throw new InvalidDataException($"{path} should hold {path.Width} hashes.");
        var hashes = new MerkleTree();
        for (var i = 0; i < 1 << rise; i++)
            hashes.Append(tile.AsSpan((int)((first + i) % TilePath.FullWidth) * MerkleHash.Length, MerkleHash.Length));
        return hashes.Root(hashes.Size);
    }

    private async Task<byte[]> FetchAsync(TilePath path, CancellationToken cancellation)
    {
        if (!fetched.TryGetValue(path, out var bytes))
            fetched.Add(path, bytes = await fetch(path.ToString(), cancellation));
        return bytes;
    }
}
