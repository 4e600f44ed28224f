using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace FundingFlows.Gateway;

/// <summary>
/// The gateway's routes: REST by path, gRPC by the metadata key <c>ff-body</c>. A cluster for each port of each instance. What
/// bodies say to one another (peer) has no route: the courier goes directly.
/// </summary>
internal static class RouteTable
{
    /// <summary>The metadata key that says which body a gRPC call is for.</summary>
    public const string BodyHeader = "ff-body";

    /// <summary>Route metadata: which port of the body's instance is meant.</summary>
    public const string Port = "port";

    public const string HttpPort = "http";

    public const string GrpcPort = "grpc";

    private static readonly TimeSpan LongestSilence = TimeSpan.FromDays(1);

    public static string Http(string instance) => instance + "/http";

    public static string Grpc(string instance) => instance + "/grpc";

    /// <summary>The body that a request is for. Empty: it names none.</summary>
    public static string BodyOf(HttpContext context, bool isGrpc) =>
        isGrpc ? context.Request.Headers[BodyHeader].ToString() : (string?)context.Request.RouteValues["body"] ?? "";

    public static IReadOnlyList<RouteConfig> Routes(string audit) =>
    [
        ToBody("rest", "/v1/bodies/{body}/{**rest}", Http(audit), HttpPort),
        ToBody("journals", "/journals/{body}/{**rest}", Http(audit), HttpPort),
        ToBody("witness", "/witness/{body}/{**rest}", Http(audit), HttpPort),
        new RouteConfig { RouteId = "audit-witness", ClusterId = Http(audit), Match = new RouteMatch { Path = "/witness/audit/{**rest}" } },
        ToBody("grpc", "/{service:regex(^fundingflows\\.(?!audit\\.|peer\\.).+$)}/{method}", Grpc(audit), GrpcPort),
        ToBody("grpc-reflection", "/{service:regex(^grpc\\.reflection\\..+$)}/{method}", Grpc(audit), GrpcPort) with { Match = ReflectionOfABody },
        new RouteConfig { RouteId = "audit-rest", ClusterId = Http(audit), Match = new RouteMatch { Path = "/v1/audit/{**rest}" } },
        new RouteConfig { RouteId = "audit-grpc", ClusterId = Grpc(audit), Match = new RouteMatch { Path = "/{service:regex(^fundingflows\\.audit\\..+$)}/{method}" } },
        new RouteConfig { RouteId = "audit-reflection", ClusterId = Grpc(audit), Match = new RouteMatch { Path = "/{service:regex(^grpc\\.reflection\\..+$)}/{method}" }, Order = 1 },
    ];

    public static IReadOnlyList<ClusterConfig> Clusters(GatewayOptions options) =>
    [
        .. options.Behind.Select(instance => Cluster(Http(instance.Key), instance.Value.Http, null)),
        .. options.Behind.Select(instance => Cluster(Grpc(instance.Key), instance.Value.Grpc, new ForwarderRequestConfig
        {
            Version = System.Net.HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            // A journal that is followed may be silent for long.
            ActivityTimeout = LongestSilence,
        })),
    ];

    private static RouteMatch ReflectionOfABody => new()
    {
        Path = "/{service:regex(^grpc\\.reflection\\..+$)}/{method}",
        Headers = [new RouteHeader { Name = BodyHeader, Mode = HeaderMatchMode.Exists }],
    };

    /// <summary>A route to whichever instance hosts the body; the cluster here only stands in until that is looked up.</summary>
    private static RouteConfig ToBody(string id, string path, string standIn, string port) => new()
    {
        RouteId = id,
        ClusterId = standIn,
        Match = new RouteMatch { Path = path },
        Metadata = new Dictionary<string, string> { [Port] = port },
    };

    private static ClusterConfig Cluster(string id, string address, ForwarderRequestConfig? request) => new()
    {
        ClusterId = id,
        HttpRequest = request,
        Destinations = new Dictionary<string, DestinationConfig> { ["instance"] = new() { Address = address } },
    };
}
