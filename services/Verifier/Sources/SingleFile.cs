namespace FundingFlows.Verifier;

/// <summary>A file that is given by its name and read whole.</summary>
internal static class SingleFile
{
    /// <summary>Its bytes. Throws <see cref="UnreadableException"/>, also when it is longer than may be.</summary>
    /// <param name="what">What no such file is longer than, in words.</param>
    public static async Task<byte[]> ReadAsync(string file, int most, string what, CancellationToken cancellation)
    {
        try
        {
            return new FileInfo(file).Length > most ? throw new UnreadableException($"{file} cannot be read: it is longer than any {what}.")
                : await File.ReadAllBytesAsync(file, cancellation);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableException($"{file} cannot be read: {problem.Message}");
        }
    }

    /// <summary>The same as text in UTF-8.</summary>
    public static async Task<string> ReadTextAsync(string file, int most, string what, CancellationToken cancellation) =>
        System.Text.Encoding.UTF8.GetString(await ReadAsync(file, most, what, cancellation));
}
