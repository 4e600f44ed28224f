namespace FundingFlows.Support;

/// <summary>A private Redis, on a port of loopback that was free, which keeps nothing on disk and ends with this process.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    /// <summary>What the machine calls the program.</summary>
    public const string Program = "redis-server";
    private readonly LeashedProcess process;

    private RedisServer(LeashedProcess process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public static async Task<RedisServer> StartAsync(string folder)
    {
        var (process, port) = await FreePort.StartAsync(
            FreePort.Choose,
            // Redis at port 0 listens to no TCP at all.
            port => LeashedProcess.Start(Program, ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no"], folder),
            AnswersAsync);
        return new RedisServer(process, port);
    }

    public Task<RedisConnection> ConnectAsync() => RedisConnection.OpenAsync(Port);

    public ValueTask DisposeAsync() => process.DisposeAsync();

    /// <summary>Somebody else may have the port: only a Redis answers so.</summary>
    private static async Task<bool> AnswersAsync(int port)
    {
        if (!await FreePort.AnswersAsync(port))
            return false;
        await using var redis = await RedisConnection.OpenAsync(port);
        return await redis.AskAsync("PING") is "PONG";
    }
}
