namespace FundingFlows.AppHost;

/// <summary>
/// PostgreSQL, with a database of its own for each instance that keeps journals. They are kept from run to run in a volume that belongs to the
/// federation, as its keys are in the data folder.
/// </summary>
internal static class JournalDatabase
{
    public static void AddJournalDatabases(
        this IDistributedApplicationBuilder builder, HostPlan plan, IReadOnlyDictionary<string, IResourceBuilder<ProjectResource>> instances)
    {
        var server = builder.AddPostgres("postgres").WithDataVolume($"fundingflows-{plan.Federation.Id}");
        foreach (var instance in plan.Topology.Instances.Where(instance => instance.Service != ServiceKind.Gateway))
        {
            var database = server.AddDatabase($"{instance.Name}-journals");
            // A service that cannot reach its store ends, so it waits for it.
            instances[instance.Name].WithEnvironment("FundingFlows__Store", database).WaitFor(database);
        }
    }
}
