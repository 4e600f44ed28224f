using static FundingFlows.Journal.Tests.StoreUnderTest;

namespace FundingFlows.Journal.Tests;

/// <summary>A batch is stored in one commit; a journal that does not fit drops out whole, and the others go on.</summary>
public abstract class AppendTests(StoreKind kind) : IAsyncDisposable
{
    private static readonly Guid Command = Guid.Parse("0190b7e2-0000-7000-8000-000000000001");
    private readonly StoreUnderTest under = new(kind);

    public ValueTask DisposeAsync() => under.DisposeAsync();

    [Fact]
    public async Task Entries_OfSeveralJournals_AreReadBackInOrder()
    {
        var (council, forum) = (await under.LeaseAsync(Council), await under.LeaseAsync(Forum));

        Assert.Empty(await under.AppendAsync(Append(council, 0, "a", "b"), Append(forum, 0, "x"), Append(council, 2, "c")));
        Assert.Empty(await under.AppendAsync(Append(forum, 1, "y")));

        Assert.Equal(["a", "b", "c"], await under.WordsAsync(Council));
        Assert.Equal(["x", "y"], await under.WordsAsync(Forum));
    }

    [Fact]
    public async Task Lease_OfAJournal_SaysSizeAndRootOfWhatIsStored()
    {
        var fresh = await under.LeaseAsync(Council);
        await under.AppendAsync(Append(fresh, 0, "a"), Append(fresh, 1, "b", "c"));

        var next = await under.LeaseAsync(Council);

        Assert.Equal((1, 0), (fresh.Number, fresh.Size));
        Assert.Equal(MerkleHash.Empty(), fresh.Root);
        Assert.Equal((2, 3), (next.Number, next.Size));
        Assert.Equal(Root("b", "c"), next.Root);
    }

    [Fact]
    public async Task Append_UnderAnOlderLease_DropsOutAndTheOthersGoOn()
    {
        var (older, forum) = (await under.LeaseAsync(Council), await under.LeaseAsync(Forum));
        var newer = await under.LeaseAsync(Council);

        Assert.Equal(
            new Dictionary<JournalKey, DroppedOut> { [Council] = DroppedOut.LeaseTaken }, await under.DroppedAsync(Append(older, 0, "a"), Append(forum, 0, "x"), Append(older, 1, "b")));
        Assert.Empty(await under.AppendAsync(Append(newer, 0, "n")));

        Assert.Equal(["n"], await under.WordsAsync(Council));
        Assert.Equal(["x"], await under.WordsAsync(Forum));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Append_AtAnIndexThatIsNotTheSize_DropsOutAndTheOthersGoOn(int at)
    {
        var (council, forum) = (await under.LeaseAsync(Council), await under.LeaseAsync(Forum));
        await under.AppendAsync(Append(council, 0, "a", "b"));

        Assert.Equal(new Dictionary<JournalKey, DroppedOut> { [Council] = DroppedOut.WrongIndex }, await under.DroppedAsync(Append(council, at, "c"), Append(forum, 0, "x")));

        Assert.Equal(["a", "b"], await under.WordsAsync(Council));
        Assert.Equal(["x"], await under.WordsAsync(Forum));
        Assert.Equal(2, (await under.Store.RenewAsync(council, CancellationToken.None))!.Size);
    }

    [Fact]
    public async Task Append_AfterOneOfTheSameJournalThatFits_DropsOutWithIt()
    {
        var (council, forum) = (await under.LeaseAsync(Council), await under.LeaseAsync(Forum));

        Assert.Equal(
            new Dictionary<JournalKey, DroppedOut> { [Council] = DroppedOut.WrongIndex },
            await under.DroppedAsync(Append(council, 0, "a"), Append(forum, 0, "x"), Append(council, 5, "f"), Append(council, 1, "b")));

        Assert.Empty(await under.WordsAsync(Council));
        Assert.Equal(["x"], await under.WordsAsync(Forum));
    }

    [Fact]
    public async Task Append_UnderALeaseOfAnUnknownJournal_DropsOut()
    {
        var lease = await under.LeaseAsync(Council);

        Assert.Equal([Forum], await under.AppendAsync(Append(lease with { Journal = Forum }, 0, "x")));
        Assert.Empty(await under.WordsAsync(Forum));
    }

    [Fact]
    public async Task Batch_WithACommandIdThatIsTaken_IsNotStoredAtAll()
    {
        var (council, forum) = (await under.LeaseAsync(Council), await under.LeaseAsync(Forum));
        await under.AppendAsync(new JournalAppend(council, 0, [Entry("a", Command)], Root("a")));

        var problem = await Assert.ThrowsAsync<StoreException>(() => under.AppendAsync(
            Append(forum, 0, "x"), new JournalAppend(council, 1, [Entry("b", Command)], Root("b"))));

        Assert.Equal(StoreFault.Failed, problem.Fault);
        Assert.Empty(await under.WordsAsync(Forum));
        Assert.Equal(["a"], await under.WordsAsync(Council));
        Assert.Equal((0, 1), ((await under.LeaseAsync(Forum)).Size, (await under.LeaseAsync(Council)).Size));
    }

    [Fact]
    public async Task Command_OfAnEntry_IsFoundInItsJournalAlone()
    {
        var (council, forum) = (await under.LeaseAsync(Council), await under.LeaseAsync(Forum));
        await under.AppendAsync(new JournalAppend(council, 0, [Entry("a"), Entry("b", Command), Entry("c")], Root("c")), Append(forum, 0, "x"));

        Assert.Equal(1, await under.Store.FindCommandAsync(Council, Command, CancellationToken.None));
        Assert.Null(await under.Store.FindCommandAsync(Forum, Command, CancellationToken.None));
        Assert.Null(await under.Store.FindCommandAsync(Council with { Epoch = 2 }, Command, CancellationToken.None));
        Assert.Null(await under.Store.FindCommandAsync(Council, Guid.Parse("0190b7e2-0000-7000-8000-000000000002"), CancellationToken.None));
    }

    [Fact]
    public async Task Command_InTwoJournals_IsFoundInEach()
    {
        var (council, forum) = (await under.LeaseAsync(Council), await under.LeaseAsync(Forum));

        Assert.Empty(await under.AppendAsync(
            new JournalAppend(council, 0, [Entry("a", Command)], Root("a")), new JournalAppend(forum, 0, [Entry("x"), Entry("y", Command)], Root("y"))));

        Assert.Equal(0, await under.Store.FindCommandAsync(Council, Command, CancellationToken.None));
        Assert.Equal(1, await under.Store.FindCommandAsync(Forum, Command, CancellationToken.None));
    }
}
