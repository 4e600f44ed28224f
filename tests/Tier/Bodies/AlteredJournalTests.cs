using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Of several bodies of an instance the one whose journal was altered does not serve and says which entry it is; the others do.</summary>
public sealed class AlteredJournalTests
{
    [Fact]
    public async Task Body_WhoseStoredJournalWasAltered_DoesNotServeAndTheOthersDo()
    {
        await using var federation = await TestFederation.StartAsync(options => options.WithAudit = false);
        await federation.StopAsync(Forums);
        await AlterAsync(Path.Combine(federation.Folder, Forums, "journals.db"), Easington);

        await federation.StartAsync(Forums);

        var why = $"The journal of {Easington}, epoch 1, cannot be believed as it is stored: entry 0 was altered.";
        var bodies = federation.Instance(Forums).Services.GetRequiredService<BodyHost>();
        Assert.Equal([(Easington, why)], bodies.NotServing);
        Assert.NotNull(bodies.Find(Horden));
        var journals = new JournalService.JournalServiceClient(federation.ToBody(Horden));
        Assert.NotEmpty((await journals.ReadJournalAsync(new ReadJournalRequest { Body = Horden })).Page.Entries);
        var refused = await Failure.OfAsync(() => journals.ReadJournalAsync(new ReadJournalRequest { Body = Easington }).ResponseAsync);
        Assert.Equal((StatusCode.Unavailable, "JOURNAL_CORRUPT"), (refused.Code, refused.Reason));
    }

    private static async Task AlterAsync(string file, string body)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        await using var alter = connection.CreateCommand();
        alter.CommandText = "UPDATE entries SET bytes = zeroblob(length(bytes)) WHERE place = 0 AND journal = (SELECT id FROM journals WHERE body = $body)";
        alter.Parameters.AddWithValue("$body", body);
        Assert.Equal(1, await alter.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
