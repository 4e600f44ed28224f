using System.Net;

namespace FundingFlows.Verifier;

/// <summary>Finds the journals that a command line names: addresses, folders of one journal, and folders of many.</summary>
internal sealed class JournalSources(Patience patience) : IDisposable
{
    /// <summary>Nothing is read but what is asked for: no address that another one names. And patience is had with each file, not with its first byte.</summary>
    private readonly HttpClient client = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All, AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>A journal that was found: what it is called for short, the whole place, and its files under a name.</summary>
    private sealed record Found(string Short, string Place, Func<string, IJournalFiles> Open);

    /// <summary>
    /// Every journal at those places, each once; where two are called the same for short, by their whole places. With <paramref name="save"/>, what is read of them is kept
    /// there: of one journal in the folder itself, of several in <c>body/epoch</c> below it. What holds none cannot be read. Throws <see cref="UnreadableException"/> for
    /// a place that is given twice.
    /// </summary>
    public IReadOnlyList<IJournalFiles> Open(IReadOnlyList<string> places, string? save)
    {
        var found = places.SelectMany(Find).ToList();
        if (found.GroupBy(one => one.Place).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new UnreadableException($"{twice.Key} is given twice.");
        var several = found.GroupBy(one => one.Short).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet();
        return [.. found.Select(one =>
        {
            var files = one.Open(several.Contains(one.Short) ? one.Place : one.Short);
            return save is null ? files
                : new SavingFiles(files, found.Count == 1 ? save : Path.Combine(save, several.Contains(one.Short) ? FolderOf(one.Place) : one.Short));
        })];
    }

    public void Dispose() => client.Dispose();

    private IEnumerable<Found> Find(string place)
    {
        if (Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            var prefix = new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/");
            return [new Found(NameOf(prefix.AbsolutePath) is { Length: > 0 } name ? name : NameOf(prefix.Authority), $"{prefix}", name => new WebFiles(client, prefix, name, patience))];
        }
        if (!Directory.Exists(place))
            return [Nothing(place, $"{place} is no folder, and no address that begins with http:// or https://.")];
        if (FolderFiles.IsJournal(place))
            return [InFolder(place, NameOf(FullPath(place)))];
        var journals = Below(place).SelectMany(body => body.Problem is null ? Below(body.Folder) : [body])
            .Where(one => one.Problem is not null || FolderFiles.IsJournal(one.Folder)).OrderBy(one => one.Folder, StringComparer.Ordinal)
            .Select(one => one.Problem is { } problem ? Nothing(one.Folder, problem) : InFolder(one.Folder, Path.GetRelativePath(place, one.Folder).Replace('\\', '/'))).ToList();
        return journals.Count > 0 ? journals
            : [Nothing(place, $"{place} holds no journal: neither a checkpoint nor tiles, nor folders body/epoch that hold them.")];
    }

    private Found InFolder(string folder, string name) => new(name, FullPath(folder), called => new FolderFiles(folder, called, patience));

    private static Found Nothing(string place, string problem) => new(place, place, name => new UnreadablePlace(name, problem));

    /// <summary>The folders in a folder; of one that cannot be looked into that alone, and why.</summary>
    private static IReadOnlyList<(string Folder, string? Problem)> Below(string folder)
    {
        try
        {
            return [.. Directory.EnumerateDirectories(folder).Select(one => (one, (string?)null))];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [(folder, $"{folder} cannot be read: {problem.Message}")];
        }
    }

    private static string FullPath(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)).Replace('\\', '/');

    /// <summary>The last two parts of a path: the body and the epoch, where journals are kept as they are served.</summary>
    private static string NameOf(string path) => string.Join('/', PartsOf(path).TakeLast(2));

    /// <summary>A whole place as <c>body/epoch</c>, with all that stands before the epoch in one.</summary>
    private static string FolderOf(string place) => PartsOf(place) is var parts && parts.Count > 1 ? $"{string.Join('_', parts.SkipLast(1))}/{parts[^1]}" : parts[0];

    /// <summary>Nothing in them leads elsewhere when they name folders.</summary>
    private static List<string> PartsOf(string path) => [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Select(part => new string([.. part.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]).TrimStart('.')).Where(part => part.Length > 0)];
}
