namespace FundingFlows.AppHost;

/// <summary>
/// PostgreSQL, with a database for journals. Nothing uses it yet: every instance keeps its journals in SQLite files in the data
/// folder, so none is given its address.
/// </summary>
internal static class JournalDatabase
{
    public static IResourceBuilder<PostgresDatabaseResource> AddJournalDatabase(this IDistributedApplicationBuilder builder) =>
        builder.AddPostgres("postgres").AddDatabase("journals");
}
