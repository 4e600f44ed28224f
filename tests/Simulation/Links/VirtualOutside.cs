namespace FundingFlows.Simulation;

/// <summary>The ways out of one life of an instance.</summary>
internal sealed class VirtualOutside(Life life) : IOutside
{
    public CallInvoker Grpc(string address) => new VirtualInvoker(life, life.Town.Places[new Uri(address).Host]);

    public HttpMessageHandler Http() => new VirtualHttp(life);
}
