namespace FundingFlows.Journal;

/// <summary>Entries that were read from a store, parsed and hashed, up to the first that cannot be parsed.</summary>
/// <param name="Hashes">RFC 6962 leaf hashes of their exact bytes, one behind the other.</param>
/// <param name="Problem">What is wrong with the entry behind the last. Null: nothing, or there is none.</param>
internal sealed record ReplayedPage(IReadOnlyList<Entry> Entries, byte[] Hashes, Exception? Problem)
{
    public static ReplayedPage Of(IReadOnlyList<byte[]> stored)
    {
        var entries = new List<Entry>(stored.Count);
        var hashes = new byte[stored.Count * MerkleHash.Length];
        try
        {
            foreach (var bytes in stored)
            {
                MerkleHash.Leaf(bytes, hashes.AsSpan(entries.Count * MerkleHash.Length, MerkleHash.Length));
                entries.Add(Entry.Parser.ParseFrom(bytes.AsSpan()));
            }
        }
        catch (Exception problem)
        {
            return new ReplayedPage(entries, hashes, problem);
        }
        return new ReplayedPage(entries, hashes, null);
    }

    public ReadOnlySpan<byte> LeafHash(int place) => Hashes.AsSpan(place * MerkleHash.Length, MerkleHash.Length);
}
