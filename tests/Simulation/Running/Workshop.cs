namespace FundingFlows.Simulation;

/// <summary>What one thread needs for all its runs.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly string words = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public Workshop() => Documents = DocumentStore.Open(words, TimeProvider.System);

    public Keys Keys { get; } = new();

    public DocumentStore Documents { get; }

    public void Dispose()
    {
        Documents.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Keys.Dispose();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(words)!, Path.GetFileName(words) + "*"))
            File.Delete(file);
    }
}
