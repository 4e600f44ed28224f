namespace FundingFlows.Simulation;

/// <summary>Answers a call.</summary>
internal delegate Task<byte[]> UnaryHandler(byte[] request, ServerCallContext context);

/// <summary>Answers a call with messages one after the other.</summary>
internal delegate Task StreamHandler(byte[] request, Func<byte[], Task> write, ServerCallContext context);

/// <summary>The gRPC methods of an instance by their full names, with the interceptor around them that production has.</summary>
internal sealed class ServiceTable(ErrorInterceptor interceptor) : ServiceBinderBase
{
    public Dictionary<string, UnaryHandler> Unary { get; } = [];

    public Dictionary<string, StreamHandler> Streams { get; } = [];

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        Unary[method.FullName] = async (request, context) => Wire.Write(
            await interceptor.UnaryServerHandler(Wire.Read(method.RequestMarshaller, request), context, handler!));

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        Streams[method.FullName] = (request, write, context) => interceptor.ServerStreamingServerHandler(
            Wire.Read(method.RequestMarshaller, request), new Writer<TResponse>(message => write(Wire.Write(message))), context, handler!);

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
    }

    private sealed class Writer<T>(Func<T, Task> write) : IServerStreamWriter<T> where T : class
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(T message) => write(message);

        public Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return write(message);
        }
    }
}
