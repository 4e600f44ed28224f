namespace FundingFlows.Journal.Tests;

/// <summary>A new epoch begins with the kept entries of the one before, unchanged, and counts only once it is whole.</summary>
public abstract class NewEpochTests(StoreKind kind) : IAsyncDisposable
{
    private const int Commands = 6;
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private KeptEntries Own => async (from, stop) => await instance.Store.ReadAsync(Instance.JournalOf(Instance.Central), from, 2, stop);

    [Fact]
    public async Task Root_OfANewEpoch_IsThatOfTheOneBeforeAtEverySizeThatIsKept()
    {
        var body = await PlayAsync();
        var before = new MerkleTree();
        foreach (var entry in await body.ReadEntriesAsync(0, 100, Stop))
            before.AppendEntry(entry);
        for (var (size, epoch) = (1L, 2u); size <= before.Size; size++, epoch++)
        {
            Assert.True(await new NewEpoch(instance.Store, Instance.Central, new DeclaredEpoch(epoch, size, before.Root(size)), instance.Time).BeginAsync(Own, Stop));
            var after = new MerkleTree();
            foreach (var entry in await instance.Store.ReadAsync(new JournalKey(Instance.Central, epoch), 0, 100, Stop))
                after.AppendEntry(entry);
            Assert.Equal(size + 1, after.Size);
            Assert.Equal(before.Root(size), after.Root(size));
            Assert.True(ConsistencyProofs.Hold(size, after.Size, after.Consistency(size, after.Size), before.Root(size), after.Root(after.Size)));
        }
    }

    [Fact]
    public async Task Body_ThatGoesOnInANewEpoch_KnowsItsKeptCommandsAndForgetsTheOthers()
    {
        var body = await PlayAsync();
        var kept = await DeclaredAsync(body, 4);
        Assert.True(await new NewEpoch(instance.Store, Instance.Central, kept, instance.Time).BeginAsync(Own, Stop));

        await body.GoOnInAsync(2, Stop);

        Assert.Equal((2u, 5L), (body.Key.Epoch, body.CommittedSize));
        var again = await body.SubmitAsync(Ask.Fund("fund-2"), Ask.By(2));
        Assert.Equal((true, new EntryId(Instance.Central, 1, 3)), (again.WasRepeated, again.First));
        var lost = await body.SubmitAsync(Ask.Fund("fund-3"), Ask.By(3));
        Assert.Equal((false, new EntryId(Instance.Central, 2, 5)), (lost.WasRepeated, lost.First));
        var state = await body.StateAsync();
        await instance.RestartAsync();
        Assert.Equal(state, await (await Sequencer.OpenAsync(instance.Settings() with { Epoch = 2 }, Stop)).StateAsync());
        Assert.Equal(3, await instance.Store.FindCommandAsync(new JournalKey(Instance.Central, 2), Ask.Id(2), Stop));
        Assert.Equal([2u, 1u], await instance.Store.EpochsAsync(Instance.Central, Stop));
    }

    [Fact]
    public async Task Epoch_ThatWasInterruptedAnywhere_CountsOnlyOnceItIsWhole()
    {
        var body = await PlayAsync();
        var kept = await DeclaredAsync(body, 6);
        var epoch = new NewEpoch(instance.Store, Instance.Central, kept, instance.Time);
        for (var stored = 0; stored < 4; stored++)
        {
            // Three pages of two entries are copied, and then the entry that begins the epoch: each time one step more is done.
            instance.Store.FailNextAppendOnceStored(new StoreException(StoreFault.Failed, "The power is cut."));
            await Assert.ThrowsAsync<StoreException>(() => epoch.BeginAsync(Own, Stop));
            var open = Sequencer.OpenAsync(instance.Settings() with { Epoch = 2 }, Stop);
            if (stored < 3)
                await Assert.ThrowsAsync<EpochNotBegunException>(() => open);
            else
                Assert.Equal(7, (await open).CommittedSize);
        }
        Assert.True(await epoch.BeginAsync(Own, Stop));
    }

    [Fact]
    public async Task Entries_ThatAreNotThoseThatWereDeclared_LeaveNothingBehind()
    {
        var body = await PlayAsync();
        var kept = await DeclaredAsync(body, 4);

        Assert.False(await new NewEpoch(instance.Store, Instance.Central, kept with { KeptRoot = new byte[32] }, instance.Time).BeginAsync(Own, Stop));
        Assert.False(await new NewEpoch(instance.Store, Instance.Central, kept with { KeptSize = 100 }, instance.Time).BeginAsync(Own, Stop));

        Assert.Equal([1u], await instance.Store.EpochsAsync(Instance.Central, Stop));
    }

    [Fact]
    public async Task Body_OfWhichALaterEpochWasDeclared_IsReadAndTakesNoCommands()
    {
        var body = await PlayAsync();

        await body.EndEpochAsync("A later epoch was declared.");

        Assert.Equal("A later epoch was declared.", (await Assert.ThrowsAsync<JournalUnavailableException>(() => body.SubmitAsync(Ask.Fund("late"), Ask.By(99)))).Message);
        Assert.Equal(Commands + 1, await body.ReadAsync(books => books.Size, Stop));
    }

    private async Task<Sequencer> PlayAsync()
    {
        var body = await instance.OpenAsync();
        for (var i = 0; i < Commands; i++)
            await body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(i));
        return body;
    }

    private static async Task<DeclaredEpoch> DeclaredAsync(Sequencer body, int size)
    {
        var tree = new MerkleTree();
        foreach (var entry in await body.ReadEntriesAsync(0, size, Stop))
            tree.AppendEntry(entry);
        return new DeclaredEpoch(2, size, tree.Root(size));
    }
}
