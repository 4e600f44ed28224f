namespace FundingFlows.AppHost;

/// <summary>The two endpoints that every process here has.</summary>
internal static class LoopbackEndpoints
{
    /// <summary>HTTP/2 without TLS, for gRPC.</summary>
    public const string Grpc = "grpc";

    /// <summary>HTTP/1.1.</summary>
    public const string Http = "http";

    /// <summary>Adds an endpoint that the process itself listens on.</summary>
    /// <param name="setting">The setting that tells the process its port. Null: its command line does.</param>
    public static IResourceBuilder<T> WithLoopbackEndpoint<T>(this IResourceBuilder<T> builder, string name, int port, string? setting = null)
        where T : IResourceWithEndpoints =>
        builder
            .WithHttpEndpoint(port, targetPort: port, name, setting, isProxied: false)
            .WithEndpoint(name, endpoint =>
            {
                // Not the name localhost, which also means ::1, where nobody listens.
                endpoint.TargetHost = "127.0.0.1";
                endpoint.Transport = name == Grpc ? "http2" : "http";
            });
}
