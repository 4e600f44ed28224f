using System.Net;
using FundingFlows.Topologies;

namespace FundingFlows.Support;

/// <summary>
/// Real sidecars, <c>daprd</c> of the PATH, with the components of the topology and a private Redis. Whoever calls one goes through a link that stays where it
/// is, and so does the sidecar to its app, so that both can come back at other ports.
/// </summary>
public sealed class DaprdSidecars : ISidecars
{
    private const string Program = "daprd";
    private static readonly HttpClient Client = new();
    private static readonly string[] Programs = [Program, RedisServer.Program];
    private readonly DirectoryInfo folder;
    private readonly Dictionary<string, (CutLink Sidecar, CutLink App)> links = [];
    private readonly Dictionary<string, LeashedProcess> running = [];
    private readonly RedisServer redis;

    private DaprdSidecars(RedisServer redis, DirectoryInfo folder) => (this.redis, this.folder) = (redis, folder);

    /// <summary>Why it cannot be used on this machine. Null: it can.</summary>
    public static string? WhyNot =>
        OperatingSystem.IsWindows() ? "The tests hold programs on a leash that Windows does not have."
        : Programs.FirstOrDefault(program => !IsOnPath(program)) is { } missing ? $"{missing} is not on the PATH."
        : null;

    public static async Task<DaprdSidecars> MakeAsync(Topology topology)
    {
        var folder = Directory.CreateTempSubdirectory("fundingflows-daprd-");
        var self = new DaprdSidecars(await RedisServer.StartAsync(folder.FullName), folder);
        DaprdFiles.Write(topology, folder.FullName, self.redis.Port);
        foreach (var instance in topology.Instances.Where(instance => instance.Service != ServiceKind.Gateway))
            self.links.Add(instance.Name, (CutLink.To(1, TimeProvider.System), CutLink.To(1, TimeProvider.System)));
        return self;
    }

    public int PortOf(string app) => links[app].Sidecar.Port;

    public void Beside(string app, Uri address) => links[app].App.LeadTo(address.Port);

    public async Task StartAsync(string app)
    {
        // Its API is served, and this says so, before it waits for its app (initRuntime); the health of all comes only afterwards.
        var (process, ports) = await FreePort.StartAsync(
            () => (Grpc: FreePort.Choose(), Http: FreePort.Choose()),
            ports => LeashedProcess.Start(Program, DaprdFiles.Arguments(app, links[app].App.Port, ports.Grpc, ports.Http, folder.FullName), folder.FullName, DaprdFiles.Environment),
            async ports => await FreePort.AnswersAsync(ports.Http) && await FreePort.AnswersAsync(ports.Grpc) && await IsOutboundAsync(ports.Http));
        running.Add(app, process);
        links[app].Sidecar.LeadTo(ports.Grpc);
    }

    public async Task KillAsync(string app)
    {
        running.Remove(app, out var process);
        await process!.DisposeAsync();
        links[app].Sidecar.LeadTo(1);
    }

    /// <summary>The stream has the name of the topic, and each of its entries a field <c>data</c> (redisStreams.Publish).</summary>
    public async Task<IReadOnlyList<byte[]>> GivenAsync(string topic)
    {
        await using var connection = await redis.ConnectAsync();
        var entries = (object[])(await connection.AskAsync("XRANGE", topic, "-", "+"))!;
        return [.. entries.Select(entry => ((object[])((object[])entry)[1]).Cast<byte[]>().Chunk(2).Single(field => field[0].AsSpan().SequenceEqual("data"u8))[1])];
    }

    public async Task PutAsync(string topic, byte[] anything)
    {
        await using var connection = await redis.ConnectAsync();
        await connection.AskAsync("XADD", topic, "*", "data", anything);
    }

    public async Task EmptyAsync()
    {
        await using var connection = await redis.ConnectAsync();
        await connection.AskAsync("FLUSHALL");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running.Values)
            await process.DisposeAsync();
        foreach (var (sidecar, app) in links.Values)
        {
            await sidecar.DisposeAsync();
            await app.DisposeAsync();
        }
        await redis.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<bool> IsOutboundAsync(int http)
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri($"http://127.0.0.1:{http}/v1.0/healthz/outbound"));
            return answer.StatusCode == HttpStatusCode.NoContent;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
