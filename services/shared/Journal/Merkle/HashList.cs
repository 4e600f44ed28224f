namespace FundingFlows.Journal;

/// <summary>
/// Hashes in a row that only grows: 32 bytes for each and no object of its own. They stand in chunks of 64 KiB, so that growing
/// copies nothing; only the first chunk begins small, because most journals are.
/// </summary>
internal sealed class HashList
{
    private const int PerChunk = 2_048;
    private readonly List<byte[]> chunks = [];

    public long Count { get; private set; }

    public ReadOnlySpan<byte> this[long index] => At(index);

    /// <summary>Makes room for one more, and answers with it: 32 bytes to be written.</summary>
    public Span<byte> Add()
    {
        var (chunk, place) = ((int)(Count / PerChunk), (int)(Count % PerChunk));
        if (chunk == chunks.Count)
            chunks.Add(new byte[(chunk == 0 ? 8 : PerChunk) * MerkleHash.Length]);
        else if (chunk == 0 && place * MerkleHash.Length == chunks[0].Length)
            chunks[0] = [.. chunks[0], .. new byte[chunks[0].Length]];
        return At(Count++);
    }

    private Span<byte> At(long index) => chunks[(int)(index / PerChunk)].AsSpan((int)(index % PerChunk) * MerkleHash.Length, MerkleHash.Length);
}
