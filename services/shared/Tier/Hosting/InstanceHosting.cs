using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>What every instance shares, whether it hosts bodies or only follows them: settings, ports, sign-in, gRPC and REST, following, health.</summary>
public static class InstanceHosting
{
    /// <summary>Tag of the health checks that say whether an instance can serve.</summary>
    public const string Ready = "ready";

    /// <summary>The setting that names a further file of settings, read before the environment.</summary>
    private const string SettingsFile = "FundingFlowsSettings";

    /// <summary>A message over this is refused before it is read: well above the largest that the contracts allow.</summary>
    private const int MostMessageBytes = 4 << 20;

    public static WebApplicationBuilder AddInstance(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[SettingsFile] is { Length: > 0 } file)
            builder.Configuration.Sources.Insert(0, FileSource(file));
        builder.Configuration.AddQuietLibraries();
        builder.Services.AddOptions<InstanceOptions>().BindConfiguration(InstanceOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection(InstanceOptions.Section).Get<InstanceOptions>() ?? new InstanceOptions();
        // Asked of the services, so that wrong settings are told as such, before a port that cannot be made of them.
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, kestrel.ApplicationServices.GetRequiredService<IOptions<InstanceOptions>>().Value.Ports));

        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddFollowing();
        services.AddSingleton<IOutside, Outside>();
        services.AddSingleton<SidecarPresence>();
        services.AddSingleton<INewsOfJournals, DaprNews>();
        services.AddSingleton<FailStop>();
        services.AddSingleton(provider => WitnessStore.Open(
            Path.Combine(provider.GetRequiredService<IOptions<InstanceOptions>>().Value.Data, "witness.db"), provider.GetRequiredService<FailStop>().EndProcess));
        services.AddSingleton<IWitnessStore>(provider => provider.GetRequiredService<WitnessStore>());
        services.AddSingleton(LinkFile.Open);
        services.AddHostedService<SecurityWriter>();
        services.AddSingleton<LinkMetrics>();
        services.AddDaprClient();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MostMessageBytes;
            grpc.Interceptors.Add<ErrorInterceptor>();
        }).AddJsonTranscoding(json => json.TypeRegistry = RestRequests.Details);
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks();
        services.AddHealthChecks();
        services.AddSignIn(options.SignIn);
        builder.AddTelemetry();
        if (options.StopWithStandardInput)
            services.AddHostedService<StandardInputWatch>();
        return builder;
    }

    /// <summary>What follows and witnesses other bodies' journals: no ports, files, sign-in or sidecar.</summary>
    public static IServiceCollection AddFollowing(this IServiceCollection services)
    {
        services.AddSingleton<AddressBook>();
        services.AddSingleton<SecurityRecord>();
        services.AddSingleton<HashTiles>();
        services.AddSingleton<Forks>();
        services.AddSingleton<FollowedJournals>();
        services.AddSingleton<WhoIsWho>();
        services.AddSingleton<SeenJournals>();
        services.AddSingleton<WitnessKeys>();
        services.AddSingleton<Witness>();
        return services;
    }

    /// <summary>Below everything else: what the environment and the command line say goes before the file.</summary>
    private static JsonConfigurationSource FileSource(string file)
    {
        var source = new JsonConfigurationSource { Path = Path.GetFullPath(file) };
        source.ResolveFileProvider();
        return source;
    }

    public static WebApplication MapInstance(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseRestForm(MostMessageBytes);
        app.MapSubscribeHandler();
        app.MapJournalEvents();
        app.MapWitnesses();
        app.MapGrpcReflectionService();
        app.MapGrpcHealthChecksService();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = HealthReply.WriteAsync });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = HealthReply.WriteAsync });
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, PortOptions ports)
    {
        // One port cannot serve HTTP/1.1 and cleartext HTTP/2 both.
        Open(ports.Grpc, HttpProtocols.Http2);
        Open(ports.Http, HttpProtocols.Http1);
        // Every followed journal is a stream of its own.
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1_000;
        kestrel.AddServerHeader = false;

        void Open(int port, HttpProtocols protocols)
        {
            if (ports.AnyAddress)
                kestrel.ListenAnyIP(port, listen => listen.Protocols = protocols);
            else
                kestrel.Listen(System.Net.IPAddress.Loopback, port, listen => listen.Protocols = protocols);
        }
    }

    private static void AddSignIn(this IServiceCollection services, SignInOptions options)
    {
        services.AddSingleton<VerifiedTokens>();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<VerifiedTokens>((bearer, tokens) => tokens.Attach(bearer));
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer =>
        {
            bearer.Authority = options.Authority.Length > 0 ? options.Authority : null;
            bearer.Audience = options.Audience;
            bearer.RequireHttpsMetadata = options.RequireHttps;
            // Claims keep the names that they have in the token.
            bearer.MapInboundClaims = false;
            bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
            bearer.TokenValidationParameters.ValidAlgorithms = ["RS256", "ES256", "PS256"];
        });
    }
}
