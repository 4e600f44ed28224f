using FundingFlows.Contracts.Peer.V1;

namespace FundingFlows.Simulation;

/// <summary>Calls from one life of an instance to another instance: real messages, real deadlines, real statuses; only the network is not.</summary>
internal sealed class VirtualInvoker(Life life, Place target) : CallInvoker
{
    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var bytes = Wire.Write(request);
        return new AsyncUnaryCall<TResponse>(AskAsync(method, options, bytes), Task.FromResult(Metadata.Empty), () => Status.DefaultSuccess, () => Metadata.Empty, () => { });
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var stream = new VirtualStream(life, target, method.FullName, Wire.Write(request), options.CancellationToken);
        return new AsyncServerStreamingCall<TResponse>(
            new VirtualReader<TResponse>(stream, bytes => Wire.Read(method.ResponseMarshaller, bytes)), Task.FromResult(Metadata.Empty), () => Status.DefaultSuccess, () => Metadata.Empty, stream.Abort);
    }

    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) => throw new NotSupportedException();

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new NotSupportedException();

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options) =>
        throw new NotSupportedException();

    private async Task<TResponse> AskAsync<TRequest, TResponse>(Method<TRequest, TResponse> method, CallOptions options, byte[] request)
    {
        var answer = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = options.Deadline is { } deadline ? deadline - life.Time.GetUtcNow().UtcDateTime : VirtualNetwork.KeepAlive;
        var over = life.Town.Scheduler.After(left, () => answer.TrySetException(Failed(options.Deadline is null ? StatusCode.Unavailable : StatusCode.DeadlineExceeded, "No answer came in time.")));
        using var cancelled = options.CancellationToken.Register(() => answer.TrySetException(Failed(StatusCode.Cancelled, "The caller does not wait any more.")));
        Ask(method.FullName, request, left, answer);
        if (life.Town.Weather.IsRepeated())
            Ask(method.FullName, request, left, answer);
        try
        {
            var response = await answer.Task;
            life.Town.Oracle.Hears(life, method.FullName, request, response);
            return Wire.Read(method.ResponseMarshaller, response);
        }
        catch (RpcException problem) when (life.IsAlive && problem.StatusCode is StatusCode.DeadlineExceeded or StatusCode.Unavailable && method.FullName == Oracle.Deliver)
        {
            await life.Town.Bugs.NotDeliveredAsync(life, DeliverRequest.Parser.ParseFrom(request));
            throw;
        }
        finally
        {
            over.Cancel();
        }
    }

    /// <summary>Sends the request; what is answered comes back, or does not.</summary>
    private void Ask(string method, byte[] request, TimeSpan left, TaskCompletionSource<byte[]> answer)
    {
        life.Town.Oracle.Asks(method, request);
        if (method == Oracle.Read && life.Town.Network.IsUnfollowed(life.Place, target))
            return;
        life.Town.Network.Send(life.Place, target, () =>
        {
            if (target.Life is not { IsListening: true } server)
                Back(() => answer.TrySetException(Failed(StatusCode.Unavailable, "Nobody listens there.")));
            else
                _ = life.Town.Scheduler.Begin(() => ServeAsync(server, method, request, left, answer));
        });
    }

    private async Task ServeAsync(Life server, string method, byte[] request, TimeSpan left, TaskCompletionSource<byte[]> answer)
    {
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.FromTicks(1), server.Time);
        void Broken() => Back(() => answer.TrySetException(Failed(StatusCode.Unavailable, "The connection was broken off.")));
        server.Ended += Broken;
        try
        {
            var response = await server.Calls.Unary[method](request, new VirtualContext(method, server.Time.GetUtcNow().Add(left).UtcDateTime, deadline.Token));
            if (!server.IsAlive)
                return;
            server.Town.Oracle.Answers(target, method, request, response);
            Back(() => answer.TrySetResult(response));
        }
        catch (Exception problem) when (server.IsAlive)
        {
            Back(() => answer.TrySetException(ToldOf(server, method, problem)));
        }
        catch (Exception)
        {
            // It has ended, and nobody hears what its end made of this.
        }
        finally
        {
            server.Ended -= Broken;
        }
    }

    private void Back(Action told)
    {
        if (life.IsAlive)
            life.Town.Network.Send(target, life.Place, told);
    }

    /// <summary>What a client is told of what a method threw. Nothing expected is anything but a status.</summary>
    internal static RpcException ToldOf(Life server, string method, Exception problem)
    {
        if (problem is RpcException told)
            return new RpcException(told.Status, told.Trailers);
        if (problem is not OperationCanceledException)
            server.Town.Oracle.Breach(Check.NothingUnforeseen, $"{method} of {server.Place.Name} answers with what is no status: {problem}");
        return Failed(StatusCode.Unknown, "Exception was thrown by handler.");
    }

    internal static RpcException Failed(StatusCode code, string detail) => new(new Status(code, detail));
}
