using System.Net;
using FundingFlows.Tiers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;

namespace FundingFlows.Gateway;

/// <summary>What the gateway is made of: the only thing that the outside sees.</summary>
public static class GatewayHosting
{
    private const string SettingsFile = "FundingFlowsSettings";
    private const long MostBodyBytes = 4 << 20;

    public static WebApplicationBuilder AddGateway(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[SettingsFile] is { Length: > 0 } file)
        {
            var source = new JsonConfigurationSource { Path = Path.GetFullPath(file) };
            source.ResolveFileProvider();
            builder.Configuration.Sources.Insert(0, source);
        }
        builder.Configuration.AddQuietLibraries();
        builder.Services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection(GatewayOptions.Section).Get<GatewayOptions>() ?? new GatewayOptions();
        // Asked of the services, so that wrong settings are told as such, before a port or a route that cannot be made of them.
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, kestrel.ApplicationServices.GetRequiredService<IOptions<GatewayOptions>>().Value.Ports));
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddRouting(options);
        builder.Services.AddPages();
        builder.Services.AddHttpClient<InstanceHealth>();
        if (options.StopWithStandardInput)
            builder.Services.AddHostedService<StandardInputWatch>();
        return builder;
    }

    public static WebApplication MapGateway(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapHealth();
        app.MapApiDescription();
        app.MapPages();
        app.MapRoutes();
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, PortOptions ports)
    {
        var address = ports.AnyAddress ? IPAddress.IPv6Any : IPAddress.Loopback;
        // One port cannot serve HTTP/1.1 and cleartext HTTP/2 both.
        kestrel.Listen(address, ports.Grpc, listen => listen.Protocols = HttpProtocols.Http2);
        kestrel.Listen(address, ports.Http, listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
        kestrel.AddServerHeader = false;
    }
}
