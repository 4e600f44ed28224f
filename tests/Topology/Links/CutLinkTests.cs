using System.Net;
using System.Net.Sockets;
using FundingFlows.Support;

namespace FundingFlows.Topologies.Tests;

/// <summary>The link that tests cut: what it carries, and what becomes of connections when it is cut, silenced and healed.</summary>
public sealed class CutLinkTests : IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CutLink link;

    public CutLinkTests()
    {
        listener.Start();
        link = CutLink.To(((IPEndPoint)listener.LocalEndpoint).Port, TimeProvider.System);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Link_Whole_CarriesBothWays()
    {
        using var pair = await ConnectAsync();

        await SayAsync(pair.Caller, 1);
        await SayAsync(pair.Called, 2);

        Assert.Equal(1, await HearAsync(pair.Called));
        Assert.Equal(2, await HearAsync(pair.Caller));
    }

    [Fact]
    public async Task Link_Cut_ResetsWhatIsOpenAndWhatComes()
    {
        using var pair = await ConnectAsync();

        link.Cut();

        await Assert.ThrowsAnyAsync<Exception>(() => HearAsync(pair.Caller));
        await Assert.ThrowsAnyAsync<Exception>(() => HearAsync(pair.Called));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var late = await CallAsync();
            await HearAsync(late);
        });
    }

    [Fact]
    public async Task Link_Healed_CarriesNewConnections()
    {
        link.Cut();
        link.Heal();

        using var pair = await ConnectAsync();
        await SayAsync(pair.Caller, 3);

        Assert.Equal(3, await HearAsync(pair.Called));
    }

    [Fact]
    public async Task Link_SilencedOneWay_CarriesTheOtherWayAndGoesOnWhenHealed()
    {
        using var pair = await ConnectAsync();
        link.Silence(LinkWays.Out);

        await SayAsync(pair.Caller, 4);
        var heard = HearAsync(pair.Called);
        await SayAsync(pair.Called, 5);

        Assert.Equal(5, await HearAsync(pair.Caller));
        Assert.False(heard.IsCompleted);
        link.Heal();
        Assert.Equal(4, await heard);
    }

    [Fact]
    public async Task Link_Slowed_KeepsEveryPieceSoLong()
    {
        using var pair = await ConnectAsync();
        link.Slow(Moment);
        var started = TimeProvider.System.GetTimestamp();

        await SayAsync(pair.Caller, 6);
        await HearAsync(pair.Called);

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), Moment - TimeSpan.FromMilliseconds(20), TimeSpan.MaxValue);
    }

    [Fact]
    public async Task Link_OfNobody_ResetsWhoCalls()
    {
        listener.Stop();

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var caller = await CallAsync();
            await HearAsync(caller);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await link.DisposeAsync();
        listener.Dispose();
    }

    private async Task<Pair> ConnectAsync()
    {
        var caller = await CallAsync();
        return new Pair(caller, await listener.AcceptSocketAsync(Stop));
    }

    private async Task<Socket> CallAsync()
    {
        var caller = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await caller.ConnectAsync(IPAddress.Loopback, link.Port, Stop);
        return caller;
    }

    private static async Task SayAsync(Socket socket, byte word) => await socket.SendAsync(new[] { word }, Stop);

    /// <summary>The next byte. Throws when there will be none.</summary>
    private static async Task<int> HearAsync(Socket socket)
    {
        var word = new byte[1];
        return await socket.ReceiveAsync(word, Stop) == 1 ? word[0] : throw new EndOfStreamException();
    }

    private sealed record Pair(Socket Caller, Socket Called) : IDisposable
    {
        public void Dispose()
        {
            Caller.Dispose();
            Called.Dispose();
        }
    }
}
