using System.Globalization;

namespace FundingFlows.Verifier;

/// <summary>
/// How long a file is waited for, from the first byte to the last. Whoever serves or sends files may be hostile: what comes drop by drop, a pipe
/// that nobody writes to and a stream that was not packed as it says end in one sentence.
/// </summary>
internal sealed class Patience(TimeSpan most)
{
    /// <summary>Reads. Throws <see cref="UnreadableException"/> when it cannot be read, or not in time.</summary>
    /// <param name="what">The file or address, to begin the sentence.</param>
    public async Task<T> ReadAsync<T>(string what, Func<CancellationToken, Task<T>> read, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(most);
        try
        {
            // Opening a pipe cannot be called off: then it is left behind.
            return await Task.Run(() => read(limit.Token), limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new UnreadableException($"{what} cannot be read: not all of it was there within {most.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s (--patience).");
        }
        catch (Exception problem) when (Unreadable(problem))
        {
            throw new UnreadableException($"{what} cannot be read: {problem.Message}");
        }
    }

    /// <summary>The bytes of a stream, at most so many: it is not believed how long it says that it is.</summary>
    public static async Task<byte[]> BytesOfAsync(Stream stream, int most, CancellationToken cancellation)
    {
        const int AtFirst = 1 << 16;
        var bytes = new byte[Math.Min(most, AtFirst)];
        var length = 0;
        while (await stream.ReadAsync(bytes.AsMemory(length), cancellation) is var read and > 0)
        {
            length += read;
            if (length == most)
                break;
            if (length == bytes.Length)
                Array.Resize(ref bytes, (int)Math.Min(most, 2L * length));
        }
        return bytes[..length];
    }

    /// <summary>The same of a file.</summary>
    public static async Task<byte[]> BytesOfAsync(string file, int most, CancellationToken cancellation)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        return await BytesOfAsync(stream, most, cancellation);
    }

    /// <summary>What is thrown for what others have made: answers that were not packed as they say are not always <see cref="IOException"/>s.</summary>
    private static bool Unreadable(Exception problem) => problem
        is HttpRequestException or IOException or InvalidDataException or InvalidOperationException or NotSupportedException or ArgumentException or UnauthorizedAccessException;
}
