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
        await AlterAsync(federation, Forums, Easington, 1, 0);

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

    /// <summary>The epoch before is whole, and was told to end: the body does not go back to it.</summary>
    [Fact]
    public async Task Body_WhoseEntryThatBeginsTheEpochWasAltered_DoesNotServe()
    {
        await using var federation = await TestFederation.StartAsync(options => options.WithAudit = false);
        var kept = await NewEpochTests.CheckpointAsync(federation, Region);
        await NewEpochTests.DeclareAsync(federation, Central, Region, 2, kept.Note);
        await Wait.UntilAsync(async () => (await federation.Officers.BodyAsync(Region)).Epoch, epoch => epoch == 2, "the new epoch");
        await federation.StopAsync(RegionInstance);
        await AlterAsync(federation, RegionInstance, Region, 2, kept.Checkpoint.Size);

        await federation.StartReadingAsync(RegionInstance);

        var why = $"The journal of {Region}, epoch 2, cannot be believed as it is stored: entry {kept.Checkpoint.Size} was altered.";
        var bodies = federation.Instance(RegionInstance).Services.GetRequiredService<BodyHost>();
        Assert.Equal([(Region, why)], bodies.NotServing);
        // It is tried to make it good with what was declared, which cannot make good what stands behind that.
        await Wait.UntilAsync(() => federation.Log.Lines.Any(line => line.Line.Contains($"cannot begin the new epoch of its journal that was declared; it is tried again: {why}", StringComparison.Ordinal)), "that being said");
        Assert.Equal([(Region, why)], bodies.NotServing);
    }

    internal static async Task AlterAsync(TestFederation federation, string instance, string body, uint epoch, long place)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(federation.Folder, instance, "journals.db")};Pooling=False");
        connection.Open();
        await using var alter = connection.CreateCommand();
        alter.CommandText = "UPDATE entries SET bytes = zeroblob(length(bytes)) WHERE place = $place AND journal = (SELECT id FROM journals WHERE body = $body AND epoch = $epoch)";
        alter.Parameters.AddWithValue("$place", place);
        alter.Parameters.AddWithValue("$epoch", epoch);
        alter.Parameters.AddWithValue("$body", body);
        Assert.Equal(1, await alter.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }
}
