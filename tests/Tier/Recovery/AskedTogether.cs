using FundingFlows.Contracts.Peer.V1;
using Grpc.AspNetCore.Server;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Tiers.Tests;

/// <summary>Has an instance tell what it was delivered only to who has asked by then what it has seen, too: both are asked at once, or it stays silent.</summary>
internal sealed class AskedTogether : Interceptor
{
    private readonly TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsOn { get; set; }

    /// <summary>Puts it into an instance.</summary>
    public void Join(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<AskedTogether>());
    }

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (IsOn && request is TellSeenRequest)
            seen.TrySetResult();
        if (IsOn && request is TellDeliveredRequest)
            await seen.Task.WaitAsync(context.CancellationToken);
        return await continuation(request, context);
    }
}
