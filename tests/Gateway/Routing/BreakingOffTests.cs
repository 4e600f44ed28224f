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

    /// <summary>So long without a byte is an end: all that will come has come.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(100);

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

        Assert.All(await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(90)), problem => Assert.Equal((StatusCode.Unavailable, $"{Hartlepool} does not answer just now. Please try again in a minute."), (problem.StatusCode, problem.Status.Detail)));
    }

    private async Task BreakOffAsync()
    {
        for (var most = 100; !end.IsCancellationRequested; most += 211)
            try
            {
                using var socket = await listener.AcceptSocketAsync(end.Token);
                await BreakOffAsync(socket, most);
            }
            catch (Exception problem) when (problem is OperationCanceledException or SocketException)
            {
                // The test has ended, or the other end went before it was heard.
            }
    }

    /// <summary>
    /// Begins HTTP/2, reads some of the calls, and ends the connection with a reset: each a little later than the one before, but never later than when nothing
    /// more comes, because the last calls wait for their answers and send nothing.
    /// </summary>
    private async Task BreakOffAsync(Socket socket, int most)
    {
        try
        {
            await socket.SendAsync(Settings, end.Token);
            for (var (read, once) = (0, -1); read < most && once != 0; read += once)
                once = await socket.ReceiveAsync(new byte[512], end.Token).AsTask().WaitAsync(Silence, TimeProvider.System, end.Token);
        }
        catch (Exception problem) when (problem is SocketException or TimeoutException)
        {
            // The other end was quicker, or says nothing more.
        }
        socket.LingerState = new LingerOption(true, 0);
    }
}
