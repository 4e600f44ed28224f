using Google.Protobuf;
using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>The auditor's own copies, as they are kept and read.</summary>
public sealed class ArchiveTests : IAsyncDisposable
{
    private static readonly JournalKey Journal = new(Council, 1);
    private static readonly string Note = $"test/{Council}/1\n1\n{Convert.ToBase64String(new byte[32])}\n\n\u2014 test {Convert.ToBase64String(new byte[68])}\n";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fundingflows-archive-");
    private readonly WitnessStore notes;
    private readonly MerkleTree tree = new();

    public ArchiveTests() => notes = WitnessStore.Open(Path.Combine(folder.FullName, "witness.db"));

    [Fact]
    public async Task Copy_OfMoreEntriesThanAPageHas_IsReadWholeFromAnyPlace()
    {
        const int Entries = 9_000;
        await using var store = Open();
        var archive = new Archive(store, notes);
        Assert.Empty(await ReadAsync(archive, 0));
        var first = Made(0, 4_000);
        await archive.KeepAsync(Journal, first, tree.Root(4_000), TestContext.Current.CancellationToken);
        var rest = Made(4_000, Entries - 4_000);
        await archive.KeepAsync(Journal, rest, tree.Root(Entries), TestContext.Current.CancellationToken);
        byte[][] all = [.. first.Concat(rest).Select(entry => entry.Bytes)];

        foreach (var from in new[] { 0, 1, 4_095, 4_096, 4_097, Entries - 1, Entries })
            Assert.Equal(all.Skip(from), await ReadAsync(new Archive(store, notes), from));
        Assert.Equal(all[8_000], await archive.FindAsync(new EntryId(Council, 1, 8_000), Note, TestContext.Current.CancellationToken));
        Assert.Null(await archive.FindAsync(new EntryId(Council, 1, Entries), Note, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Entries_KeptAgainWithMoreBehindThem_AreKeptOnce()
    {
        await using var store = Open();
        var archive = new Archive(store, notes);
        await ReadAsync(archive, 0);
        var entries = Made(0, 5);

        await archive.KeepAsync(Journal, entries[..3], tree.Root(3), TestContext.Current.CancellationToken);
        await archive.KeepAsync(Journal, entries[..3], tree.Root(3), TestContext.Current.CancellationToken);
        await archive.KeepAsync(Journal, entries, tree.Root(5), TestContext.Current.CancellationToken);

        Assert.Equal(entries.Select(entry => entry.Bytes), await ReadAsync(new Archive(store, notes), 0));
    }

    [Fact]
    public async Task Copy_ThatAnotherAuditorTook_IsNotWrittenToAnyMore()
    {
        await using var store = Open();
        await using var sameStore = Open();
        var (first, second) = (new Archive(store, notes), new Archive(sameStore, notes));
        await ReadAsync(first, 0);
        await ReadAsync(second, 0);
        var entries = Made(0, 2);

        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => first.KeepAsync(Journal, entries, tree.Root(2), TestContext.Current.CancellationToken));
        await second.KeepAsync(Journal, entries, tree.Root(2), TestContext.Current.CancellationToken);

        Assert.Equal($"Another auditor writes to this copy of {Council}'s journal.", refused.Message);
        Assert.Equal(entries.Select(entry => entry.Bytes), await ReadAsync(second, 0));
    }

    [Fact]
    public async Task Notes_KeptTogetherAndOutOfOrder_AreTheNewestAfterARestart()
    {
        await using var store = Open();
        var archive = new Archive(store, notes);

        await Task.WhenAll(new[] { 3L, 9, 1, 9, 4 }.SelectMany(size => new[]
        {
            archive.KeepNoteAsync("f/one/1", size, $"one at {size}", TestContext.Current.CancellationToken),
            archive.KeepNoteAsync("f/two/1", size + 1, $"two at {size + 1}", TestContext.Current.CancellationToken),
        }));
        await archive.KeepNoteAsync("f/one/1", 8, "one at 8", TestContext.Current.CancellationToken);

        await using var again = WitnessStore.Open(Path.Combine(folder.FullName, "witness.db"));
        Assert.Equal(("one at 9", "two at 10", null), (new Archive(store, again).NoteOf("f/one/1"), again.Newest("f/two/1"), again.Verified("f/three/1")));
        Assert.True(again.TryAdvance("w", "f/two/1", 0, 11, "two at 11"));
        Assert.Equal(("two at 11", "two at 10"), (again.Newest("f/two/1"), again.Verified("f/two/1")));
    }

    public async ValueTask DisposeAsync()
    {
        await notes.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private SqliteJournalStore Open() => SqliteJournalStore.Open(Path.Combine(folder.FullName, "journals.db"));

    private static async Task<List<byte[]>> ReadAsync(Archive archive, long from)
    {
        var entries = new List<byte[]>();
        await foreach (var bytes in archive.ReadAsync(Journal, from, TestContext.Current.CancellationToken))
            entries.Add(bytes);
        return entries;
    }

    /// <summary>Entries that say nothing but their place.</summary>
    private VerifiedEntry[] Made(int from, int count)
    {
        var entries = Enumerable.Range(from, count).Select(i => new Entry { Index = (ulong)i }).Select(entry => new VerifiedEntry(entry.ToByteArray(), entry)).ToArray();
        foreach (var entry in entries)
            tree.Append(MerkleHash.Leaf(entry.Bytes));
        return entries;
    }
}
