using FundingFlows.Audit;
using FundingFlows.Contracts.Audit.V1;
using FundingFlows.Contracts.Peer.V1;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlows.Simulation;

/// <summary>Puts an instance together: production code throughout, with another clock, disk, network and broker.</summary>
internal static class Composition
{
    public static ServiceProvider Of(Life life, IJournalStore store, IHostApplicationLifetime lifetime)
    {
        var (place, town) = (life.Place, life.Town);
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(new VirtualLogs(place));
        services.AddSingleton(typeof(ILogger<>), typeof(Logger<>));
        services.AddSingleton<TimeProvider>(life.Time);
        services.AddSingleton(Options.Create(SettingsOf(town, place)));
        services.AddSingleton(lifetime);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("DAPR_GRPC_PORT", town.Weather.HasBroker ? "1" : null)]).Build());
        services.AddSingleton<SidecarPresence>();
        services.AddSingleton<IOutside>(new VirtualOutside(life));
        services.AddSingleton<INewsOfJournals>(new VirtualNews(life));
        services.AddSingleton<FailStop>(provider => new CrashStop(life, provider.GetRequiredService<ILogger<FailStop>>()));
        services.AddSingleton<IWitnessStore>(new LifeNotes(life, place.Disk.Notes));
        services.AddSingleton(store);
        services.AddSingleton(town.Documents);
        services.AddSingleton<ErrorInterceptor>();
        services.AddFollowing();
        if (place.IsAudit)
            services.AddAuditor().AddSingleton<AuditReader>();
        else
            services.AddBodies(Map.Bodies.First(body => body.Instance == place.Name).Tier).AddSingleton<Peers>().AddSingleton<FundingFlows.Tiers.Journals>();
        town.Bugs.Replace(life, services);
        return services.BuildServiceProvider();
    }

    public static ServiceTable CallsOf(Life life, ServiceProvider services)
    {
        var calls = new ServiceTable(services.GetRequiredService<ErrorInterceptor>());
        if (life.Place.IsAudit)
            AuditService.BindService(calls, services.GetRequiredService<AuditReader>());
        else
        {
            PeerService.BindService(calls, life.Town.Bugs.Peers(life, services.GetRequiredService<Peers>()));
            JournalService.BindService(calls, services.GetRequiredService<FundingFlows.Tiers.Journals>());
        }
        return calls;
    }

    private static InstanceOptions SettingsOf(Town town, Place place)
    {
        var settings = new InstanceOptions
        {
            Federation = Map.Federation,
            TrustRoot = town.Keys.Root,
            Data = town.Keys.DataOf(place.Name),
            Audit = Map.Audit,
            CheckpointInterval = TimeSpan.FromSeconds(5),
            WitnessInterval = TimeSpan.FromSeconds(30),
            Events = { WithoutStreams = town.Weather.WithoutStreams && place.HearsNews, LookAnyway = TimeSpan.FromSeconds(30) },
        };
        foreach (var instance in Map.Instances)
            settings.Instances[instance] = new InstanceAddress { Grpc = $"http://{instance}:1", Http = $"http://{instance}:2" };
        foreach (var (id, _, instance, registrar) in Map.Bodies)
        {
            settings.Directory[id] = instance;
            if (instance == place.Name)
                settings.Bodies.Add(new HostedBodyOptions { Id = id, OfficialName = $"Body {id}", RegisteredBy = registrar, LegalForm = LegalForm.ParishCouncil });
        }
        return settings;
    }
}

/// <summary>What cannot be made durable ends the life, not the simulation.</summary>
internal sealed class CrashStop(Life life, ILogger<FailStop> log) : FailStop(log)
{
    public override void EndProcess(string reason) => life.Town.Crash(life.Place, reason);
}
