using System.Net;
using FundingFlows.Contracts.Peer.V1;
using Grpc.Health.V1;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Gateway.Tests;

/// <summary>What is behind the gateway and not for the outside: what bodies say to one another, and what hosts and sidecars ask instances.</summary>
public sealed class HiddenTests(Played played)
{
    [Fact]
    public async Task Peer_OfABody_HasNoRouteThoughTheBodyServesIt()
    {
        var direct = await Assert.ThrowsAsync<RpcException>(async () => await new PeerService.PeerServiceClient(played.Federation.ToBody(Durham)).DeliverAsync(new DeliverRequest()));
        Assert.Equal(StatusCode.InvalidArgument, direct.StatusCode);

        foreach (var headers in new[] { Front.For(Durham), [] })
        {
            var outside = await Assert.ThrowsAsync<RpcException>(async () => await new PeerService.PeerServiceClient(played.Front.Grpc).DeliverAsync(new DeliverRequest(), headers));
            Assert.Equal(StatusCode.Unimplemented, outside.StatusCode);
        }
    }

    [Theory]
    [InlineData("FundingFlows.Peer.v1.PeerService")]
    [InlineData("fundingflows%2Epeer.v1.PeerService")]
    [InlineData("fundingflows.ledger/../fundingflows.peer.v1.PeerService")]
    [InlineData("fundingflows.ledger%2F..%2Ffundingflows.peer.v1.PeerService")]
    [InlineData("fundingflows.audit/%2e%2e/fundingflows.peer.v1.PeerService")]
    public async Task Peer_WrittenOtherwise_HasNoRouteEither(string service)
    {
        var marshaller = Marshallers.Create<byte[]>(sent => sent, received => received);
        var deliver = new Method<byte[], byte[]>(MethodType.Unary, service, "Deliver", marshaller, marshaller);

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await played.Front.Grpc.CreateCallInvoker().AsyncUnaryCall(deliver, null, new CallOptions(Front.For(Durham)), []));

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }

    [Fact]
    public async Task HealthByGrpc_OfAnInstance_HasNoRoute()
    {
        var direct = await new Health.HealthClient(played.Federation.To(CouncilA)).CheckAsync(new HealthCheckRequest());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, direct.Status);

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await new Health.HealthClient(played.Front.Grpc).CheckAsync(new HealthCheckRequest(), Front.For(Durham)));
        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }

    [Theory]
    [InlineData("/dapr/subscribe")]
    [InlineData("/v1/bodies/E06000047/../../../dapr/subscribe")]
    [InlineData("/v1/bodies/E06000047/%2e%2e/%2e%2e/%2e%2e/dapr/subscribe")]
    [InlineData("/v1/bodies/E06000047/..%2f..%2f..%2fdapr%2fsubscribe")]
    public async Task Callback_OfTheSidecar_HasNoRoute(string path)
    {
        using var direct = new HttpClient { BaseAddress = played.Federation.HttpOf(CouncilA) };
        Assert.Equal(HttpStatusCode.OK, (await direct.GetAsync(new Uri("/dapr/subscribe", UriKind.Relative))).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await played.Front.GetAsync(path)).Status);
    }

    [Fact]
    public async Task News_FromOutside_HasNoRoute() =>
        Assert.Equal(HttpStatusCode.NotFound, (await played.Front.PostAsync(Tiers.JournalMoved.Route, new System.Text.Json.Nodes.JsonObject())).Status);
}
