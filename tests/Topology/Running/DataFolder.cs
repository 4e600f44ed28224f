using System.Text;
using System.Text.Json;

namespace FundingFlows.Topologies.Tests;

/// <summary>The data folder of a run, and what was written to it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fundingflows-run-");

    public string Path => folder.FullName;

    public string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>Every file but the erasable document stores: journals, logs, settings.</summary>
    public IEnumerable<string> FilesThatHoldNoWords =>
        Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Where(file => !System.IO.Path.GetFileName(file).StartsWith("documents.db", StringComparison.Ordinal));

    public IEnumerable<string> DocumentStores => Directory.EnumerateFiles(Path, "documents.db*", SearchOption.AllDirectories);

    public static bool Holds(string file, string words)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray().AsSpan().IndexOf(Encoding.UTF8.GetBytes(words)) >= 0;
    }

    /// <summary>A setting that the host gave an instance.</summary>
    public string? Setting(string instance, string name)
    {
        var file = this[System.IO.Path.Combine(instance, "settings.json")];
        if (!File.Exists(file))
            return null;
        try
        {
            using var settings = JsonDocument.Parse(File.ReadAllBytes(file));
            return settings.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
        }
        catch (JsonException)
        {
            // It is being written.
            return null;
        }
    }

    public JsonElement Figures(string file = "figures.json") => JsonDocument.Parse(File.ReadAllBytes(this[file])).RootElement;

    public void Dispose() => folder.Delete(recursive: true);
}
