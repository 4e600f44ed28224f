using System.Net;

namespace FundingFlows.Verifier;

/// <summary>Finds the journals that a command line names: addresses, folders of one journal, and folders of many.</summary>
internal sealed class JournalSources : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient client = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }) { Timeout = Patience };

    /// <summary>
    /// Every journal at those places, each once. With <paramref name="save"/>, what is read of them is kept there: of one journal in the folder itself, of several
    /// in <c>body/epoch</c> below it. Throws <see cref="UnreadableException"/> for a place that holds none.
    /// </summary>
    public IReadOnlyList<IJournalFiles> Open(IReadOnlyList<string> places, string? save)
    {
        var found = places.SelectMany(Find).ToList();
        var names = found.GroupBy(files => files.Name).Where(same => same.Count() > 1).Select(same => same.Key).ToList();
        if (names.Count > 0)
            throw new UnreadableException($"{names[0]} is given twice.");
        return save is null ? found : [.. found.Select(files => new SavingFiles(files, found.Count == 1 ? save : Path.Combine(save, files.Name)))];
    }

    public void Dispose() => client.Dispose();

    private IEnumerable<IJournalFiles> Find(string place)
    {
        if (Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            return [new WebFiles(client, new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"), NameOf(address.AbsolutePath))];
        if (!Directory.Exists(place))
            throw new UnreadableException($"{place} is no folder, and no address that begins with http:// or https://.");
        if (FolderFiles.IsJournal(place))
            return [new FolderFiles(place, NameOf(Path.GetFullPath(place).Replace('\\', '/')))];
        var journals = Directory.EnumerateDirectories(place).SelectMany(Directory.EnumerateDirectories).Where(FolderFiles.IsJournal).Order(StringComparer.Ordinal)
            .Select(folder => new FolderFiles(folder, Path.GetRelativePath(place, folder).Replace('\\', '/'))).ToList();
        return journals.Count > 0 ? journals
            : throw new UnreadableException($"{place} holds no journal: neither a checkpoint nor tiles, nor folders body/epoch that hold them.");
    }

    /// <summary>The last two parts of a path: the body and the epoch, where journals are kept as they are served. Nothing that leads elsewhere when it is saved.</summary>
    private static string NameOf(string path) => string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries)
        .TakeLast(2).Select(part => new string([.. part.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]).TrimStart('.')));
}
