using Microsoft.Data.Sqlite;

namespace FundingFlows.Journal.Tests;

/// <summary>What an instance remembers of its links is there after a restart; a file that is damaged keeps nobody from starting, and is kept.</summary>
public sealed class LinkStoreTests : IDisposable
{
    private const int Pages = 4096;
    private static readonly DateTimeOffset At = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);
    private readonly TempFolder folder = new();
    private readonly List<string> told = [];

    private static readonly Dictionary<string, Action<string>> Damages = new()
    {
        ["words"] = path => File.WriteAllText(path, "This is no database, and never was one: nothing in it can be read."),
        ["cut off"] = path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..(Pages + 100)]),
        ["a page of it altered"] = path => Alter(path, Pages),
        ["its beginning altered"] = path => Alter(path, 0),
        ["other tables"] = path => Run(path, "DROP TABLE published"),
    };

    public static TheoryData<string> Damaged => [.. Damages.Keys];

    private string Path => folder.File("links.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Kept_AndForgotten_AreSoAfterARestart()
    {
        await using (var store = Open())
        {
            store.Keep([Seen("A", 1), Seen("B", 2)], []);
            store.Keep([Seen("B", 7), Seen("C", 3)], [Seen("A", 0)]);
            store.KeepPublished([("durham", 1, 9)]);
        }

        await using var again = Open();

        Assert.Equal([Seen("B", 7), Seen("C", 3)], again.AllTurnedAway().OrderBy(one => one.Reason, StringComparer.Ordinal));
        Assert.Equal((1u, 9L), again.Published()["durham"]);
        Assert.Empty(told);
    }

    [Fact]
    public async Task Kept_ButForOneOfThem_IsNoneOfThem()
    {
        await using var store = Open();
        store.Keep([Seen("A", 1)], []);

        Assert.ThrowsAny<Exception>(() => store.Keep([Seen("A", 2), Seen("B", 1), Seen(null!, 1)], []));

        Assert.Equal([Seen("A", 1)], store.AllTurnedAway());
        store.Keep([Seen("A", 2), Seen("B", 1)], []);
        Assert.Equal(2, store.AllTurnedAway().Count);
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public async Task File_ThatIsDamaged_IsPutAsideAndANewOneMade(string how)
    {
        await MakeAsync();
        Damages[how](Path);
        var damaged = File.ReadAllBytes(Path);

        await using (var store = Open())
        {
            Assert.Empty(store.AllTurnedAway());
            store.Keep([Seen("B", 1)], []);
        }

        Assert.Contains($"{Path} is damaged. It was put aside as {Path}.damaged-1", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(damaged, File.ReadAllBytes(Path + ".damaged-1"));
        await using var again = Open();
        Assert.Equal([Seen("B", 1)], again.AllTurnedAway());
        Assert.Single(told);
    }

    [Fact]
    public async Task Log_ThatIsDamaged_IsPutAsideWithItsFile()
    {
        var (file, log) = (Path, Path + "-wal");
        byte[] altered;
        await using (var running = LinkStore.Open(folder.File("running.db")))
        {
            for (var i = 1; i < 9; i++)
                running.Keep([Seen("A", i)], []);
            File.Copy(folder.File("running.db"), file);
            altered = Read(folder.File("running.db-wal"));
            altered[^5_000] ^= 1;
            altered[100] ^= 1;
            File.WriteAllBytes(log, altered);
        }

        await using var store = Open();

        Assert.Empty(store.AllTurnedAway());
        Assert.Contains("-wal is damaged", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(altered, File.ReadAllBytes(Path + ".damaged-1-wal"));
    }

    [Fact]
    public async Task Files_ThatAreDamagedOneAfterTheOther_AreAllKept()
    {
        for (var times = 1; times <= 3; times++)
        {
            File.WriteAllText(Path, $"No database: the {times}. of them, and long enough to be none.");
            await Open().DisposeAsync();
            Assert.Equal(times, told.Count);
        }

        Assert.All(Enumerable.Range(1, 3), number => Assert.Contains($"the {number}.", File.ReadAllText($"{Path}.damaged-{number}"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task File_OfANewerVersion_IsRefusedInPlainWordsAndStays()
    {
        await MakeAsync();
        Run(Path, "PRAGMA user_version = 2");

        var problem = Assert.Throws<StoreException>(Open);

        Assert.Equal((StoreFault.Failed, $"{Path} was written by a newer version (2); this one knows up to 1."), (problem.Fault, problem.Message));
        Assert.Empty(told);
        Assert.False(File.Exists(Path + ".damaged-1"));
        Run(Path, "PRAGMA user_version = 1");
        await using var store = Open();
        Assert.Single(store.AllTurnedAway());
    }

    [Fact]
    public async Task File_ThatCouldNotBeSynced_IsOpenedAfreshAndWrittenAgain()
    {
        await MakeAsync();
        await using var store = Open();

        Assert.Throws<StoreException>(() => store.Database.Write<int>(_ => throw new SqliteException("disk I/O error", 10, 10 | (4 << 8))));
        store.Keep([Seen("A", 2)], []);

        Assert.Equal([Seen("A", 2)], store.AllTurnedAway());
        Assert.Empty(told);
    }

    private LinkStore Open() => LinkStore.Open(Path, told.Add);

    private async Task MakeAsync()
    {
        await using var store = Open();
        store.Keep([Seen("A", 1)], []);
    }

    private static TurnedAway Seen(string reason, long count) => new(1, reason, "durham", "", count, At, At.AddMilliseconds(count));

    private static void Alter(string path, int from)
    {
        var bytes = File.ReadAllBytes(path);
        Array.Fill(bytes, (byte)0xa5, from, 200);
        File.WriteAllBytes(path, bytes);
    }

    private static void Run(string path, string sql)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        SqliteDatabase.Run(connection, sql);
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
