namespace FundingFlows.Verifier;

/// <summary>A journal that was saved in a folder.</summary>
internal sealed class FolderFiles(string folder, string name) : IJournalFiles
{
    public string Name => name;

    /// <summary>Whether a folder holds the files of a journal, or some of them.</summary>
    public static bool IsJournal(string folder) => File.Exists(Path.Combine(folder, "checkpoint")) || Directory.Exists(Path.Combine(folder, "tile"));

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, path);
        try
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
            var bytes = new byte[Math.Min(stream.Length, FileSizes.MostAt(path))];
            await stream.ReadExactlyAsync(bytes, cancellation);
            return bytes;
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableException($"{file} cannot be read: {problem.Message}");
        }
    }

    public async Task<byte[]?> ReadBeginningAsync(CancellationToken cancellation)
    {
        var bundles = Path.Combine(folder, "tile", "entries");
        var partial = Path.Combine(bundles, "000.p");
        var found = File.Exists(Path.Combine(bundles, "000")) ? "000"
            : Directory.Exists(partial) && Directory.EnumerateFiles(partial).FirstOrDefault() is { } file ? $"000.p/{Path.GetFileName(file)}" : null;
        return found is null ? null : await ReadAsync($"tile/entries/{found}", cancellation);
    }
}
