using System.Buffers.Binary;
using static FundingFlows.Journal.Tests.StoreUnderTest;

namespace FundingFlows.Journal.Tests;

/// <summary>
/// After a process that was ended the newest commits stand in the log of SQLite alone. Wherever that is altered, cut or removed the store says so and
/// does not open; only the last commit may be torn, as a crash tears it, where nothing is left that says that it was durable.
/// </summary>
public sealed class DamagedLogTests : IAsyncLifetime
{
    private const int HeaderBytes = 32;
    private const int FrameBytes = 24;
    private const int Commits = 12;
    private readonly TempFolder folder = new();
    private byte[] database = [];
    private byte[] log = [];
    private byte[] index = [];
    private int opened;

    public async ValueTask InitializeAsync()
    {
        var path = folder.File("journals.db");
        await SqliteJournalStore.Open(path).DisposeAsync();
        await using var store = SqliteJournalStore.Open(path);
        var lease = await store.LeaseAsync(Council, CancellationToken.None);
        for (var i = 0; i < Commits; i++)
            await store.AppendAsync([Append(lease, i, $"entry {i} {new string('x', 400)}")], CancellationToken.None);
        (database, log, index) = (Bytes(path), Bytes(path + "-wal"), Bytes(path + "-shm"));
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private int Frame => FrameBytes + (int)BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(8));

