namespace FundingFlows.Simulation;

/// <summary>What a body recorded from some entry on, in place of what it had recorded there before: another history than the one that it told first.</summary>
internal sealed class SecondHistory
{
    private readonly long from;
    private readonly List<byte[]> entries = [];
    private readonly MerkleTree tree = new();

    /// <param name="before">The entries that both histories have.</param>
    public SecondHistory(IReadOnlyList<byte[]> before)
    {
        from = before.Count;
        foreach (var bytes in before)
            tree.AppendEntry(bytes);
    }

    /// <summary>How many entries there are, with those that both histories have.</summary>
    public long Size => from + entries.Count;

    /// <summary>Takes in an entry that was stored. False: it stands where another does, or where none can.</summary>
    public bool Take(long index, byte[] bytes)
    {
        if (index != Size)
            return Has((ulong)index, bytes);
        tree.AppendEntry(bytes);
        entries.Add(bytes);
        return true;
    }

    public bool Has(ulong index, ReadOnlySpan<byte> bytes) => index >= (ulong)from && index < (ulong)Size && bytes.SequenceEqual(entries[(int)((long)index - from)]);

    public bool HasLeaf(ulong index, ReadOnlySpan<byte> hash) => index >= (ulong)from && index < (ulong)Size && hash.SequenceEqual(tree.LeafHash((long)index));

    public bool Has(long size, ReadOnlySpan<byte> root) => size <= Size && root.SequenceEqual(tree.Root(size));
}
