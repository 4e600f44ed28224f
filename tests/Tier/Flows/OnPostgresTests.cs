using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>A federation whose instances, the auditor among them, share a PostgreSQL database.</summary>
public sealed class OnPostgresTests
{
    private const long Issued = 100_000_00;

    [Fact]
    public async Task Federation_WhoseJournalsAreInPostgres_AccountsForEveryPenny()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var federation = await TestFederation.StartAsync(options => options.Settings["FundingFlows:Store"] = database.ConnectionString);
        var officers = federation.Officers;
        foreach (var (funder, recipient) in new[] { (Central, Region), (Region, Durham), (Durham, Easington) })
            await officers.AgreeAsync(funder, recipient);
        await officers.OpenFundAsync();
        await officers.IssueAsync(Issued);
        await officers.FundAsync(Central, Region, Kind.Either, 20_000_00, "neighbourhood-led");
        await officers.FundAsync(Region, Durham, Kind.Either, 15_000_00, "neighbourhood-led");

        var instance = federation.Topology.Body(Durham).Instance;
        await federation.StopAsync(instance);
        await federation.StartAsync(instance);
        await officers.FundAsync(Durham, Easington, Kind.Capital, 9_000_00, "neighbourhood-led");
        await officers.PayAsync(Easington, Kind.Capital, 4_000_00);

        var books = await officers.AuditedAsync();
        Assert.Empty(books.Checks.SelectMany(check => check.Findings));
        Assert.Equal((Issued, 96_000_00L, 4_000_00L), (books.IssuedPence, books.HeldPence, books.SpentPence));
        Assert.Equal(0L, await database.AskAsync("SELECT count(*) FROM journals.journals own FULL JOIN copies.journals copy USING (body, epoch, size, root) WHERE own.id IS NULL OR copy.id IS NULL"));
        Assert.Equal((long)federation.Topology.Bodies.Count, await database.AskAsync("SELECT count(*) FROM journals.journals"));
        Assert.Empty(Directory.GetFiles(federation.Folder, "journals.db*", SearchOption.AllDirectories));
    }
}