    private int Frames => (log.Length - HeaderBytes) / Frame;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Log_ThatIsWhole_IsRead(bool hasIndex) => Assert.Equal(Commits, await OpenAsync(log, hasIndex));

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x40)]
    [InlineData(0xff)]
    public void Byte_FlippedAnywhere_IsFoundInItsFrame(int flip)
    {
        foreach (var at in Places())
            MustBeFound(Flipped(at, flip), hasIndex: true, FrameOf(at));
    }

    [Fact]
    public async Task Byte_FlippedWithNoIndexLeft_IsFoundUnlessInTheLastCommit()
    {
        var last = LastCommit();
        Assert.InRange(last, 2, Frames);
        foreach (var at in Places())
            if (FrameOf(at) < last)
                MustBeFound(Flipped(at, 0x40), hasIndex: false, FrameOf(at));
            else if (at % 7 == 0)
                Assert.Equal(Commits - 1, await OpenAsync(Flipped(at, 0x40), hasIndex: false));
    }

    [Fact]
    public async Task Log_ThatWasCut_IsFoundWhereItEnds()
    {
        for (var frames = 1; frames < Frames; frames++)
            foreach (var more in new[] { 0, 1, Frame - 1 })
            {
                MustBeFound(log[..(HeaderBytes + (frames * Frame) + more)], hasIndex: true, frames + 1);
                // A log that ends sooner is what a disk of before has: whether there was more only others can tell.
                Assert.InRange(await OpenAsync(log[..(HeaderBytes + (frames * Frame) + more)], hasIndex: false), 0, Commits - 1);
            }
    }

    [Fact]
    public async Task Log_ThatWasRemoved_IsMissedByItsIndexAlone()
    {
        MustBeFound([], hasIndex: true, 1);
        MustBeFound(null, hasIndex: true, 1);
        Assert.Equal(0, await OpenAsync(null, hasIndex: false));
    }

    [Fact]
    public async Task Commit_ThatWasTorn_IsLeftOutAndTheStoreGoesOn()
    {
        var torn = log.ToArray();
        torn.AsSpan(HeaderBytes + ((LastCommit() - 1) * Frame), Frame / 2).Clear();
        Assert.Equal(Commits - 1, await OpenAsync(torn, hasIndex: false));
        Assert.Equal(Commits, await OpenAsync([.. log, .. new byte[(3 * Frame) + 5]], hasIndex: true));
        Assert.Equal(Commits, await OpenAsync([.. log, .. log[HeaderBytes..(HeaderBytes + (2 * Frame))]], hasIndex: true));
    }

    [Fact]
    public async Task Log_BegunAnew_IsReadThoughOlderFramesStandBehindIt()
    {
        var path = folder.File("again.db");
        await using var store = SqliteJournalStore.Open(path);
        var lease = await store.LeaseAsync(Council, CancellationToken.None);
        for (var i = 0; i < Commits; i++)
        {
            if (i == Commits - 2)
                SqliteDatabase.Run(store.Database.Writer, "PRAGMA wal_checkpoint(RESTART)");
            await store.AppendAsync([Append(lease, i, $"entry {i} {new string('x', 400)}")], CancellationToken.None);
        }
        (database, log, index) = (Bytes(path), Bytes(path + "-wal"), Bytes(path + "-shm"));

        Assert.Equal(Commits, await OpenAsync(log, hasIndex: true));
        Assert.Equal(Commits, await OpenAsync(log, hasIndex: false));
        MustBeFound(Flipped(HeaderBytes + FrameBytes, 1), hasIndex: true, 1);
    }

    [Fact]
    public async Task Index_OfAnotherLogOrHalfWritten_SaysNothing()
    {
        var (other, half) = (index.ToArray(), index.ToArray());
        half[16] ^= 1;
        index = half;
        Assert.Equal(Commits - 1, await OpenAsync(log[..(HeaderBytes + ((LastCommit() - 1) * Frame))], hasIndex: true));
        other.AsSpan(0, 96).Clear();
        index = other;
        Assert.Equal(Commits - 1, await OpenAsync(log[..(HeaderBytes + ((LastCommit() - 1) * Frame))], hasIndex: true));
        index = [1, 2, 3];
        Assert.Equal(Commits, await OpenAsync(log, hasIndex: true));
    }

    /// <summary>Every byte of the log's beginning and of what stands before each page, and some of each page.</summary>
    private IEnumerable<int> Places()
    {
        var chance = new Random(6);
        return Enumerable.Range(0, HeaderBytes).Concat(Enumerable.Range(0, Frames).SelectMany(frame => Enumerable.Range(0, FrameBytes)
            .Concat(Enumerable.Range(0, 4).Select(_ => chance.Next(FrameBytes, Frame))).Select(at => HeaderBytes + (frame * Frame) + at)));
    }

    private int FrameOf(int at) => at < HeaderBytes ? 0 : ((at - HeaderBytes) / Frame) + 1;

    /// <summary>The first frame of the last commit, from 1.</summary>
    private int LastCommit() => Enumerable.Range(1, Frames - 1).Last(frame => BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(HeaderBytes + ((frame - 1) * Frame) + 4)) > 0) + 1;

    private byte[] Flipped(int at, int flip)
    {
        var altered = log.ToArray();
        altered[at] ^= (byte)flip;
        return altered;
    }

    private void MustBeFound(byte[]? altered, bool hasIndex, int frame)
    {
        var path = Put(altered, hasIndex);
        var problem = Assert.Throws<StoreException>(() => SqliteJournalStore.Open(path));
        Assert.StartsWith($"{path}-wal is damaged {(frame == 0 ? "at its beginning" : $"from frame {frame} on")}: ", problem.Message, StringComparison.Ordinal);
        Remove(path);
    }

    /// <summary>Opens it, and answers with how many entries the journal then has.</summary>
    private async Task<long> OpenAsync(byte[]? altered, bool hasIndex)
    {
        var path = Put(altered, hasIndex);
        await using var store = SqliteJournalStore.Open(path);
        var lease = await store.LeaseAsync(Council, CancellationToken.None);
        Assert.Empty(await store.AppendAsync([Append(lease, lease.Size, "one more")], CancellationToken.None));
        return lease.Size;
    }

    private string Put(byte[]? altered, bool hasIndex)
    {
        var path = folder.File($"copy-{opened++}.db");
        File.WriteAllBytes(path, database);
        if (altered is not null)
            File.WriteAllBytes(path + "-wal", altered);
        if (hasIndex)
            File.WriteAllBytes(path + "-shm", index);
        return path;
    }

    private static void Remove(string path) => Array.ForEach([path, path + "-wal", path + "-shm"], File.Delete);

    private static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
