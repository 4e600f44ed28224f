namespace FundingFlows.Verifier;

/// <summary>A journal that was saved in a folder.</summary>
internal sealed class FolderFiles(string folder, string name, Patience patience) : IJournalFiles
{
    public string Name => name;

    /// <summary>Whether a folder holds the files of a journal, or some of them.</summary>
    public static bool IsJournal(string folder) => File.Exists(Path.Combine(folder, "checkpoint")) || Directory.Exists(Path.Combine(folder, "tile"));

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellation)
    {
        var file = Path.Combine(folder, path);
        return patience.ReadAsync(file, async stop =>
        {
            try
            {
                return await Patience.BytesOfAsync(file, FileSizes.MostAt(path), stop);
            }
            catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        }, cancellation);
    }

    public async Task<byte[]?> ReadBeginningAsync(CancellationToken cancellation)
    {
        var bundles = Path.Combine(folder, "tile", "entries");
        var partial = Path.Combine(bundles, "000.p");
        var found = await patience.ReadAsync(partial, _ => Task.FromResult(File.Exists(Path.Combine(bundles, "000")) ? "000"
            : Directory.Exists(partial) && Directory.EnumerateFiles(partial).FirstOrDefault() is { } file ? $"000.p/{Path.GetFileName(file)}" : null), cancellation);
        return found is null ? null : await ReadAsync($"tile/entries/{found}", cancellation);
    }
}
