namespace FundingFlows.Local;

/// <summary>Where a run keeps its journals: the folder that was named, or a fresh one that is removed at the end.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly bool fresh;

    private DataFolder(string path, bool fresh)
    {
        Path = path;
        this.fresh = fresh;
    }

    public string Path { get; }

    public static DataFolder Open(string? path) => path is null
        ? new DataFolder(Directory.CreateTempSubdirectory("fundingflows-").FullName, fresh: true)
        : new DataFolder(System.IO.Path.GetFullPath(path), fresh: false);

    public void Dispose()
    {
        if (!fresh)
            return;
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A file that is still open stays behind in the system's folder of temporary files.
        }
    }
}
