using FundingFlows.Support;
using Npgsql;
using static FundingFlows.Journal.Tests.StoreUnderTest;

namespace FundingFlows.Journal.Tests;

/// <summary>What is PostgreSQL's own: its schema, its settings, its errors, a connection that can be lost.</summary>
public sealed class PostgresTests : IAsyncDisposable
{
    private readonly PostgresPlace place = new();
    private readonly StoreUnderTest under;

    public PostgresTests() => under = new StoreUnderTest(place);

    public ValueTask DisposeAsync() => under.DisposeAsync();

    [Fact]
    public async Task Schema_OpenedByManyAtOnce_IsMadeOnce()
    {
        place.Run($"DROP SCHEMA {place.Schema} CASCADE");

        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(place.Open)));

        Assert.Equal(1L, place.Run("SELECT count(*) FROM store_version"));
        var numbers = await Task.WhenAll(opened.Select(store => store.LeaseAsync(Council, CancellationToken.None).AsTask()));
        Assert.Equal(Enumerable.Range(1, 8).Select(i => (long)i), numbers.Select(lease => lease.Number).Order());
        foreach (var store in opened)
            await store.DisposeAsync();
    }

    [Fact]
    public async Task Schema_OfANewerVersion_IsRefusedAndLeftAsItIs()
    {
        await under.AppendAsync(Append(await under.LeaseAsync(Council), 0, "a"));
        place.Run("UPDATE store_version SET version = 3");

        var problem = Assert.Throws<StoreException>(place.Open);

        Assert.Equal($"Schema {place.Schema} of the database was written by a newer version (3); this one knows up to 2.", problem.Message);
        Assert.Equal(StoreFault.Failed, problem.Fault);
        Assert.Equal(3, place.Run("SELECT version FROM store_version"));
        place.Run("UPDATE store_version SET version = 2");
        await under.ReopenAsync();
        Assert.Equal(["a"], await under.WordsAsync(Council));
    }

    [Fact]
    public async Task Schemas_OfOneDatabase_KnowNothingOfEachOther()
    {
        using var elsewhere = new PostgresPlace();
        await using var other = elsewhere.Open();
        await under.AppendAsync(Append(await under.LeaseAsync(Council), 0, "a"));

        Assert.Equal((1, 0), ((await other.LeaseAsync(Council, CancellationToken.None)).Number, (await other.LeaseAsync(Council, CancellationToken.None)).Size));
        Assert.NotNull(await under.Store.RenewAsync(new JournalLease(Council, 1, 0, []), CancellationToken.None));
    }

    [Fact]
    public async Task Commit_OfTheStore_IsSyncedWhateverTheConnectionStringSays()
    {
        place.Run("CREATE TABLE seen (setting text)");
        place.Run("""
            CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN new; END $$
            """);
        place.Run("CREATE TRIGGER see AFTER INSERT ON entries EXECUTE FUNCTION see()");
        await using var store = PostgresJournalStore.Open(
            PostgresServer.ConnectionString + ";Options=-c synchronous_commit=off", place.Schema, TimeProvider.System);

        await store.AppendAsync([Append(await store.LeaseAsync(Council, CancellationToken.None), 0, "a")], CancellationToken.None);

        Assert.Equal("on", place.Run("SELECT setting FROM seen"));
    }

    [Fact]
    public async Task Append_WhoseConnectionIsLost_FailsAndTheNextOneIsStored()
    {
        var lease = await under.LeaseAsync(Council);
        await under.AppendAsync(Append(lease, 0, "a"));
        place.LoseConnections();

        Assert.Equal(StoreFault.Failed, (await Assert.ThrowsAsync<StoreException>(() => under.AppendAsync(Append(lease, 1, "b")))).Fault);
        place.LoseNoMoreConnections();

        var renewed = (await under.Store.RenewAsync(lease, CancellationToken.None))!;
        Assert.Equal((1, true), (renewed.Size, renewed.Number > lease.Number));
        Assert.Empty(await under.AppendAsync(Append(renewed, 1, "b")));
        Assert.Equal(["a", "b"], await under.WordsAsync(Council));
    }

    [Fact]
    public async Task Append_ThatReachesTheDatabaseAfterARenewal_IsNotStored()
    {
        var lease = await under.LeaseAsync(Council);
        place.LoseConnections();
        await Assert.ThrowsAsync<StoreException>(() => under.AppendAsync(Append(lease, 0, "late")));
        place.LoseNoMoreConnections();
        var renewed = (await under.Store.RenewAsync(lease, CancellationToken.None))!;
        // The same words once more, as something between here and the database may have held them back.
        await using var other = under.OpenAnother();

        Assert.Equal(DroppedOut.LeaseTaken, (await other.AppendAsync([Append(lease, 0, "late")], CancellationToken.None))[Council]);

        Assert.Empty(await under.AppendAsync(Append(renewed, 0, "a")));
        Assert.Equal(["a"], await under.WordsAsync(Council));
        Assert.Equal(renewed.Number, (await under.Store.RenewAsync(renewed, CancellationToken.None))!.Number);
        Assert.Null(await under.Store.RenewAsync(lease, CancellationToken.None));
    }

    [Fact]
    public async Task Renewal_WhoseAnswerWasLost_IsKnownAgain()
    {
        var lease = await under.LeaseAsync(Council);
        await using var source = NpgsqlDataSource.Create($"{PostgresServer.ConnectionString};Search Path={place.Schema}");
        var later = PostgresLease.Later(lease);
        var renewed = await PostgresLease.RenewAsync(source, lease, later, CancellationToken.None);

        Assert.Equal(renewed!.Number, (await PostgresLease.RenewAsync(source, lease, later, CancellationToken.None))!.Number);

        await under.LeaseAsync(Council);
        Assert.Null(await PostgresLease.RenewAsync(source, lease, later, CancellationToken.None));
    }

    [Fact]
    public async Task Body_WhoseConnectionIsLost_GoesOnByItselfWithNothingLost()
    {
        var journals = new PostgresPlace();
        await using var instance = new Instance(journals);
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        journals.LoseConnections();

        Assert.Equal(Unavailability.Replaying, await State.WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("roads"), Ask.By(2))));
        journals.LoseNoMoreConnections();
        await body.ServesAsync();

        await using var late = instance.OpenStore();
        Assert.NotEmpty(await late.AppendAsync([Append(new JournalLease(body.Key, 1, 2, []), 2, "late")], CancellationToken.None));
        Assert.False((await body.SubmitAsync(Ask.Fund("roads"), Ask.By(2))).WasRepeated);
        Assert.True((await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).WasRepeated);
        Assert.Equal(3, (await instance.StoredAsync()).Count);
        Assert.Empty(instance.FailStops);
    }

    [Fact]
    public async Task Renewal_WhileTheDatabaseStillAppends_WaitsForWhatBecomesOfIt()
    {
        var lease = await under.LeaseAsync(Council);
        await using var other = new NpgsqlConnection(PostgresServer.ConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var inHand = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var append = new NpgsqlCommand($"UPDATE {place.Schema}.journals SET size = 7, sum = {RowSum.OfHead(lease with { Size = 7 })}", other))
            await append.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var renewal = under.Store.RenewAsync(lease, CancellationToken.None).AsTask();
        while (place.Run($"SELECT count(*) FROM pg_stat_activity WHERE {other.ProcessID} = ANY (pg_blocking_pids(pid))") is 0L)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        Assert.False(renewal.IsCompleted);
        await inHand.CommitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(7, (await renewal)!.Size);
    }

    [Fact]
    public async Task Appends_OfTwoProcessesToTheSameJournals_NeverWaitCrosswise()
    {
        await using var other = under.OpenAnother();
        var (council, forum) = (await under.LeaseAsync(Council), await under.LeaseAsync(Forum));

        for (var at = 0; at < 20; at++)
        {
            var fenced = await Task.WhenAll(
                under.Store.AppendAsync([Append(council, at, "a"), Append(forum, at, "a")], CancellationToken.None).AsTask(),
                other.AppendAsync([Append(forum, at, "a"), Append(council, at, "a")], CancellationToken.None).AsTask());
            Assert.Equal([0, 2], fenced.Select(journals => journals.Count).Order());
        }

        Assert.Equal(20, (await under.WordsAsync(Council)).Count);
        Assert.Equal(20, (await under.WordsAsync(Forum)).Count);
    }

    [Theory]
    [InlineData("53100", StoreFault.Full, "The disk that holds the journals is full.")]
    [InlineData("53200", StoreFault.Failed, "The store failed: the message")]
    [InlineData("58030", StoreFault.Failed, "The store failed: the message")]
    [InlineData("23505", StoreFault.Failed, "The store failed: the message")]
    [InlineData("57P01", StoreFault.Failed, "The store failed: the message")]
    public void Error_OfPostgres_IsToldApart(string state, StoreFault fault, string message)
    {
        var problem = new PostgresException("the message", "ERROR", "ERROR", state);

        var told = PostgresJournalStore.Fault(problem);

        Assert.Equal((fault, message), (told.Fault, told.Message));
        Assert.Same(problem, told.InnerException);
    }

    [Fact]
    public void Server_ThatIsNotThere_IsToldInOneSentence()
    {
        using var folder = new TempFolder();

        var problem = Assert.Throws<StoreException>(() => PostgresJournalStore.Open($"Host={folder.File("")};Database=x;Password=secret", "journals", TimeProvider.System));

        Assert.StartsWith("The store cannot be reached: ", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db.example;Database=journals", true)]
    [InlineData("Host=db.example;Database=journals;Username=x;Password=y;SSL Mode=VerifyFull", true)]
    [InlineData("Host=db.example", false)]
    [InlineData("Database=journals", false)]
    [InlineData("Host=db.example;Database=journals;Port=many", false)]
    [InlineData("Host=db.example;Database=journals;Colour=red", false)]
    [InlineData("postgres://db.example/journals", false)]
    public void Text_OfSettings_IsAConnectionStringOrNot(string text, bool expected) => Assert.Equal(expected, PostgresJournalStore.IsConnectionString(text));
}
