using Microsoft.Data.Sqlite;
using static FundingFlows.Journal.Tests.StoreUnderTest;

namespace FundingFlows.Journal.Tests;

/// <summary>The file keeps what was stored, says its version, and is refused when it cannot be understood.</summary>
public sealed class FileTests : IAsyncDisposable
{
    private readonly StoreUnderTest under = new();

    public ValueTask DisposeAsync() => under.DisposeAsync();

    [Fact]
    public async Task File_OpenedAgain_KeepsEverything()
    {
        var command = Guid.Parse("0190b7e2-0000-7000-8000-000000000001");
        var lease = await under.LeaseAsync(Council);
        await under.AppendAsync(new JournalAppend(lease, 0, [Entry("a", command), Entry("b")], Root("b")));

        await under.ReopenAsync();

        var renewed = await under.Store.RenewAsync(lease, CancellationToken.None);
        Assert.Equal((1, 2), (renewed!.Number, renewed.Size));
        Assert.Equal(Root("b"), renewed.Root);
        Assert.Equal(["a", "b"], await under.WordsAsync(Council));
        Assert.Equal(0, await under.Store.FindCommandAsync(Council, command, CancellationToken.None));
        Assert.Empty(await under.AppendAsync(Append(lease, 2, "c")));
    }

    [Fact]
    public async Task File_OfANewerVersion_IsRefusedAndLeftAsItIs()
    {
        await under.AppendAsync(Append(await under.LeaseAsync(Council), 0, "a"));
        Sql("PRAGMA user_version = 2");
        await under.Store.DisposeAsync();

        var problem = Assert.Throws<StoreException>(() => SqliteJournalStore.Open(under.Path));

        Assert.Equal($"{under.Path} was written by a newer version (2); this one knows up to 1.", problem.Message);
        Assert.Equal(StoreFault.Failed, problem.Fault);
        Assert.Equal(2L, Sql("PRAGMA user_version"));
        Sql("PRAGMA user_version = 1");
        await under.ReopenAsync();
        Assert.Equal(["a"], await under.WordsAsync(Council));
    }

    [Fact]
    public async Task File_ThatIsNoDatabase_IsRefused()
    {
        await under.Store.DisposeAsync();
        await File.WriteAllTextAsync(under.Path, new string('x', 10_000), TestContext.Current.CancellationToken);

        Assert.Equal(StoreFault.Failed, Assert.Throws<StoreException>(() => SqliteJournalStore.Open(under.Path)).Fault);
    }

    [Fact]
    public void File_OfTheStore_IsSyncedAtEveryCommit()
    {
        using var settings = under.Store.Database.Writer.CreateCommand();
        settings.CommandText = "SELECT journal_mode || ' ' || synchronous || ' ' || secure_delete FROM pragma_journal_mode, pragma_synchronous, pragma_secure_delete";

        Assert.Equal("wal 2 1", settings.ExecuteScalar());
    }

    private object? Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={under.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
