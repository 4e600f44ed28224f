using Microsoft.Data.Sqlite;

namespace FundingFlows.Journal.Tests;

/// <summary>What a witness has said is remembered before it is said, and never taken back.</summary>
public sealed class WitnessStoreTests : IAsyncDisposable
{
    private const string Witness = "uk/witness/audit";
    private const string Origin = "uk/E06000047/1";
    private static readonly JournalKey Durham = new("E06000047", 1);

    private readonly TempFolder folder = new();
    private WitnessStore store;

    public WitnessStoreTests() => store = WitnessStore.Open(folder.File("witness.db"));

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Note_ThatWasKept_IsThereAfterARestart()
    {
        Assert.True(store.TryAdvance(Witness, Origin, 0, 7, "of seven"));
        Assert.True(store.TryAdvance(Witness, Origin, 7, 9, "of nine"));

        await ReopenAsync();

        Assert.Equal("of nine", store.Cosigned(Witness, Origin));
        Assert.Equal("of nine", store.CosignedByHash(Witness, "523169a69c264db56105013a284dd3d08031c2e62b708ff84dc56cfdfd41c32a"));
        Assert.Null(store.Cosigned(Witness, "uk/E06000047/2"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(9)]
    public void Note_FromAnotherSize_ChangesNothing(long oldSize)
    {
        store.TryAdvance(Witness, Origin, 0, 7, "of seven");

        Assert.False(store.TryAdvance(Witness, Origin, oldSize, 9, "of nine"));

        Assert.Equal("of seven", store.Cosigned(Witness, Origin));
    }

    [Fact]
    public void FirstNote_FromASizeThatNobodyCosigned_ChangesNothing()
    {
        Assert.False(store.TryAdvance(Witness, Origin, 7, 9, "of nine"));

        Assert.Null(store.Cosigned(Witness, Origin));
    }

    [Fact]
    public void Note_OfTheSameSize_TakesThePlaceOfTheOneBefore()
    {
        store.TryAdvance(Witness, Origin, 0, 0, "of none");

        Assert.True(store.TryAdvance(Witness, Origin, 0, 0, "of none, later"));

        Assert.Equal("of none, later", store.Cosigned(Witness, Origin));
    }

    [Fact]
    public void TwoWitnesses_OfOneInstance_RememberEachForItself()
    {
        store.TryAdvance(Witness, Origin, 0, 7, "by the auditor");
        store.TryAdvance("uk/witness/UKGOV", Origin, 0, 9, "by the centre");

        Assert.Equal("by the auditor", store.Cosigned(Witness, Origin));
        Assert.Equal("by the centre", store.Newest(Origin));
        Assert.Null(store.Newest("uk/E06000001/1"));
    }

    [Fact]
    public async Task OfManyAtOnce_FromOneSize_OneIsKept()
    {
        await using var other = WitnessStore.Open(folder.File("witness.db"));
        var asked = Enumerable.Range(1, 64).Select(size => Task.Run(
            () => (size % 2 == 0 ? store : other).TryAdvance(Witness, Origin, 0, size, $"of {size}") ? $"of {size}" : null));

        var kept = (await Task.WhenAll(asked)).OfType<string>().ToList();

        Assert.Equal(store.Cosigned(Witness, Origin), Assert.Single(kept));
    }

    [Fact]
    public async Task Quarantine_IsThereAfterARestart_AndAnotherEpochIsClean()
    {
        store.Remember(new Quarantine(Durham, "It signed two roots.", "the two"));

        await ReopenAsync();

        Assert.Equal(new Quarantine(Durham, "It signed two roots.", "the two"), store.Find(Durham));
        Assert.Null(store.Find(Durham with { Epoch = 2 }));
        Assert.Equal([store.Find(Durham)!], store.Quarantines("E06000047"));
    }

    [Fact]
    public void FirstReason_Stands_UntilThereIsEvidence()
    {
        store.Remember(new Quarantine(Durham, "Entry 3 cannot be read.", null));
        store.Remember(new Quarantine(Durham, "Entry 4 cannot be read.", null));
        Assert.Equal("Entry 3 cannot be read.", store.Find(Durham)!.Reason);

        store.Remember(new Quarantine(Durham, "It signed two roots.", "the two"));
        store.Remember(new Quarantine(Durham, "It signed two others.", "two others"));

        Assert.Equal(new Quarantine(Durham, "It signed two roots.", "the two"), store.Find(Durham));
    }

    [Fact]
    public async Task File_IsItsOwnersAlone_AndHasAVersion()
    {
        await using var connection = new SqliteConnection($"Data Source={folder.File("witness.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.File("witness.db")));
        Assert.Equal("wal", Ask(connection, "PRAGMA journal_mode"));
        Assert.Equal(1L, Ask(connection, "PRAGMA user_version"));
    }

    [Fact]
    public async Task File_OfANewerVersion_IsNotOpened()
    {
        await store.DisposeAsync();
        await using (var connection = new SqliteConnection($"Data Source={folder.File("witness.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            Ask(connection, "PRAGMA user_version=2");
        }

        var problem = Assert.Throws<StoreException>(() => WitnessStore.Open(folder.File("witness.db")));

        Assert.Contains("newer version (2)", problem.Message, StringComparison.Ordinal);
    }

    private async Task ReopenAsync()
    {
        await store.DisposeAsync();
        store = WitnessStore.Open(folder.File("witness.db"));
    }

    private static object? Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
