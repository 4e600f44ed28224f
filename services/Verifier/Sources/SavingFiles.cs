namespace FundingFlows.Verifier;

/// <summary>Keeps what is read of a journal in a folder, in the same layout and whether it holds or not.</summary>
internal sealed class SavingFiles(IJournalFiles files, string folder) : IJournalFiles
{
    public string Name => files.Name;

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellation)
    {
        if (await files.ReadAsync(path, cancellation) is not { } bytes)
            return null;
        var file = Path.Combine(folder, path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, bytes, cancellation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableException($"{file} cannot be written: {problem.Message}");
        }
        return bytes;
    }

    public Task<byte[]?> ReadBeginningAsync(CancellationToken cancellation) => files.ReadBeginningAsync(cancellation);
}
