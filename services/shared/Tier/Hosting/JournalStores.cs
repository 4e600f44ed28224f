using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>Where an instance keeps journals: in PostgreSQL if its settings name a database, otherwise in a SQLite file in its data folder.</summary>
public static class JournalStores
{
    /// <summary>The schema of the journals of bodies that an instance hosts.</summary>
    public const string OwnJournals = "journals";

    /// <summary>The schema of an auditor's copies. With the journals of the same bodies in one schema, each would take the other's lease.</summary>
    public const string Copies = "copies";

    public static IServiceCollection AddJournalStore(this IServiceCollection services, string schema) => services.AddSingleton(provider =>
    {
        var options = provider.GetRequiredService<IOptions<InstanceOptions>>().Value;
        return options.Store.Length > 0
            ? PostgresJournalStore.Open(options.Store, schema, provider.GetRequiredService<TimeProvider>())
            : (IJournalStore)SqliteJournalStore.Open(Path.Combine(options.Data, "journals.db"), provider.GetRequiredService<FailStop>().EndProcess);
    });
}
