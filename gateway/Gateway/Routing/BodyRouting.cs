using Grpc.Core;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy;

namespace FundingFlows.Gateway;

/// <summary>Sends each request for a body to the instance that hosts it.</summary>
internal static class BodyRouting
{
    public static void AddRouting(this IServiceCollection services, GatewayOptions options) =>
        services.AddReverseProxy().LoadFromMemory(RouteTable.Routes(options.Audit), RouteTable.Clusters(options));

    public static void MapRoutes(this WebApplication app) => app.MapReverseProxy(proxy =>
    {
        proxy.Use(CallFailures.ExplainAsync);
        proxy.Use(Streams.EndWithTheGatewayAsync);
        proxy.Use(RouteAsync);
        proxy.UseSessionAffinity();
        proxy.UseLoadBalancing();
        proxy.UsePassiveHealthChecks();
    });

    private static Task RouteAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetReverseProxyFeature().Route.Config.Metadata?.GetValueOrDefault(RouteTable.Port) is not { } port)
            return next(context);
        var isGrpc = port == RouteTable.GrpcPort;
        var body = RouteTable.BodyOf(context, isGrpc);
        var options = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        if (!options.Directory.TryGetValue(body, out var instance))
            return isGrpc ? NoBodyAsync(context, body) : CallFailures.AnswerAsync(context, StatusCodes.Status404NotFound, "Not found", $"There is no body {body}.");
        var clusters = context.RequestServices.GetRequiredService<IProxyStateLookup>();
        if (!clusters.TryGetCluster(isGrpc ? RouteTable.Grpc(instance) : RouteTable.Http(instance), out var cluster))
            throw new InvalidOperationException($"{instance} has no cluster.");
        context.ReassignProxyRequest(cluster);
        return next(context);
    }

    private static Task NoBodyAsync(HttpContext context, string body) => body.Length == 0
        ? CallFailures.AnswerGrpcAsync(context, StatusCode.InvalidArgument, "MALFORMED", $"Say which body the call is for: metadata {RouteTable.BodyHeader}.")
        : CallFailures.AnswerGrpcAsync(context, StatusCode.NotFound, "NOT_HERE", $"There is no body {body}.");
}
