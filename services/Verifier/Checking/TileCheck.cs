using System.Numerics;

namespace FundingFlows.Verifier;

/// <summary>
/// Compares the tiles of a journal with its entries, from the checkpoint's root down. A tile counts when its hashes lead to a hash that counts
/// already; where it does not and the hashes of the entries do, those count and the tile is altered. An entry without the hash that counts for it
/// is altered. So an alteration is found where it is.
/// </summary>
/// <param name="entries">The tree over the entries as they were read.</param>
/// <param name="damaged">Files of entries that do not hold as many as belong, by their place, and what is wrong with them.</param>
internal sealed class TileCheck(MerkleTree entries, Checkpoint checkpoint, IJournalFiles files, IReadOnlyDictionary<long, string> damaged, CheckedJournal journal)
{
    /// <summary>Of one file so many altered entries are named one by one.</summary>
    private const int MostNamed = 5;

    private readonly HashSet<long> altered = [];

    /// <summary>The entries that are not as the root says.</summary>
    public IReadOnlySet<long> Altered => altered;

    public async Task RunAsync(CancellationToken cancellation)
    {
        // The tiles that are not full hold all the subtrees that the root is made of.
        var tops = new List<(TilePath Path, byte[]? Stored, byte[] Computed)>();
        for (var level = 0; checkpoint.Size >> (TilePath.Height * level) > 0; level++)
        {
            var count = checkpoint.Size >> (TilePath.Height * level);
            if (count % TilePath.FullWidth != 0 && TilePath.Of(level, count / TilePath.FullWidth, checkpoint.Size) is { } path)
                tops.Add((path, await files.ReadAsync(path.ToString(), cancellation), Computed(path)));
        }
        if (Choose(tops) is not { } chosen)
        {
            journal.Find(NothingFits(tops));
            return;
        }
        for (var i = 0; i < tops.Count; i++)
        {
            if (!chosen[i].AsSpan().SequenceEqual(tops[i].Stored))
                journal.Find(AlteredTile(tops[i].Path, tops[i].Stored, tops[i].Computed));
            await BelowAsync(tops[i].Path, chosen[i], cancellation);
        }
    }

    /// <summary>Of each partial tile either what is stored or what the entries give, so that they lead to the root: with as much as can be of what is stored.</summary>
    private byte[][]? Choose(List<(TilePath Path, byte[]? Stored, byte[] Computed)> tops) => Enumerable.Range(0, 1 << tops.Count)
        .OrderBy(mask => BitOperations.PopCount((uint)mask))
        .Where(mask => !tops.Where((top, i) => (mask >> i & 1) == 0 && top.Stored?.Length != top.Computed.Length).Any())
        .Select(mask => tops.Select((top, i) => (mask >> i & 1) == 0 ? top.Stored! : top.Computed).ToArray())
        .FirstOrDefault(hashes => RootOf([.. tops.Select(top => top.Path)], hashes).AsSpan().SequenceEqual(checkpoint.Root));

    /// <summary>The root over the whole journal, from its partial tiles.</summary>
    private byte[] RootOf(TilePath[] paths, byte[][] hashes)
    {
        byte[]? root = null;
        foreach (var (level, place) in ProofRanges.Subtrees(0, checkpoint.Size))
        {
            var (tileLevel, rise) = Math.DivRem(level, TilePath.Height);
            var tile = hashes[Array.FindIndex(paths, path => path.Level == tileLevel)];
            var subtree = RootOf(tile.AsSpan((int)((place << rise) % TilePath.FullWidth) * MerkleHash.Length, MerkleHash.Length << rise));
            root = root is null ? subtree : MerkleHash.Node(subtree, root);
        }
        return root!;
    }

    private static byte[] RootOf(ReadOnlySpan<byte> hashes)
    {
        var tree = new MerkleTree();
        for (var rest = hashes; rest.Length > 0; rest = rest[MerkleHash.Length..])
            tree.Append(rest[..MerkleHash.Length]);
        return tree.Root(tree.Size);
    }

    /// <summary>Goes on below a tile whose hashes count.</summary>
    private async Task BelowAsync(TilePath path, byte[] hashes, CancellationToken cancellation)
    {
        if (path.Level == 0)
        {
            Compare(path, hashes);
            return;
        }
        for (var i = 0; i < path.Width; i++)
            await FullAsync(
                new TilePath(path.Level - 1, (path.Index * TilePath.FullWidth) + i, TilePath.FullWidth), hashes.AsMemory(i * MerkleHash.Length, MerkleHash.Length), cancellation);
    }

