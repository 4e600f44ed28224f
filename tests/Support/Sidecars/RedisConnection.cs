using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FundingFlows.Support;

/// <summary>A connection to Redis, as far as tests need one: a command is asked, and its answer read. What Redis refuses throws.</summary>
public sealed class RedisConnection : IAsyncDisposable
{
    private readonly TcpClient client;
    private readonly BufferedStream stream;

    private RedisConnection(TcpClient client) => (this.client, stream) = (client, new BufferedStream(client.GetStream()));

    public static async Task<RedisConnection> OpenAsync(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port);
        return new RedisConnection(client);
    }

    /// <summary>Answers with a text, a number, bytes, a list of such, or null.</summary>
    /// <param name="words">Texts or bytes.</param>
    public async Task<object?> AskAsync(params object[] words)
    {
        await WriteAsync($"*{words.Length}\r\n");
        foreach (var word in words)
        {
            var bytes = word as byte[] ?? Encoding.UTF8.GetBytes((string)word);
            await WriteAsync($"${bytes.Length}\r\n");
            await stream.WriteAsync(bytes);
            await WriteAsync("\r\n");
        }
        await stream.FlushAsync();
        return await ReadAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        client.Dispose();
    }

    private Task WriteAsync(string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    private async Task<object?> ReadAsync()
    {
        var line = await LineAsync();
        var rest = line[1..];
        switch (line[0])
        {
            case '+': return rest;
            case '-': throw new InvalidOperationException($"Redis: {rest}");
            case ':': return long.Parse(rest, CultureInfo.InvariantCulture);
            case '$' or '*' when rest == "-1": return null;
            case '$':
                var bytes = new byte[int.Parse(rest, CultureInfo.InvariantCulture) + 2];
                await stream.ReadExactlyAsync(bytes);
                return bytes[..^2];
            case '*':
                var all = new object?[int.Parse(rest, CultureInfo.InvariantCulture)];
                for (var i = 0; i < all.Length; i++)
                    all[i] = await ReadAsync();
                return all;
            default: throw new InvalidDataException($"Redis answered {line}");
        }
    }

    private async Task<string> LineAsync()
    {
        var (line, one) = (new StringBuilder(), new byte[1]);
        while (true)
        {
            await stream.ReadExactlyAsync(one);
            if (one[0] == '\n')
                return line.ToString(0, line.Length - 1);
            line.Append((char)one[0]);
        }
    }
}
