using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>What every tier's service shares: hosting, journals, the common gRPC services, courier, followers, publishing.</summary>
public static class TierHosting
{
    /// <summary>Adds what a service of that tier needs. It hosts the bodies that its settings name.</summary>
    public static WebApplicationBuilder AddTier(this WebApplicationBuilder builder, Tier tier)
    {
        builder.AddInstance();
        var services = builder.Services;
        services.AddJournalStore(JournalStores.OwnJournals);
        services.AddSingleton(provider => DocumentStore.Open(
            Path.Combine(DataOf(provider), "documents.db"), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<FailStop>().EndProcess));
        services.AddBodies(tier);
        services.AddTiles();
        services.AddSingleton<LinkWatch>();
        services.AddSingleton<AllocationDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<LinkWatch>());
        services.AddHealthChecks().AddCheck<BodiesServe>("bodies", tags: [InstanceHosting.Ready]).AddCheck<LinksFlow>("links", tags: [InstanceHosting.Ready]);
        return builder;
    }

    /// <summary>What hosts bodies of a tier, beside what follows others: no ports, files, sign-in or sidecar.</summary>
    public static IServiceCollection AddBodies(this IServiceCollection services, Tier tier)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<BodyHost>(provider, tier));
        services.AddSingleton<IHostedBodies>(provider => provider.GetRequiredService<BodyHost>());
        services.AddSingleton<IWitnessed, WitnessedByRegistrars>();
        services.AddSingleton<Cosigned>();
        services.AddSingleton<CommandDesk>();
        services.AddSingleton<AskedOthers>();
        services.AddSingleton<OwnCheckpoints>();
        services.AddSingleton<SignedAnswers>();
        services.AddSingleton<AskedPeers>();
        services.AddSingleton<WithoutAuditor>();
        services.AddSingleton<TakingBack>();
        services.AddSingleton<AskingRound>();
        services.AddSingleton<FundedBodies>();
        services.AddHostedService(provider => provider.GetRequiredService<BodyHost>());
        services.AddHostedService(provider => provider.GetRequiredService<AskingRound>());
        services.AddHostedService(provider => provider.GetRequiredService<FundedBodies>());
        services.AddSingleton<CourierService>();
        services.AddHostedService(provider => provider.GetRequiredService<CourierService>());
        services.AddSingleton<KeptSources>();
        services.AddHostedService<EpochKeeper>();
        services.AddHostedService<WitnessSubmissions>();
        services.AddHostedService<EventPublisher>();
        return services;
    }

    /// <summary>Maps what every tier's service serves.</summary>
    public static WebApplication MapTier(this WebApplication app)
    {
        app.MapInstance();
        app.MapGrpcService<LedgerReader>();
        app.MapGrpcService<Programmes>();
        app.MapGrpcService<Allocations>();
        app.MapGrpcService<Agreements>();
        app.MapGrpcService<Awards>();
        app.MapGrpcService<StandingInstructions>();
        app.MapGrpcService<Custodies>();
        app.MapGrpcService<Instructions>();
        app.MapGrpcService<Transfers>();
        app.MapGrpcService<Projects>();
        app.MapGrpcService<Merging>();
        app.MapGrpcService<Clawbacks>();
        app.MapGrpcService<Payments>();
        app.MapGrpcService<Reservations>();
        app.MapGrpcService<YearEnds>();
        app.MapGrpcService<Interests>();
        app.MapGrpcService<Reports>();
        app.MapGrpcService<Registrations>();
        app.MapGrpcService<Documents>();
        app.MapGrpcService<Journals>();
        app.MapGrpcService<Peers>();
        app.MapGrpcService<LinksReader>();
        app.MapTiles();
        return app;
    }

    private static string DataOf(IServiceProvider provider) => provider.GetRequiredService<IOptions<InstanceOptions>>().Value.Data;
}
