using System.Net;
using System.Net.Sockets;
using FundingFlows.Contracts.Ledger.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>An instance that takes calls and breaks them off, as one does that is killed: whoever called is told to try again.</summary>
public sealed class BreakingOffTests : IAsyncLifetime
{
    /// <summary>An empty SETTINGS frame: so begins a server of HTTP/2.</summary>
    private static readonly byte[] Settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];

    private readonly CancellationTokenSource end = new();
    private TestFederation federation = null!;
    private Front front = null!;
    private TcpListener listener = null!;
    private Task listening = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        federation = await Mini.StartAsync();
        front = Front.Of(federation);
        var port = new Uri(federation.Instance(CouncilB).Addresses.Grpc).Port;
        await federation.StopAsync(CouncilB);
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        listening = BreakOffAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        await listening;
        front.Dispose();
        await federation.DisposeAsync();
        end.Dispose();
    }

    [Fact]
    public async Task Calls_ThatAreBrokenOff_AreUnavailable_WhicheverEndIsNoticedFirst()
    {
        var client = new LedgerService.LedgerServiceClient(front.Grpc);
        var calls = Enumerable.Range(0, 400).Select(_ => Assert.ThrowsAsync<RpcException>(
            async () => await client.GetBodyAsync(new GetBodyRequest { Body = Hartlepool }, Front.For(Hartlepool)))).ToList();

        Assert.All(await Task.WhenAll(calls), problem => Assert.Equal((StatusCode.Unavailable, $"{Hartlepool} does not answer just now. Please try again in a minute."), (problem.StatusCode, problem.Status.Detail)));
    }

    /// <summary>Begins HTTP/2 on each connection, reads some of the calls, and ends it with a reset: each a little later than the one before.</summary>
    private async Task BreakOffAsync()
    {
        try
        {
            for (var most = 100; ; most += 211)
            {
                using var socket = await listener.AcceptSocketAsync(end.Token);
                await socket.SendAsync(Settings, end.Token);
                for (var (read, once) = (0, -1); read < most && once != 0; read += once)
                    once = await socket.ReceiveAsync(new byte[512], end.Token);
                socket.LingerState = new LingerOption(true, 0);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }
}
