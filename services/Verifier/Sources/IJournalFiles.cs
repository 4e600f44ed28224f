namespace FundingFlows.Verifier;

/// <summary>The files of one journal in the layout of C2SP tlog-tiles: <c>checkpoint</c>, <c>tile/0/000</c>, <c>tile/entries/000</c> and so on.</summary>
internal interface IJournalFiles
{
    /// <summary>What the journal is called in what is printed: its folder or address, as short as is clear.</summary>
    string Name { get; }

    /// <summary>The bytes at a path below the journal's prefix: never many more than the most that such a file can hold. Null: there is no such file.</summary>
    Task<byte[]?> ReadAsync(string path, CancellationToken cancellation);

    /// <summary>
    /// The first entries in a bundle of whatever width: so that an altered checkpoint is told from files that are missing. Null: there is none,
    /// or none can be found without its width.
    /// </summary>
    Task<byte[]?> ReadBeginningAsync(CancellationToken cancellation);
}

/// <summary>How large a file of a journal can be.</summary>
internal static class FileSizes
{
    private const int MostOfANote = 1 << 16;
    private const int MostOfAnEntry = ushort.MaxValue + 2;

    /// <summary>The most bytes that the file at a path has in an honest journal, and one: enough to tell that there are too many.</summary>
    public static int MostAt(string path) => 1 + (!path.StartsWith("tile/", StringComparison.Ordinal) ? MostOfANote
        : TilePath.FullWidth * (path.StartsWith("tile/entries/", StringComparison.Ordinal) ? MostOfAnEntry : MerkleHash.Length));
}

/// <summary>A file or page cannot be read at all: one sentence for whoever asked.</summary>
internal sealed class UnreadableException(string message) : Exception(message);
