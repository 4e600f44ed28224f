namespace FundingFlows.Local;

/// <summary>Gets tokens from a development issuer that runs in another process.</summary>
internal sealed class IssuerClient(Uri issuer) : IDisposable
{
    private readonly HttpClient client = new() { BaseAddress = issuer };

    /// <summary>A token for a person who holds this role at a body. Throws <see cref="LocalException"/> when the issuer gives none.</summary>
    public async Task<string> TokenAsync(string body, string role, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.PostAsync(new Uri($"/token?body={body}&role={role}", UriKind.Relative), null, cancellation);
            return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation);
        }
        catch (HttpRequestException problem)
        {
            throw new LocalException($"The issuer at {client.BaseAddress} gave no token: {problem.Message}");
        }
    }

    public void Dispose() => client.Dispose();
}
