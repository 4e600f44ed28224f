using System.Net;

namespace FundingFlows.Verifier;

/// <summary>A journal at an address: its prefix, below which its files are served.</summary>
internal sealed class WebFiles(HttpClient client, Uri prefix, string name, Patience patience) : IJournalFiles
{
    public string Name => name;

    public Task<byte[]?> ReadAsync(string path, CancellationToken cancellation)
    {
        var address = new Uri(prefix, path);
        return patience.ReadAsync(address.ToString(), stop => FetchAsync(address, path, stop), cancellation);
    }

    public Task<byte[]?> ReadBeginningAsync(CancellationToken cancellation) => Task.FromResult<byte[]?>(null);

    private async Task<byte[]?> FetchAsync(Uri address, string path, CancellationToken cancellation)
    {
        using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
        // Without a checkpoint there is no journal at the address; a tile that it speaks of may be missing.
        if (answer.StatusCode == HttpStatusCode.NotFound && path.StartsWith("tile/", StringComparison.Ordinal))
            return null;
        if (!answer.IsSuccessStatusCode)
            throw new UnreadableException($"{address} cannot be read: it answers {(int)answer.StatusCode}.");
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        return await Patience.BytesOfAsync(stream, FileSizes.MostAt(path), cancellation);
    }
}
