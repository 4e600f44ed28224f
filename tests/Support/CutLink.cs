using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace FundingFlows.Support;

/// <summary>The ways of a link.</summary>
[Flags]
public enum LinkWays
{
    None = 0,

    /// <summary>From who called to who was called.</summary>
    Out = 1,

    /// <summary>Back.</summary>
    Back = 2,
    Both = Out | Back,
}

/// <summary>
/// A link that can be cut: listens on a port of loopback that was free, and carries bytes to another one and back. What is silenced stalls, as it
/// does where packets are lost: it goes on when the link is healed, unless who waits has given up.
/// </summary>
public sealed class CutLink : IAsyncDisposable
{
    private const int PieceBytes = 1 << 16;
    private static readonly LingerOption NoLinger = new(enable: true, seconds: 0);
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private IPEndPoint target;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private readonly HashSet<Socket> open = [];
    private readonly Task accepting;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool isCut;
    private LinkWays silent;
    private TimeSpan delay;

    private CutLink(int target, TimeProvider time)
    {
        this.target = new IPEndPoint(IPAddress.Loopback, target);
        this.time = time;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Begins to carry to a port of loopback. Whether anybody listens there shows with each connection.</summary>
    public static CutLink To(int target, TimeProvider time) => new(target, time);

    /// <summary>Leads elsewhere from now on: whoever was called there has come back at another port.</summary>
    public void LeadTo(int port) => Change(() => target = new IPEndPoint(IPAddress.Loopback, port));

    /// <summary>Resets every connection, and whatever comes until it is healed.</summary>
    public void Cut()
    {
        Change(() => isCut = true);
        Reset();
    }

    /// <summary>Carries nothing these ways until it is healed; connections stay open.</summary>
    public void Silence(LinkWays ways) => Change(() => silent = ways);

    /// <summary>Keeps every piece this long before it goes on, either way.</summary>
    public void Slow(TimeSpan each) => Change(() => delay = each);

    /// <summary>Carries everything at once again.</summary>
    public void Heal() => Change(() => (isCut, silent, delay) = (false, LinkWays.None, TimeSpan.Zero));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Dispose();
        Reset();
        await accepting;
        ending.Dispose();
    }

    private void Change(Action change)
    {
        TaskCompletionSource over;
        lock (gate)
        {
            change();
            over = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        over.SetResult();
    }

    private void Reset()
    {
        Socket[] sockets;
        lock (gate)
            sockets = [.. open];
        foreach (var socket in sockets)
            Reset(socket);
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = NoLinger;
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        var carried = new List<Task>();
        while (!ending.IsCancellationRequested)
        {
            try
            {
                var caller = await listener.AcceptAsync(ending.Token);
                carried.RemoveAll(one => one.IsCompleted);
                carried.Add(CarryAsync(caller));
            }
            catch (Exception problem) when (problem is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The end, or a caller that has gone away before it was heard.
            }
        }
        await Task.WhenAll(carried);
    }

    private async Task CarryAsync(Socket caller)
    {
        using var called = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Opened(caller);
            Opened(called);
            await called.ConnectAsync(target, ending.Token);
            await Task.WhenAll(CarryAsync(caller, called, LinkWays.Out), CarryAsync(called, caller, LinkWays.Back));
        }
        catch (Exception problem) when (problem is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Cut, or nobody listens there: who called is told by a reset.
        }
        finally
        {
            lock (gate)
            {
                open.Remove(caller);
                open.Remove(called);
            }
            Reset(caller);
            Reset(called);
        }
    }

    /// <summary>Throws <see cref="OperationCanceledException"/> when the link is cut: what is opened after the reset is reset too.</summary>
    private void Opened(Socket socket)
    {
        lock (gate)
        {
            if (isCut || ending.IsCancellationRequested)
                throw new OperationCanceledException();
            open.Add(socket);
        }
        socket.NoDelay = true;
    }

    /// <summary>One way of one connection. Where it breaks, the other way breaks with it.</summary>
    private async Task CarryAsync(Socket from, Socket to, LinkWays way)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (await from.ReceiveAsync(piece.AsMemory(0, PieceBytes), ending.Token) is > 0 and var read)
            {
                await PassAsync(way);
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(piece.AsMemory(sent, read - sent), ending.Token);
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            Reset(from);
            Reset(to);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>Waits until a piece may go on this way.</summary>
    private async Task PassAsync(LinkWays way)
    {
        if (Kept() is { Ticks: > 0 } kept)
            await Task.Delay(kept, time, ending.Token);
        while (Silenced(way) is { } over)
            await over.WaitAsync(ending.Token);
    }

    private TimeSpan Kept()
    {
        lock (gate)
            return delay;
    }

    /// <summary>What ends when the state of the link changes. Null: it carries this way.</summary>
    private Task? Silenced(LinkWays way)
    {
        lock (gate)
            return (silent & way) == 0 ? null : changed.Task;
    }
}
