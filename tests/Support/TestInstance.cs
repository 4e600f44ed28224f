using FundingFlows.Audit;
using FundingFlows.Contracts.Journal.V1;
using FundingFlows.Gateway;
using FundingFlows.Tiers;
using FundingFlows.Topologies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Support;

/// <summary>One instance in this process, on real ports that the system chose.</summary>
public sealed class TestInstance : IAsyncDisposable
{
    /// <summary>
    /// Settings are read once, and their files not watched: there are many hosts in a process, and few watches that a system gives to one user.
    /// </summary>
    internal static readonly string[] Unwatched = ["--hostBuilder:reloadConfigOnChange=false"];

    private readonly WebApplication app;

    private TestInstance(WebApplication app) => this.app = app;

    /// <summary>The gRPC address, then the HTTP address.</summary>
    public (string Grpc, string Http) Addresses
    {
        get
        {
            var addresses = app.Addresses();
            return (addresses[0], addresses[1]);
        }
    }

    public IServiceProvider Services => app.Services;

    /// <summary>Builds and starts the service of an instance.</summary>
    /// <param name="configure">Last changes to its services.</param>
    public static async Task<TestInstance> StartAsync(
        ServiceKind service, IEnumerable<KeyValuePair<string, string?>> settings, SaidLog log, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(Unwatched);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        switch (service)
        {
            case ServiceKind.Audit: builder.AddAudit(); break;
            case ServiceKind.Gateway: builder.AddGateway(); break;
            default: builder.AddTier(Enum.Parse<Tier>(service.ToString())); break;
        }
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        switch (service)
        {
            case ServiceKind.Audit: app.MapAudit(); break;
            case ServiceKind.Gateway: app.MapGateway(); break;
            default: app.MapTier(); break;
        }
        try
        {
            await app.StartAsync();
        }
        catch (Exception)
        {
            await app.DisposeAsync();
            throw;
        }
        return new TestInstance(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
