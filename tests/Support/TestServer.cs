using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Support;

/// <summary>What stands in tests for a program elsewhere: a real server on loopback, on ports that it is given, which logs nothing.</summary>
public static class TestServer
{
    /// <param name="ports">What is spoken, at a port of its own each.</param>
    public static WebApplicationBuilder Speaking(params HttpProtocols[] ports)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            foreach (var spoken in ports)
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = spoken);
        });
        if (ports.Contains(HttpProtocols.Http2))
            builder.Services.AddGrpc();
        return builder;
    }

    /// <summary>Where a server that has started listens, in the order of its ports.</summary>
    public static string[] Addresses(this WebApplication server) => [.. server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>Ends a server at once: others may hold streams open, and nobody waits for them.</summary>
    public static async ValueTask EndAsync(this WebApplication server)
    {
        await server.StopAsync(new CancellationToken(canceled: true));
        await server.DisposeAsync();
    }
}
