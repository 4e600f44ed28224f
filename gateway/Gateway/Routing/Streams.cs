using Microsoft.AspNetCore.Http.Features;

namespace FundingFlows.Gateway;

/// <summary>
/// Ends the streams that go through the gateway when it stops. They have no end of their own: without this it would wait for all who
/// follow a journal, as long as a host waits for anything.
/// </summary>
internal static class Streams
{
    /// <summary>REFUSED_STREAM of HTTP/2: the one code that clients of gRPC read as UNAVAILABLE, after which they follow again.</summary>
    private const int Refused = 7;

    private static readonly HashSet<string> Paths =
        [.. ContractDescriptors.Services().SelectMany(service => service.Methods).Where(rpc => rpc.IsServerStreaming).Select(rpc => $"/{rpc.Service.FullName}/{rpc.Name}")];

    public static async Task EndWithTheGatewayAsync(HttpContext context, RequestDelegate next)
    {
        if (!Paths.Contains(context.Request.Path.Value ?? ""))
        {
            await next(context);
            return;
        }
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var end = stopping.Register(() => End(context));
        await next(context);
    }

    private static void End(HttpContext context)
    {
        if (context.Features.Get<IHttpResetFeature>() is { } stream)
            stream.Reset(Refused);
        else
            context.Abort();
    }
}
