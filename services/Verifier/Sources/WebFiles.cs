using System.Net;

namespace FundingFlows.Verifier;

/// <summary>A journal at an address: its prefix, below which its files are served.</summary>
internal sealed class WebFiles(HttpClient client, Uri prefix, string name) : IJournalFiles
{
    public string Name => name;

    public async Task<byte[]?> ReadAsync(string path, CancellationToken cancellation)
    {
        var address = new Uri(prefix, path);
        try
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
            // Without a checkpoint there is no journal at the address; a tile that it speaks of may be missing.
            if (answer.StatusCode == HttpStatusCode.NotFound && path.StartsWith("tile/", StringComparison.Ordinal))
                return null;
            if (!answer.IsSuccessStatusCode)
                throw new UnreadableException($"{address} cannot be read: it answers {(int)answer.StatusCode}.");
            await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
            var bytes = new byte[FileSizes.MostAt(path)];
            return bytes[..await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation)];
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new UnreadableException($"{address} cannot be read: {problem.Message}");
        }
    }

    public Task<byte[]?> ReadBeginningAsync(CancellationToken cancellation) => Task.FromResult<byte[]?>(null);
}
