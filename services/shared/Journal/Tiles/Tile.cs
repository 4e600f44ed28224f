namespace FundingFlows.Journal;

/// <summary>Makes the tiles of a journal. Whether all that they cover is there has been checked before.</summary>
internal static class Tile
{
    /// <summary>32 bytes for each hash.</summary>
    public static byte[] HashesOf(MerkleTree tree, TilePath path)
    {
        var hashes = new byte[path.Width * MerkleHash.Length];
        for (var i = 0; i < path.Width; i++)
            tree.Subtree(path.Level!.Value * TilePath.Height, (path.Index * TilePath.FullWidth) + i).CopyTo(hashes.AsSpan(i * MerkleHash.Length));
        return hashes;
    }

    /// <param name="path">Of entries.</param>
    /// <param name="read">Entries from an index on, at most so many.</param>
    public static async Task<byte[]> EntriesOfAsync(TilePath path, Func<long, int, Task<IReadOnlyList<byte[]>>> read)
    {
        var entries = new List<byte[]>(path.Width);
        while (entries.Count < path.Width)
            entries.AddRange(await read((path.Index * TilePath.FullWidth) + entries.Count, path.Width - entries.Count));
        return EntryBundle.Of(entries);
    }
}
