using System.Collections.Concurrent;
using FundingFlows.Contracts.Peer.V1;
using Grpc.AspNetCore.Server;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Tiers.Tests;

/// <summary>A delivery that has come to the door of its receiver.</summary>
/// <param name="Message">What the sender says.</param>
/// <param name="Decide">Has the receiver decide it, and answers as the receiver does.</param>
internal sealed record AtTheDoor(CourierMessage Message, Func<Task<DeliverResponse>> Decide);

/// <summary>Stands between the bodies: between a pair of them it answers as a test wants, and counts what comes.</summary>
internal sealed class Meddler
{
    private readonly ConcurrentDictionary<(string Sender, string Receiver), Func<AtTheDoor, Task<DeliverResponse>>> meddling = new();
    private readonly ConcurrentDictionary<(string Sender, string Receiver), int> counted = new();

    /// <summary>From now on, between these two.</summary>
    public void Between(string sender, string receiver, Func<AtTheDoor, Task<DeliverResponse>> answer) => meddling[(sender, receiver)] = answer;

    /// <summary>From now on nothing is changed between these two.</summary>
    public void Leave(string sender, string receiver) => meddling.TryRemove((sender, receiver), out _);

    /// <summary>How many batches have come.</summary>
    public int Came(string sender, string receiver) => counted.GetValueOrDefault((sender, receiver));

    /// <summary>Puts it into an instance.</summary>
    public void Join(IServiceCollection services)
    {
        services.AddSingleton(this);
        services.Configure<GrpcServiceOptions>(grpc => grpc.Interceptors.Add<MeddlingInterceptor>());
    }

    internal async Task<DeliverResponse> AnswerAsync(DeliverRequest request, Func<Task<DeliverResponse>> decide)
    {
        var message = CourierMessage.Parser.ParseFrom(request.Signed.Message);
        var pair = (message.Sender, message.Receiver);
        counted.AddOrUpdate(pair, 1, (_, before) => before + 1);
        return meddling.TryGetValue(pair, out var answer) ? await answer(new AtTheDoor(message, decide)) : await decide();
    }
}

internal sealed class MeddlingInterceptor(Meddler meddler) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
        request is DeliverRequest delivery
            ? (TResponse)(object)await meddler.AnswerAsync(delivery, async () => (DeliverResponse)(object)await continuation(request, context))
            : await continuation(request, context);
}
