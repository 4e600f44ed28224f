using Google.Protobuf;

namespace FundingFlows.Journal.Tests;

/// <summary>Of the journal of an earlier epoch nothing is told but the stretch that was kept, whatever the disk holds of it.</summary>
public sealed class EarlierJournalTests : IAsyncDisposable
{
    private const string Federation = "fed.example";
    private const int Kept = 4;
    private readonly Instance instance = new(StoreKind.Sqlite);
    private readonly TempFolder folder = new();
    private readonly KeyRing keys;
    private readonly BodyKey first;

    public EarlierJournalTests() => first = (keys = new KeyRing(folder.File("keys"), Instance.Central)).ReadOrCreate(1);

    public async ValueTask DisposeAsync()
    {
        await instance.DisposeAsync();
        keys.Dispose();
        folder.Dispose();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Checkpoint_OfAnEarlierEpoch_IsThatOfWhatWasKept()
    {
        var (body, root) = await PlayAsync();
        // A disk that holds something else behind the kept entries, or nothing at all, changes nothing: it is not asked.
        instance.Store.FailReads(1, new StoreException(StoreFault.Failed, "There is nothing to be read."));

        var journal = (await FindAsync(body, 1))!;

        var checkpoint = Checkpoint.Open(journal.Checkpoint, VerifierKey.Of($"{Federation}/{Instance.Central}/1", first.PublicKey), out var problem);
        Assert.Equal("", problem);
        Assert.Equal((Kept, Convert.ToHexString(root)), (checkpoint!.Size, Convert.ToHexString(checkpoint.Root)));
        Assert.Equal((1u, (long)Kept), (journal.Epoch, journal.Size));
    }

    [Fact]
    public async Task Entries_AndTilesBehindThoseThatWereKept_AreNotThere()
    {
        var (body, _) = await PlayAsync();
        var journal = (await FindAsync(body, 1))!;

        var entries = await journal.ReadEntriesAsync(0, 100, Stop);
        Assert.Equal(await body.ReadEntriesAsync(0, Kept, Stop), entries);
        Assert.Equal(entries.Skip(1).Take(2), await journal.ReadEntriesAsync(1, 2, Stop));
        Assert.Empty(await journal.ReadEntriesAsync(Kept, 1, Stop));
        Assert.Empty(await journal.ReadEntriesAsync(long.MaxValue, 1, Stop));
        Assert.Equal(body.HashTile(2, Tile($"tile/0/000.p/{Kept}")), journal.HashTile(Tile($"tile/0/000.p/{Kept}")));
        Assert.Equal(EntryBundle.Of(entries), await journal.EntryTileAsync(Tile($"tile/entries/000.p/{Kept}"), Stop));
        Assert.NotNull(body.HashTile(2, Tile($"tile/0/000.p/{Kept + 1}")));
        Assert.Null(journal.HashTile(Tile($"tile/0/000.p/{Kept + 1}")));
        Assert.Null(await journal.EntryTileAsync(Tile($"tile/entries/000.p/{Kept + 1}"), Stop));
        Assert.Null(journal.HashTile(Tile("tile/entries/000.p/1")));
        Assert.Null(await journal.EntryTileAsync(Tile("tile/0/000.p/1"), Stop));
    }

    [Fact]
    public async Task Checkpoint_IsSignedWithTheKeyOfItsTime_AndNotWithoutIt()
    {
        var (body, _) = await PlayAsync();
        var second = keys.ReadOrCreate(2);
        Assert.Null((await body.SubmitAsync(Ask.That((_, _) => Decision.Accept(new Fact { KeyAdopted = new KeyAdopted { PublicKey = ByteString.CopyFrom(second.PublicKey) } })), Ask.By(50))).Refusal);
        Assert.Equal(second.PublicKey, body.KeyAt(body.CommittedSize));

        Assert.NotNull(Checkpoint.Open((await FindAsync(body, 1))!.Checkpoint, VerifierKey.Of($"{Federation}/{Instance.Central}/1", first.PublicKey), out _));
        using var none = new KeyRing(folder.File("none"), Instance.Central);
        Assert.Null(await EarlierJournal.FindAsync(body, none, Federation, 1, Stop));
    }

    [Fact]
    public async Task Body_ThatMaySignNothing_SignsNothingOfAnEarlierEpochEither()
    {
        var (body, _) = await PlayAsync();
        var journal = (await FindAsync(body, 1))!;

        body.Hold("Its disk holds another history.", signsNothing: true);
        Assert.Equal("", journal.Checkpoint);

        body.Hold("It asks others.");
        Assert.NotEqual("", journal.Checkpoint);
    }

    [Fact]
    public async Task Epoch_OfWhichNothingIsKept_IsNotFound()
    {
        var (body, _) = await PlayAsync();
        var old = (await FindAsync(body, 1))!;
        await BeginAsync(body, 3, Kept - 1);

        // The third keeps less than the second did: of that one's own entries none are left.
        Assert.Null(await FindAsync(body, 2));
        Assert.Equal(Kept - 1, (await FindAsync(body, 1))!.Size);
        Assert.Null(await FindAsync(body, 3));
        Assert.Null(await FindAsync(body, 4));
        Assert.Null(await FindAsync(body, 0));
        // Who held it from before reads nothing of another journal.
        await Assert.ThrowsAsync<JournalUnavailableException>(() => old.ReadEntriesAsync(0, 1, Stop));
        Assert.Null(old.HashTile(Tile("tile/0/000.p/1")));
    }

    private Task<EarlierJournal?> FindAsync(Sequencer body, uint epoch) => EarlierJournal.FindAsync(body, keys, Federation, epoch, Stop);

    /// <summary>Seven entries, of which the second epoch keeps four and goes on with two.</summary>
    private async Task<(Sequencer Body, byte[] KeptRoot)> PlayAsync()
    {
        var genesis = instance.Genesis();
        genesis.PublicKey = ByteString.CopyFrom(first.PublicKey);
        var body = await Sequencer.OpenAsync(instance.Settings() with { Genesis = genesis }, Stop);
        for (var i = 0; i < 6; i++)
            await body.SubmitAsync(Ask.Fund($"fund-{i}"), Ask.By(i));
        var root = body.RootAt(Kept);
        await BeginAsync(body, 2, Kept);
        await body.SubmitAsync(Ask.Fund("another"), Ask.By(10));
        return (body, root);
    }

    private async Task BeginAsync(Sequencer body, uint epoch, long size)
    {
        Assert.Equal(EpochBeginning.Begun, await new NewEpoch(instance.Store, Instance.Central, new DeclaredEpoch(epoch, size, body.RootAt(size)))
            .BeginAsync(async (from, stop) => await instance.Store.ReadAsync(Instance.JournalOf(Instance.Central), from, 100, stop), Stop));
        await body.GoOnInAsync(epoch, null, Stop);
    }

    private static TilePath Tile(string path) => TilePath.TryParse(path["tile/".Length..], out var tile) ? tile : throw new FormatException(path);
}
