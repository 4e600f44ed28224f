using CsCheck;
using static FundingFlows.Journal.Tests.StoreUnderTest;

namespace FundingFlows.Journal.Tests;

/// <summary>A page holds as many entries as were asked for and at most 1 MiB of them, but always one.</summary>
public abstract class PageTests(StoreKind kind) : IAsyncDisposable
{
    private const int MiB = 1 << 20;
    private readonly StoreUnderTest under = new(kind);

    public ValueTask DisposeAsync() => under.DisposeAsync();

    [Theory]
    [InlineData(0, 10, 5)]
    [InlineData(0, 3, 3)]
    [InlineData(3, 10, 2)]
    [InlineData(4, 1, 1)]
    [InlineData(5, 10, 0)]
    [InlineData(99, 10, 0)]
    public async Task Page_FromAnIndex_HoldsThatManyEntries(int from, int most, int expected)
    {
        await StoreAsync([1, 1, 1, 1, 1]);

        var page = await under.Store.ReadAsync(Council, from, most, CancellationToken.None);

        Assert.Equal(Enumerable.Range(from, expected), page.Select(entry => (int)entry[0]));
    }

    [Fact]
    public async Task Page_OfAnUnknownJournal_IsEmpty() => Assert.Empty(await under.Store.ReadAsync(Forum, 0, 10, CancellationToken.None));

    [Theory]
    [InlineData(new[] { 16, 1 }, 17)]
    [InlineData(new[] { 17, 1 }, 16)]
    [InlineData(new[] { 15, 1, 1 }, 18)]
    [InlineData(new[] { 1, 14, 2 }, 18)]
    public async Task Page_OfSixteenOfTheLongestEntriesAndSuch_EndsBeforeOneMebibyte(int[] sizes, int expected)
    {
        await StoreAsync([.. Enumerable.Repeat(Sequencer.MostEntryBytes, 16), .. sizes]);

        Assert.Equal(expected, (await under.Store.ReadAsync(Council, 0, 100, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Pages_OneAfterTheOther_AreTheWholeJournal()
    {
        var sizes = Gen.Int[1, 65_535].Array[60].Single();
        await StoreAsync(sizes);

        var read = new List<int>();
        while (await under.Store.ReadAsync(Council, read.Count, 1_000, CancellationToken.None) is { Count: > 0 } page)
        {
            Assert.InRange(page.Sum(entry => entry.Length), 1, MiB);
            read.AddRange(page.Select(entry => entry.Length));
        }
        Assert.Equal(sizes, read);
    }

    /// <summary>Stores an entry of each size; its first byte is its index.</summary>
    private async Task StoreAsync(int[] sizes)
    {
        var lease = await under.LeaseAsync(Council);
        await under.AppendAsync(new JournalAppend(
            lease, 0, [.. sizes.Select((size, i) => new StoredEntry(new byte[] { (byte)i }.Concat(new byte[size - 1]).ToArray(), null))], Root()));
    }
}
