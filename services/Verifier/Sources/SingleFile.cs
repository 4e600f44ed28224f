namespace FundingFlows.Verifier;

/// <summary>A file that is given by its name and read whole.</summary>
internal static class SingleFile
{
    /// <summary>Its bytes. Throws <see cref="UnreadableException"/>, also when it is longer than may be.</summary>
    /// <param name="what">What no such file is longer than, in words.</param>
    public static async Task<byte[]> ReadAsync(string file, int most, string what, Patience patience, CancellationToken cancellation)
    {
        var bytes = await patience.ReadAsync(file, stop => Patience.BytesOfAsync(file, most + 1, stop), cancellation);
        return bytes.Length <= most ? bytes : throw new UnreadableException($"{file} cannot be read: it is longer than any {what}.");
    }
}
