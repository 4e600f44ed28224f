namespace FundingFlows.Journal.Tests;

/// <summary>
/// A byte that was flipped anywhere in the file of a SQLite store: its journals are refused with a clear word, or all that is
/// read of them is what was written.
/// </summary>
public sealed class DamagedFileTests : IAsyncDisposable
{
    private const int Flips = 250;
    private static readonly string[] Bodies = [Instance.Central, "HMT"];
    private readonly SqlitePlace place = new();
    private readonly TempFolder folder = new();
    private readonly Instance instance;

    public DamagedFileTests() => instance = new Instance(place);

    public async ValueTask DisposeAsync()
    {
        await instance.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Byte_FlippedAnywhereInTheFile_IsFoundOrHarmless()
    {
        var expected = new Dictionary<string, List<Entry>>();
        foreach (var body in Bodies)
        {
            var open = await instance.OpenAsync(body);
            for (var i = 0; i < 30; i++)
                await open.SubmitAsync(Ask.Funds($"fund-{i}", $"more-{i}"), Ask.By(i));
            // An entry of many pages.
            await open.SubmitAsync(Ask.That((_, _) => Decision.Accept(new Fact { FundOpened = new FundOpened { Terms = new FundTerms { Fund = $"{body}.large", Version = 1, Title = new string('x', 20_000) } } })));
            expected[body] = await instance.StoredAsync(body);
        }
        place.Ask("VACUUM INTO $1", folder.File("whole.db"));
        var (whole, random) = (await File.ReadAllBytesAsync(folder.File("whole.db"), TestContext.Current.CancellationToken), new Random(23));
        var refused = 0;
        for (var i = 0; i < Flips; i++)
        {
            var (at, flip) = (random.Next(whole.Length), (byte)random.Next(1, 256));
            whole[at] ^= flip;
            var path = folder.File($"flipped-{i}.db");
            await File.WriteAllBytesAsync(path, whole, TestContext.Current.CancellationToken);
            whole[at] ^= flip;
            foreach (var body in Bodies)
                if (await ReadAsync(path, body) is { } found)
                    Assert.Equal(expected[body], found);
                else
                    refused++;
        }
        Assert.InRange(refused, Flips / 4, (2 * Flips) - 1);
    }

    /// <summary>All entries of a body that opens. Null: it was refused, for a reason that was thought of.</summary>
    private async Task<List<Entry>?> ReadAsync(string path, string body)
    {
        try
        {
            await using var store = SqliteJournalStore.Open(path);
            await using var committer = new GroupCommitter(store, instance.Time, instance.FailStops.Enqueue);
            var open = await Sequencer.OpenAsync(instance.Settings(body) with { Store = store, Committer = committer }, TestContext.Current.CancellationToken);
            var entries = new List<Entry>();
            while (entries.Count < open.CommittedSize)
                entries.AddRange((await open.ReadEntriesAsync(entries.Count, 1_000, TestContext.Current.CancellationToken)).Select(Entry.Parser.ParseFrom));
            return entries;
        }
        catch (Exception problem) when (problem is StoreException or JournalCorruptException)
        {
            return null;
        }
    }
}
