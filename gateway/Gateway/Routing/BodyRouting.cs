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
        proxy.Use(RouteAsync);
        proxy.UseSessionAffinity();
        proxy.UseLoadBalancing();
        proxy.UsePassiveHealthChecks();
    });

    private static Task RouteAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetReverseProxyFeature().Route.Config.Metadata?.GetValueOrDefault(RouteTable.Port) is not { } port)
            return next(context);
        var isGrpc = port == "grpc";
        var body = isGrpc ? context.Request.Headers[RouteTable.BodyHeader].ToString() : (string?)context.Request.RouteValues["body"] ?? "";
        var options = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value;
        if (!options.Directory.TryGetValue(body, out var instance))
            return isGrpc ? NoBodyAsync(context, body) : NotFoundAsync(context, body);
        var clusters = context.RequestServices.GetRequiredService<IProxyStateLookup>();
        if (!clusters.TryGetCluster(isGrpc ? RouteTable.Grpc(instance) : RouteTable.Http(instance), out var cluster))
            throw new InvalidOperationException($"{instance} has no cluster.");
        context.ReassignProxyRequest(cluster);
        return next(context);
    }

    private static Task NotFoundAsync(HttpContext context, string body) =>
        Results.Problem($"There is no body {body}.", statusCode: StatusCodes.Status404NotFound, title: "Not found").ExecuteAsync(context);

    /// <summary>A gRPC answer without a message: status and sentence in the headers.</summary>
    private static Task NoBodyAsync(HttpContext context, string body)
    {
        var (code, sentence) = body.Length == 0
            ? (StatusCode.InvalidArgument, $"Say which body the call is for: metadata {RouteTable.BodyHeader}.")
            : (StatusCode.NotFound, $"There is no body {body}.");
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = ((int)code).ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString(sentence);
        return Task.CompletedTask;
    }
}
