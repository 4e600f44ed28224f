using FundingFlows.Contracts.Peer.V1;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace FundingFlows.Simulation;

/// <summary>
/// The courier skips on an error: when delivering fails, it goes on with the delivery behind the first of those that it was delivering, as if that one
/// were answered. A start makes it forget what it has skipped.
/// </summary>
internal sealed class SkipsOnAnError : Bug
{
    public override IReadOnlyList<Check> FoundBy => [Check.EverythingArrives];

    public override void Replace(Life life, IServiceCollection services) => services.AddSingleton<IOutside>(new Outside(new VirtualOutside(life), new Skipping(life)));

    private sealed class Outside(IOutside right, Skipping skipping) : IOutside
    {
        public CallInvoker Grpc(string address) => right.Grpc(address).Intercept(skipping);

        public HttpMessageHandler Http() => right.Http();
    }

    private sealed class Skipping(Life life) : Interceptor
    {
        private readonly HashSet<(string Sender, string Receiver, uint Epoch, ulong Sequence)> skipped = [];

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            if (request is not DeliverRequest deliver)
                return continuation(request, context);
            var message = CourierMessage.Parser.ParseFrom(deliver.Signed.Message);
            var left = message.Deliveries.Deliveries.Where(delivery => !skipped.Contains(NameOf(message, delivery))).ToList();
            if (left.Count == 0)
                throw VirtualInvoker.Failed(StatusCode.Unavailable, "Nothing is left to deliver.");
            message.Deliveries = new DeliveryBatch { Deliveries = { left } };
            var call = continuation((TRequest)(object)new DeliverRequest { Signed = CourierSignature.Sign(message, life.Bodies.Find(message.Sender)!.Key) }, context);
            return new AsyncUnaryCall<TResponse>(AnswerAsync(call.ResponseAsync, NameOf(message, left[0])), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
        }

        private static (string Sender, string Receiver, uint Epoch, ulong Sequence) NameOf(CourierMessage message, FundingFlows.Contracts.Peer.V1.Delivery delivery) =>
            (message.Sender, message.Receiver, message.SenderEpoch, delivery.Sequence);

        private async Task<TResponse> AnswerAsync<TResponse>(Task<TResponse> answer, (string, string, uint, ulong) first)
        {
            try
            {
                return await answer;
            }
            catch (RpcException)
            {
                skipped.Add(first);
                throw;
            }
        }
    }
}