    private async Task FullAsync(TilePath path, ReadOnlyMemory<byte> above, CancellationToken cancellation)
    {
        var (stored, computed) = (await files.ReadAsync(path.ToString(), cancellation), Computed(path));
        var hasForm = stored?.Length == computed.Length;
        if (hasForm && RootOf(stored).AsSpan().SequenceEqual(above.Span))
            await BelowAsync(path, stored!, cancellation);
        else if (RootOf(computed).AsSpan().SequenceEqual(above.Span))
        {
            journal.Find(AlteredTile(path, stored, computed));
            await BelowAsync(path, computed, cancellation);
        }
        else
        {
            var first = (path.Index * TilePath.FullWidth) << (TilePath.Height * path.Level!.Value);
            journal.Find($"{path} is {(stored is null ? "missing" : "altered")}, and so is what lies below it: entries {first} to {path.EndIndex - 1} are not all as they were.");
            // Most of it may be as it was: what differs from that is where to look.
            await BelowAsync(path, hasForm ? stored! : computed, cancellation);
        }
    }

    /// <summary>The entries of a file against the hashes that count for them.</summary>
    private void Compare(TilePath path, byte[] hashes)
    {
        var first = path.Index * TilePath.FullWidth;
        var wrong = Enumerable.Range(0, path.Width).Where(i => !entries.Subtree(0, first + i).SequenceEqual(hashes.AsSpan(i * MerkleHash.Length, MerkleHash.Length))).ToList();
        altered.UnionWith(wrong.Select(i => first + i));
        var file = path with { Level = null };
        if (damaged.TryGetValue(path.Index, out var damage))
        {
            journal.Find(wrong.Count == 0 ? $"{damage}: something was added to it." : $"{damage}: it is altered or cut from entry {first + wrong[0]} on.");
            return;
        }
        foreach (var i in wrong.Take(MostNamed))
            journal.Find($"Entry {first + i} in {file} is altered: it has not the hash that leads to the root of the checkpoint.");
        if (wrong.Count > MostNamed)
            journal.Find($"So are {wrong.Count - MostNamed} more entries in {file}.");
    }

    private byte[] Computed(TilePath path)
    {
        var hashes = new byte[path.Width * MerkleHash.Length];
        for (var i = 0; i < path.Width; i++)
            entries.Subtree(path.Level!.Value * TilePath.Height, (path.Index * TilePath.FullWidth) + i).CopyTo(hashes.AsSpan(i * MerkleHash.Length));
        return hashes;
    }

    private static string AlteredTile(TilePath path, byte[]? stored, byte[] computed)
    {
        if (stored is null)
            return $"{path} is missing.";
        if (stored.Length != computed.Length)
            return $"{path} is altered: it has not the length of {path.Width} hashes.";
        var hash = stored.AsSpan().CommonPrefixLength(computed) / MerkleHash.Length;
        var of = path.Level == 0 ? $"that of entry {(path.Index * TilePath.FullWidth) + hash}" : $"the one over tile/{path.Level - 1} number {(path.Index * TilePath.FullWidth) + hash}";
        return $"{path} is altered: hash {hash} in it, {of}, is not what the entries give, and they lead to the root of the checkpoint.";
    }

    private string NothingFits(List<(TilePath Path, byte[]? Stored, byte[] Computed)> tops)
    {
        var gone = tops.Where(top => top.Stored is null).Select(top => $"{top.Path} is missing, and ").FirstOrDefault() ?? "";
        var differs = damaged.Values.Concat(tops.Where(top => top.Stored is not null && !top.Stored.AsSpan().SequenceEqual(top.Computed))
            .Select(top => $"{top.Path} differs from what the entries give")).ToList();
        return differs.Count == 0
            ? $"{gone}neither the {checkpoint.Size} entries nor the tiles over them have the root of the checkpoint: both are altered alike, or the checkpoint is."
            : $"{gone}neither the {checkpoint.Size} entries nor the tiles over them have the root of the checkpoint, so that several files are altered: {string.Join("; ", differs)}.";
    }
}
