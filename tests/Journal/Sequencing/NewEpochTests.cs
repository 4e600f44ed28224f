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
            Assert.Equal(EpochBeginning.Begun, await new NewEpoch(instance.Store, Instance.Central, new DeclaredEpoch(epoch, size, before.Root(size))).BeginAsync(Own, Stop));
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
        Assert.Equal(EpochBeginning.Begun, await new NewEpoch(instance.Store, Instance.Central, kept).BeginAsync(Own, Stop));

        await body.GoOnInAsync(2, null, Stop);

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
        var epoch = new NewEpoch(instance.Store, Instance.Central, kept);
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
        Assert.Equal(EpochBeginning.Begun, await epoch.BeginAsync(Own, Stop));
    }

    [Fact]
    public async Task Entries_ThatAreNotThoseThatWereDeclared_LeaveNothingBehind()
    {
        var body = await PlayAsync();
        var kept = await DeclaredAsync(body, 4);

        foreach (var (declared, source, found) in new (DeclaredEpoch, KeptEntries, EpochBeginning)[]
        {
            (kept with { KeptRoot = new byte[32] }, Own, EpochBeginning.Others),
            (kept with { KeptSize = 100 }, Own, EpochBeginning.Missing),
            (kept, Lying(atReading: 0), EpochBeginning.Others),
            (kept, Lying(atReading: 1), EpochBeginning.Others),
            (kept, (_, _) => Task.FromResult<IReadOnlyList<byte[]>>([[0xff]]), EpochBeginning.Others),
        })
            Assert.Equal(found, await new NewEpoch(instance.Store, Instance.Central, declared).BeginAsync(source, Stop));

        Assert.Equal([1u], await instance.Store.EpochsAsync(Instance.Central, Stop));
    }

    /// <summary>They are read twice. Who gives others the second time is found out page by page; what was right before is gone on from.</summary>
    [Fact]
    public async Task Entries_ThatAreOthersWhenTheyAreReadAgain_AreNotStored()
    {
        var body = await PlayAsync();
        var kept = await DeclaredAsync(body, 6);
        var epoch = new NewEpoch(instance.Store, Instance.Central, kept);

        Assert.Equal(EpochBeginning.Others, await epoch.BeginAsync(Lying(atReading: 1, from: 2), Stop));

        Assert.Equal(2, (await instance.Store.ReadAsync(new JournalKey(Instance.Central, 2), 0, 100, Stop)).Count);
        await Assert.ThrowsAsync<EpochNotBegunException>(() => Sequencer.OpenAsync(instance.Settings() with { Epoch = 2 }, Stop));
        Assert.Equal(EpochBeginning.Begun, await epoch.BeginAsync(Own, Stop));
    }

    /// <summary>From an old copy of the disk, later, and from another source.</summary>
    [Fact]
    public async Task Epoch_ThatIsBegunAgain_IsTheSameToTheLastByte()
    {
        var body = await PlayAsync();
        var kept = await DeclaredAsync(body, 5);
        var entries = await body.ReadEntriesAsync(0, 5, Stop);
        Assert.Equal(EpochBeginning.Begun, await new NewEpoch(instance.Store, Instance.Central, kept).BeginAsync(Own, Stop));
        var begun = await instance.Store.ReadAsync(new JournalKey(Instance.Central, 2), 0, 100, Stop);
        await using var elsewhere = new Instance(kind);

        Assert.Equal(EpochBeginning.Begun, await new NewEpoch(elsewhere.Store, Instance.Central, kept).BeginAsync((from, _) => Task.FromResult<IReadOnlyList<byte[]>>([entries[(int)from]]), Stop));

        Assert.Equal(begun, await elsewhere.Store.ReadAsync(new JournalKey(Instance.Central, 2), 0, 100, Stop));
    }

    [Fact]
    public async Task Body_ThatGoesOnInANewEpochToAskOthers_IsNotLetGoByWhatWasKnownOfTheOneBefore()
    {
        var body = await PlayAsync();
        Assert.Equal(EpochBeginning.Begun, await new NewEpoch(instance.Store, Instance.Central, await DeclaredAsync(body, 4)).BeginAsync(Own, Stop));
        body.Hold("It asks others.");

        await body.GoOnInAsync(2, "It asks others of epoch 2.", Stop);
        await body.LetGoAsync(1);

        Assert.Equal("It asks others of epoch 2.", body.ReadsOnlyBecause);
        await body.LetGoAsync(2);
        Assert.Null((await body.SubmitAsync(Ask.Fund("late"), Ask.By(99))).Refusal);
    }

    /// <summary>A source that gives other bytes from an entry on, the so-manieth time that the entries are read from their beginning.</summary>
    private KeptEntries Lying(int atReading, long from = 0)
    {
        var readings = -1;
        return async (index, stop) =>
        {
            readings += index == 0 ? 1 : 0;
            var page = await instance.Store.ReadAsync(Instance.JournalOf(Instance.Central), index, 2, stop);
            return readings == atReading && index >= from ? [[.. page[0].SkipLast(1), (byte)(page[0][^1] ^ 1)], .. page.Skip(1)] : page;
        };
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
