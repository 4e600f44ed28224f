using static FundingFlows.Journal.Tests.StoreUnderTest;

namespace FundingFlows.Journal.Tests;

/// <summary>What was stored is there when the store is opened again.</summary>
public abstract class KeepingTests(StoreKind kind) : IAsyncDisposable
{
    private readonly StoreUnderTest under = new(kind);

    public ValueTask DisposeAsync() => under.DisposeAsync();

    [Fact]
    public async Task Store_OpenedAgain_KeepsEverything()
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
    public async Task Bytes_OfAnEntry_AreKeptExactly()
    {
        byte[][] entries = [[], [0], [.. Enumerable.Range(0, 256).Select(i => (byte)i)], [.. Enumerable.Range(0, 65_535).Select(i => (byte)(i % 251))]];
        var lease = await under.LeaseAsync(Council);

        await under.AppendAsync(new JournalAppend(lease, 0, [.. entries.Select(bytes => new StoredEntry(bytes.AsMemory(), null))], Root()));

        Assert.Equal(entries, await under.Store.ReadAsync(Council, 0, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Entry_ThatIsPartOfALargerBuffer_IsKeptAlone()
    {
        var lease = await under.LeaseAsync(Council);
        var buffer = "before-the entry-behind"u8.ToArray();

        await under.AppendAsync(new JournalAppend(lease, 0, [new StoredEntry(buffer.AsMemory(7, 9), null)], Root()));

        Assert.Equal(["the entry"], await under.WordsAsync(Council));
    }

    [Fact]
    public async Task Append_AfterOneThatFailed_IsStored()
    {
        var command = Guid.Parse("0190b7e2-0000-7000-8000-000000000001");
        var lease = await under.LeaseAsync(Council);
        await under.AppendAsync(new JournalAppend(lease, 0, [Entry("a", command)], Root("a")));
        await Assert.ThrowsAsync<StoreException>(() => under.AppendAsync(new JournalAppend(lease, 1, [Entry("b", command)], Root("b"))));

        Assert.Empty(await under.AppendAsync(Append(lease, 1, "b")));

        Assert.Equal(["a", "b"], await under.WordsAsync(Council));
    }
}
