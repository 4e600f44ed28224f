namespace FundingFlows.Simulation;

/// <summary>
/// One call whose answer is many messages in their order. A lost message is a broken connection, which both ends notice only when they have heard
/// nothing for long.
/// </summary>
internal sealed class VirtualStream : IDisposable
{
    private readonly Life client;
    private readonly Place target;
    private readonly Queue<byte[]> arrived = [];
    private readonly CancellationTokenSource serverEnds = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RpcException? failed;
    private Life? server;
    private bool isOver;
    private bool isBroken;
    private long lastArrival;

    public VirtualStream(Life client, Place target, string method, byte[] request, CancellationToken cancellation)
    {
        (this.client, this.target) = (client, target);
        cancellation.Register(Abort);
        client.Ended += Abort;
        client.Town.Network.Cutting += Look;
        if (client.Town.Network.IsUnfollowed(client.Place, target) || !client.Town.Network.Send(client.Place, target, () => Arrive(method, request)))
            Break();
    }

    /// <summary>The next message. Null: there are no more.</summary>
    public async Task<byte[]?> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (arrived.TryDequeue(out var message))
                return message;
            if (failed is not null)
                throw failed;
            if (isOver)
                return null;
            await changed.Task.Until(cancellation);
        }
    }

    /// <summary>The client wants no more of it.</summary>
    public void Abort()
    {
        Fail(StatusCode.Cancelled, "The caller does not wait any more.");
        if (!client.Town.Network.Send(client.Place, target, serverEnds.Cancel))
            client.Town.Scheduler.After(VirtualNetwork.KeepAlive, serverEnds.Cancel);
    }

    public void Dispose() => serverEnds.Dispose();

    private void Arrive(string method, byte[] request)
    {
        if (target.Life is not { IsListening: true } alive)
        {
            Back(() => Fail(StatusCode.Unavailable, "Nobody listens there."));
            return;
        }
        server = alive;
        server.Ended += ServerEnded;
        _ = client.Town.Scheduler.Begin(() => ServeAsync(alive, method, request));
    }

    private async Task ServeAsync(Life alive, string method, byte[] request)
    {
        try
        {
            await alive.Calls.Streams[method](request, message => Write(method, request, message), new VirtualContext(method, DateTime.MaxValue, serverEnds.Token));
            Back(() => End(null));
        }
        catch (Exception problem) when (alive.IsAlive)
        {
            if (!serverEnds.IsCancellationRequested || problem is RpcException)
                Back(() => End(VirtualInvoker.ToldOf(alive, method, problem)));
        }
        catch (Exception)
        {
            // It has ended, and nobody hears what its end made of this.
        }
        finally
        {
            alive.Ended -= ServerEnded;
        }
    }

    private Task Write(string method, byte[] request, byte[] message)
    {
        serverEnds.Token.ThrowIfCancellationRequested();
        client.Town.Oracle.Answers(target, method, request, message);
        Back(() =>
        {
            if (failed is not null || isBroken)
                return;
            arrived.Enqueue(message);
            Tell();
        });
        return Task.CompletedTask;
    }

    /// <summary>A process that ends has its connections ended by its system.</summary>
    private void ServerEnded() => Back(() => Fail(StatusCode.Unavailable, "The connection was broken off."));

    private void Back(Action told)
    {
        if (!isBroken && !client.Town.Network.Send(target, client.Place, told, ref lastArrival))
            Break();
    }

    private void Break()
    {
        if (isBroken)
            return;
        isBroken = true;
        client.Town.Scheduler.After(VirtualNetwork.KeepAlive, () =>
        {
            Fail(StatusCode.Unavailable, "Nothing was heard for too long.");
            serverEnds.Cancel();
        });
    }

    private void Look()
    {
        if (client.Town.Network.IsCut(target, client.Place) || client.Town.Network.IsCut(client.Place, target) || client.Town.Network.IsUnfollowed(client.Place, target))
            Break();
    }

    private void Fail(StatusCode code, string detail) => End(VirtualInvoker.Failed(code, detail));

    private void End(RpcException? problem)
    {
        if (isOver)
            return;
        (isOver, failed) = (true, problem);
        client.Ended -= Abort;
        client.Town.Network.Cutting -= Look;
        Tell();
    }

    private void Tell() => Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}

/// <summary>Reads such a call.</summary>
internal sealed class VirtualReader<T>(VirtualStream stream, Func<byte[], T> read) : IAsyncStreamReader<T>
{
    public T Current { get; private set; } = default!;

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (await stream.NextAsync(cancellationToken) is not { } message)
            return false;
        Current = read(message);
        return true;
    }
}
