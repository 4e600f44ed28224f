using FundingFlows.Crashing;
using Npgsql;

namespace FundingFlows.Journal.Tests;

/// <summary>A PostgreSQL server that is killed, or that ends itself because it cannot sync, takes nothing with it; the writer goes on by itself once it is back.</summary>
public sealed class ServerKillTests : IAsyncLifetime
{
    private const int Kills = 8;
    private PostgresCluster cluster = null!;
    private PostgresPlace place = null!;
    private Witnessed witnessed = null!;

    public async ValueTask InitializeAsync()
    {
        // The server's own settings do not matter: a commit of the store is synced.
        cluster = await PostgresCluster.StartAsync(false, "-c", "synchronous_commit=off");
        place = new PostgresPlace(cluster.ConnectionString);
        witnessed = new Witnessed(place, new Plan(place.ConnectionString, place.Schema, []));
    }

    /// <summary>All that the server keeps goes with it.</summary>
    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    [Fact]
    public async Task Server_KilledAgainAndAgain_LosesNothingAndTheWriterGoesOn()
    {
        var random = new Random(11);
        using var writer = Writer.Start();
        writer.Go(witnessed.Plan);
        var said = await writer.SaidAsync("postgres ack", 20);
        for (var kill = 0; kill < Kills; kill++)
        {
            said.AddRange(await writer.SaidAsync("postgres ack", random.Next(1, 200)));
            await cluster.KillAsync();
            said.AddRange(await writer.SaidAsync("postgres turned away"));
            await cluster.StartAgainAsync();
            said.AddRange(await writer.SaidAsync("postgres ack", 1));
        }
        writer.Kill();
        said.AddRange(await writer.RestAsync());

        witnessed.Hear(said);
        await witnessed.CheckAsync();
        Assert.DoesNotContain(said, line => line.Contains(" stopped ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Server_ThatEndsInTheMiddleOfAnAppend_HasStoredNothingOfItAndTheWriterGoesOn()
    {
        using var writer = Writer.Start();
        writer.Go(witnessed.Plan with { Last = 2 });
        var said = await writer.SaidAsync("postgres ack", 2 * Commands.Writers);
        await using (var hold = place.HoldAppends())
        {
            writer.Tell("more 2");
            while (place.BlockedBy(hold.ProcessID) is 0)
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            // What the server does when it cannot sync its log: the process that found it aborts, and all begin afresh.
            using var aborting = System.Diagnostics.Process.Start("kill", ["-ABRT", $"{place.BlockedBy(hold.ProcessID)}"]);
            await aborting.WaitForExitAsync(TestContext.Current.CancellationToken);
            said.AddRange(await writer.SaidAsync("postgres turned away"));
            // Until the server has ended the others too, it serves them: let go before that, the append of the other journal could get through in that
            // moment, and lose its answer only. Then it is answered again, as it must be, and says nothing of the one that was ended.
            await using var waiting = new NpgsqlCommand("SELECT pg_sleep(86400)", hold) { CommandTimeout = 0 };
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => waiting.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        }
        said.AddRange(await writer.SaidAsync("postgres ack", 2 * Commands.Writers));
        writer.Kill();
        said.AddRange(await writer.RestAsync());

        witnessed.Hear(said);
        await witnessed.CheckAsync();
        Assert.Equal((4 * Commands.Writers, 0), (witnessed.Acknowledged, witnessed.AnsweredAgain));
    }

    [Fact]
    public async Task Server_ThatDoesNotSync_IsRefused()
    {
        await using var unsafely = await PostgresCluster.StartAsync(false, "-c", "fsync=off");

        var problem = Assert.Throws<StoreException>(() => PostgresJournalStore.Open(unsafely.ConnectionString, "journals", TimeProvider.System));

        Assert.Equal("The PostgreSQL server does not sync what it writes (fsync = off): what it acknowledges may be lost.", problem.Message);
    }

    [Fact]
    public async Task Server_ThatWouldAcknowledgeBeforeItSyncs_IsToldNotTo()
    {
        await using var store = place.Open();
        place.Run("CREATE TABLE seen (setting text)");
        Assert.Equal("off", place.Run("SELECT current_setting('synchronous_commit')"));
        place.Run("CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN new; END $$");
        place.Run("CREATE TRIGGER see AFTER INSERT ON entries FOR EACH ROW EXECUTE FUNCTION see()");

        await store.AppendAsync([StoreUnderTest.Append(await store.LeaseAsync(StoreUnderTest.Council, CancellationToken.None), 0, "a")], CancellationToken.None);

        Assert.Equal("on", place.Run("SELECT setting FROM seen"));
    }
}
