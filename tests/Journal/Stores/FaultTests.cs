using Microsoft.Data.Sqlite;
using static FundingFlows.Journal.Tests.StoreUnderTest;

namespace FundingFlows.Journal.Tests;

/// <summary>What goes wrong below SQLite is told apart: no room, not durable, anything else.</summary>
public sealed class FaultTests : IAsyncDisposable
{
    private readonly StoreUnderTest under = new(StoreKind.Sqlite);

    public ValueTask DisposeAsync() => under.DisposeAsync();

    [Fact]
    public async Task Append_WithNoRoomLeft_IsFullAndStoresNothing()
    {
        var (council, forum) = (await under.LeaseAsync(Council), await under.LeaseAsync(Forum));
        await under.AppendAsync(Append(council, 0, "a"));
        MostPages("page_count");

        var problem = await Assert.ThrowsAsync<StoreException>(() => under.AppendAsync(Append(forum, 0, "x"), Append(council, 1, new string('b', 60_000))));

        Assert.Equal(StoreFault.Full, problem.Fault);
        Assert.Equal(["a"], await under.WordsAsync(Council));
        Assert.Empty(await under.WordsAsync(Forum));
        Assert.Equal(1, (await under.Store.RenewAsync(council, CancellationToken.None))!.Size);
    }

    [Fact]
    public async Task Append_OnceThereIsRoomAgain_IsStored()
    {
        var council = await under.LeaseAsync(Council);
        MostPages("page_count");
        await Assert.ThrowsAsync<StoreException>(() => under.AppendAsync(Append(council, 0, new string('a', 60_000))));

        MostPages("page_count + 1000");

        Assert.Empty(await under.AppendAsync(Append(council, 0, new string('a', 60_000))));
        Assert.Single(await under.WordsAsync(Council));
    }

    [Theory]
    [InlineData(13, 13, StoreFault.Full)]
    [InlineData(10, 10 | (4 << 8), StoreFault.NotDurable)]
    [InlineData(10, 10 | (5 << 8), StoreFault.NotDurable)]
    [InlineData(10, 10, StoreFault.Failed)]
    [InlineData(10, 10 | (3 << 8), StoreFault.Failed)]
    [InlineData(5, 5, StoreFault.Failed)]
    [InlineData(11, 11, StoreFault.Damaged)]
    [InlineData(26, 26, StoreFault.Damaged)]
    [InlineData(19, 19, StoreFault.Failed)]
    public void Error_OfSqlite_IsToldApart(int code, int extended, StoreFault fault)
    {
        var problem = new SqliteException("the message", code, extended);

        var told = SqliteDatabase.Fault(problem);

        Assert.Equal(fault, told.Fault);
        Assert.Same(problem, told.InnerException);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Store_ThatCouldNotSync_EndsTheProcessAndDoesNothingMore(int call)
    {
        using var folder = new TempFolder();
        var ends = new List<string>();
        await using var store = SqliteJournalStore.Open(folder.File("journals.db"), ends.Add);
        await using var documents = DocumentStore.Open(folder.File("documents.db"), TimeProvider.System, ends.Add);
        var lease = await store.LeaseAsync(Council, CancellationToken.None);

        Assert.Throws<StoreException>(() => store.Database.Write<int>(_ => throw new SqliteException("disk I/O error", 10, 10 | (call << 8))));

        Assert.Equal(["The system could not make what was written durable."], ends);
        await AssertOverAsync(async () => await store.LeaseAsync(Forum, CancellationToken.None));
        await AssertOverAsync(async () => await store.RenewAsync(lease, CancellationToken.None));
        await AssertOverAsync(async () => await store.AppendAsync([Append(lease, 0, "a")], CancellationToken.None));
        await AssertOverAsync(async () => await store.ReadAsync(Council, 0, 1, CancellationToken.None));
        Assert.False(documents.Has("E06000047", Guid.Empty, 1));
    }

    [Fact]
    public async Task Store_ThatIsClosed_SaysSoAndBlamesNoJournal()
    {
        var lease = await under.LeaseAsync(Council);
        await under.AppendAsync(Append(lease, 0, "a"));
        await under.Store.DisposeAsync();

        foreach (var asked in (Func<Task>[])[async () => await under.LeaseAsync(Council), async () => await under.WordsAsync(Council), async () => await under.AppendAsync(Append(lease, 1, "b"))])
            Assert.Equal((StoreFault.Failed, "The store is closed."), (await Assert.ThrowsAsync<StoreException>(asked)) is var problem ? (problem.Fault, problem.Message) : default);
    }

    [Fact]
    public void Reader_OfADatabase_WaitsForLocksWhateverAsksThroughIt()
    {
        var database = ((SqliteJournalStore)under.Store).Database;
        using var reader = database.Reader();
        foreach (var connection in new[] { reader, database.Writer })
        {
            using var asked = connection.CreateCommand();
            asked.CommandText = "PRAGMA busy_timeout";
            Assert.Equal(30_000L, asked.ExecuteScalar());
        }
    }

    private static async Task AssertOverAsync(Func<Task> asked) => Assert.Equal(StoreFault.NotDurable, (await Assert.ThrowsAsync<StoreException>(asked)).Fault);

    /// <summary>Bounds the database for the connection that writes, as the disk would.</summary>
    private void MostPages(string pages)
    {
        var database = ((SqliteJournalStore)under.Store).Database;
        using var count = database.Writer.CreateCommand();
        count.CommandText = $"SELECT {pages} FROM pragma_page_count";
        SqliteDatabase.Run(database.Writer, $"PRAGMA max_page_count = {count.ExecuteScalar()}");
    }
}
