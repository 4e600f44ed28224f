using Microsoft.Data.Sqlite;
using static FundingFlows.Journal.Tests.StoreUnderTest;

namespace FundingFlows.Journal.Tests;

/// <summary>The file says its version, is synced, and is refused when it cannot be understood.</summary>
public sealed class FileTests : IAsyncDisposable
{
    private readonly SqlitePlace place = new();
    private readonly StoreUnderTest under;

    public FileTests() => under = new StoreUnderTest(place);

    public ValueTask DisposeAsync() => under.DisposeAsync();

    [Fact]
    public async Task File_OfANewerVersion_IsRefusedAndLeftAsItIs()
    {
        await under.AppendAsync(Append(await under.LeaseAsync(Council), 0, "a"));
        Sql("PRAGMA user_version = 3");
        await under.Store.DisposeAsync();

        var problem = Assert.Throws<StoreException>(() => SqliteJournalStore.Open(place.Path));

        Assert.Equal($"{place.Path} was written by a newer version (3); this one knows up to 2.", problem.Message);
        Assert.Equal(StoreFault.Failed, problem.Fault);
        Assert.Equal(3L, Sql("PRAGMA user_version"));
        Sql("PRAGMA user_version = 2");
        await under.ReopenAsync();
        Assert.Equal(["a"], await under.WordsAsync(Council));
    }

    [Fact]
    public async Task File_ThatIsNoDatabase_IsRefused()
    {
        await under.Store.DisposeAsync();
        await File.WriteAllTextAsync(place.Path, new string('x', 10_000), TestContext.Current.CancellationToken);

        Assert.Equal(StoreFault.Damaged, Assert.Throws<StoreException>(() => SqliteJournalStore.Open(place.Path)).Fault);
    }

    [Fact]
    public void File_OfTheStore_IsSyncedAtEveryCommit()
    {
        using var settings = ((SqliteJournalStore)under.Store).Database.Writer.CreateCommand();
        settings.CommandText = "SELECT journal_mode || ' ' || synchronous || ' ' || secure_delete FROM pragma_journal_mode, pragma_synchronous, pragma_secure_delete";

        Assert.Equal("wal 2 1", settings.ExecuteScalar());
    }

    private object? Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={place.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
