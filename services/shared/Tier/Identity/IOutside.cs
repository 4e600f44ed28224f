namespace FundingFlows.Tiers;

/// <summary>The ways out of this instance to others; there are no other ones.</summary>
public interface IOutside
{
    /// <summary>The way to a gRPC port.</summary>
    /// <param name="address">For example <c>http://127.0.0.1:7001</c>.</param>
    CallInvoker Grpc(string address);

    /// <summary>What sends requests to HTTP/1.1 ports. Whoever asked for it disposes of it.</summary>
    HttpMessageHandler Http();
}
