using System.Collections.Concurrent;
using Grpc.Net.Client;

namespace FundingFlows.Tiers;

/// <summary>The network: one channel for each gRPC port, shared by all who call there.</summary>
public sealed class Outside : IOutside, IDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (GrpcChannel Channel, CallInvoker Invoker)> channels = new();

    public CallInvoker Grpc(string address) => channels.GetOrAdd(address, Open).Invoker;

    public HttpMessageHandler Http() => new SocketsHttpHandler { ConnectTimeout = ConnectTimeout, AllowAutoRedirect = false };

    public void Dispose()
    {
        foreach (var (channel, _) in channels.Values)
            channel.Dispose();
    }

    private static (GrpcChannel, CallInvoker) Open(string address)
    {
        var channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                KeepAlivePingDelay = TimeSpan.FromSeconds(20),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
                ConnectTimeout = ConnectTimeout,
            },
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(50),
            MaxReconnectBackoff = TimeSpan.FromSeconds(2),
        });
        return (channel, channel.CreateCallInvoker());
    }
}
