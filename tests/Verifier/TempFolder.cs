namespace FundingFlows.Verifier.Tests;

/// <summary>A folder that is gone after the test.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fundingflows-verifier-");

    public string this[string path] => Path.Combine(folder.FullName, path);

    /// <summary>Every file of a saved journal, by its path below it.</summary>
    public static IReadOnlyList<string> FilesOf(string journal) =>
        [.. Directory.EnumerateFiles(journal, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(journal, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public void Dispose() => folder.Delete(recursive: true);
}
