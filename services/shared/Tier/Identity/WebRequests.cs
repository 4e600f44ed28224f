using System.Net;

namespace FundingFlows.Tiers;

/// <summary>Asks HTTP/1.1 ports of other instances, and takes no more of an answer than it should have.</summary>
/// <param name="outside">The way there.</param>
/// <param name="mostBytes">Of an answer's content.</param>
internal sealed class WebRequests(IOutside outside, int mostBytes) : IDisposable
{
    private readonly HttpMessageInvoker invoker = new(outside.Http());

    /// <summary>The content of what is there. Throws <see cref="HttpRequestException"/> when there is nothing, or too much.</summary>
    public async Task<byte[]> GetAsync(Uri address, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var (status, content) = await SendAsync(request, cancellation);
        return status == HttpStatusCode.OK ? content : throw new HttpRequestException($"{address} answers {(int)status}.", null, status);
    }

    /// <summary>What is answered to bytes. Throws <see cref="HttpRequestException"/> when nothing is, or too much.</summary>
    public async Task<(HttpStatusCode Status, byte[] Content)> PostAsync(Uri address, byte[] bytes, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(bytes) };
        return await SendAsync(request, cancellation);
    }

    public void Dispose() => invoker.Dispose();

    private async Task<(HttpStatusCode, byte[])> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var response = await invoker.SendAsync(request, cancellation);
        await response.Content.LoadIntoBufferAsync(mostBytes, cancellation);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation));
    }
}
