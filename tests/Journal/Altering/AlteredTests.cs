using static FundingFlows.Journal.Tests.AlteredJournal;

namespace FundingFlows.Journal.Tests;

/// <summary>A stored journal in which any one thing was altered is not opened; which entry it was is said, and other bodies go on.</summary>
public abstract class AlteredTests(StoreKind kind) : IAsyncLifetime
{
    private const string NotThere = "it is not there, and the store holds entries of which it cannot be told whose they are";
    private const string Beside = "what stands beside its entries (lease, size and root) was altered";
    private readonly AlteredJournal journal = new(kind);

    public async ValueTask InitializeAsync() => await journal.BeginAsync();

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    [Fact]
    public async Task Byte_OfAnyEntry_ThatWasFlipped_IsFound()
    {
        var random = new Random(7);
        foreach (var row in journal.Rows)
            for (var at = 0; at < row.Bytes.Length; at++)
                await journal.MustBeFoundAsync(Change.Bytes(row, With(row.Bytes, at, random.Next(1, 256))), $"entry {row.Place} was altered");
        await journal.MustBeWholeAsync();
    }

    [Fact]
    public async Task Entry_ThatWasCutShortOrMadeLonger_IsFound()
    {
        foreach (var row in journal.Rows)
        {
            foreach (var length in Enumerable.Range(0, row.Bytes.Length))
                await journal.MustBeFoundAsync(Change.Bytes(row, row.Bytes[..length]), $"entry {row.Place} was altered");
            await journal.MustBeFoundAsync(Change.Bytes(row, [.. row.Bytes, 0]), $"entry {row.Place} was altered");
        }
        await journal.MustBeWholeAsync();
    }

    [Fact]
    public async Task Entries_OfWhichTwoWereSwapped_AreFound()
    {
        foreach (var first in journal.Rows)
            foreach (var second in journal.Rows.Skip((int)first.Place + 1))
            {
                await journal.MustBeFoundAsync(Change.All(Change.Bytes(first, second.Bytes), Change.Bytes(second, first.Bytes)), $"entry {first.Place} was altered");
                await journal.MustBeFoundAsync(Swap(first, second), $"entry {first.Place} was altered");
                if (first.Command is { } command && second.Command is { } other)
                    await journal.MustBeFoundAsync(
                        Change.All(Change.Of(first, "command", null, Kept(command)), Change.Of(second, "command", Kept(command), Kept(other)), Change.Of(first, "command", Kept(other), null)),
                        $"entry {first.Place} was altered");
            }
        foreach (var (own, others) in journal.Rows.Zip(journal.OtherRows))
            await journal.MustBeFoundAsync(Swap(own, others), $"entry {own.Place} was altered");
        await journal.MustBeWholeAsync();
    }

    [Fact]
    public async Task Entry_ThatWasRemovedOrMovedAway_IsFound()
    {
        foreach (var row in journal.Rows)
        {
            var missing = $"entry {row.Place} is missing";
            foreach (var bit in Bits(8))
            {
                await journal.MustBeFoundAsync(Change.Move(row.Journal, row.Place, row.Journal, row.Place ^ bit), missing);
                await journal.MustBeFoundAsync(Change.Move(row.Journal, row.Place, row.Journal ^ bit, row.Place), missing);
            }
            await journal.MustBeFoundAsync(
                new Change(kept => kept.Do($"DELETE FROM entries WHERE {row.Which}"), kept => Insert(kept, row)), missing);
            // All that follow it close up: then it is the next one that does not belong where it stands.
            var moves = journal.Rows.Skip((int)row.Place + 1).Select(next => Change.Move(next.Journal, next.Place, next.Journal, next.Place - 1)).ToArray();
            if (moves.Length > 0)
                await journal.MustBeFoundAsync(
                    Change.All([new Change(kept => kept.Do($"DELETE FROM entries WHERE {row.Which}"), kept => Insert(kept, row)), .. moves]), $"entry {row.Place} was altered");
        }
        await journal.MustBeFoundAsync(
            new Change(kept => Insert(kept, journal.Rows[1] with { Place = 7, Command = null }), kept => kept.Do($"DELETE FROM entries WHERE journal = {journal.Rows[0].Journal} AND place = 7")),
            "entry 7 was altered");
        await journal.MustBeWholeAsync();
    }

    [Fact]
    public async Task CommandAndSum_OfAnyEntry_ThatWereAltered_AreFound()
    {
        foreach (var row in journal.Rows)
        {
            foreach (var bit in Bits(4))
                await journal.MustBeFoundAsync(Change.Of(row, "sum", (int)(row.Sum ^ bit), row.Sum), $"entry {row.Place} was altered");
            if (row.Command is null)
                await journal.MustBeFoundAsync(Change.Of(row, "command", Kept(new byte[16]), null), $"entry {row.Place} was altered");
            else
                await journal.MustBeFoundAsync(Change.Of(row, "command", null, Kept(row.Command)), $"entry {row.Place} was altered");
            for (var at = 0; at < row.Command?.Length; at++)
                await journal.MustBeFoundAsync(Change.Of(row, "command", Kept(With(row.Command, at, 1 << (at % 8))), Kept(row.Command)), $"entry {row.Place} was altered");
        }
        await journal.MustBeWholeAsync();
    }

    [Fact]
    public async Task LeaseSizeAndRoot_ThatWereAltered_AreFound()
    {
        var head = journal.Head();
        foreach (var (column, at) in new[] { ("lease", 2), ("size", 3) })
            foreach (var bit in Bits(8))
                await journal.MustBeFoundAsync(Change.Head(column, Number(head[at]) ^ bit, Number(head[at])), Beside);
        foreach (var bit in Bits(4))
            await journal.MustBeFoundAsync(Change.Head("sum", (int)(Number(head[5]) ^ bit), (int)Number(head[5])), Beside);
        var root = (byte[])head[4]!;
        for (var at = 0; at < root.Length; at++)
        {
            await journal.MustBeFoundAsync(Change.Head("root", With(root, at, 1 << (at % 8)), root), Beside);
            await journal.MustBeFoundAsync(Change.Head("root", root[..at], root), Beside);
        }
        await journal.MustBeWholeAsync();
    }

    [Fact]
    public async Task NameOfAJournal_ThatWasAltered_IsNotTakenForAJournalThatHasNotBegun()
    {
        foreach (var bit in Bits(8))
            await journal.MustBeFoundAsync(Change.Head("epoch", 1 ^ bit, 1L), NotThere);
        for (var at = 0; at < "DLUHC".Length; at++)
        {
            var name = new string([.. "DLUHC".Select((letter, i) => i == at ? (char)(letter ^ 1) : letter)]);
            await journal.MustBeFoundAsync(Change.Head("body", name, "DLUHC"), NotThere);
        }
        await journal.MustBeFoundAsync(Change.Head("body", "", "DLUHC"), NotThere);
        await journal.MustBeWholeAsync();
        journal.Do("DELETE FROM journals WHERE body = 'DLUHC'");

        Assert.Equal(NotThere, (await Assert.ThrowsAsync<JournalCorruptException>(journal.OpenAsync)).Fault);
        await journal.OtherGoesOnAsync();
    }

    [Fact]
    public async Task Entry_AlteredBySomebodyWhoKnowsTheSum_IsFoundByTheRoot()
    {
        var row = journal.Rows[5];
        var entry = Entry.Parser.ParseFrom(row.Bytes);
        entry.Actor = "somebody else";
        var bytes = Google.Protobuf.MessageExtensions.ToByteArray(entry);
        var sum = RowSum.OfEntry(RowSum.Of(journal.Key), row.Place, row.Command, bytes);

        await journal.MustBeFoundAsync(
            Change.All(Change.Bytes(row, bytes), Change.Of(row, "sum", sum, row.Sum)), "its 7 entries do not have the root that was stored with them");
    }

    [Fact]
    public async Task Entry_AlteredWhileTheBodyServes_StopsItWhenItIsRead()
    {
        var body = await journal.OpenAsync();
        journal.Do($"UPDATE entries SET bytes = $1 WHERE {journal.Rows[3].Which}", journal.Rows[2].Bytes);

        var problem = await Assert.ThrowsAsync<JournalUnavailableException>(() => body.ReadEntriesAsync(0, 10, TestContext.Current.CancellationToken));

        Assert.Equal(Unavailability.Stopped, problem.Why);
        Assert.Equal("The journal of DLUHC, epoch 1, cannot be believed as it is stored: entry 3 was altered.", body.ClosedBecause);
        Assert.Equal(Unavailability.Stopped, await State.WhyUnavailableAsync(() => body.SubmitAsync(Ask.Fund("harbours"), Ask.By(9))));
        await journal.OtherGoesOnAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Tail_ThatVanishesWhileTheBodyServes_StopsItAndNobodyReadsOnWithoutEnd(int how)
    {
        var (body, stop) = (await journal.OpenAsync(), TestContext.Current.CancellationToken);
        Assert.True(TilePath.TryParse($"entries/000.p/{body.CommittedSize}", out var tile));
        journal.Do($"DELETE FROM entries WHERE journal = {journal.Rows[5].Journal} AND place >= 5");
        Assert.Equal(5, (await body.ReadEntriesAsync(0, 10, stop)).Count);

        Assert.Equal(Unavailability.Stopped, await State.WhyUnavailableAsync(() => how switch
        {
            0 => body.ReadEntriesAsync(5, 10, stop),
            1 => body.EntryTileAsync(body.Key.Epoch, tile, stop),
            _ => body.SubmitAsync(Ask.Money("homes", 1_234_56), Ask.By(3)),
        }));

        Assert.Equal($"The journal of DLUHC, epoch {body.Key.Epoch}, cannot be believed as it is stored: entry 5 is missing.", body.ClosedBecause);
        await journal.OtherGoesOnAsync();
    }

    private static byte[] With(byte[] bytes, int at, int flip)
    {
        var altered = bytes.ToArray();
        altered[at] ^= (byte)flip;
        return altered;
    }

    /// <summary>A bit of each byte of a number: high enough to make no other number of these small ones.</summary>
    private static IEnumerable<long> Bits(int bytes) => Enumerable.Range(0, bytes).Select(at => 0x40L << (8 * at));

    private static Change Swap(Row first, Row second) => Change.All(
        Change.Move(first.Journal, first.Place, first.Journal, -1),
        Change.Move(second.Journal, second.Place, first.Journal, first.Place),
        Change.Move(first.Journal, -1, second.Journal, second.Place));

    private static void Insert(AlteredJournal kept, Row row) => kept.Do(
        "INSERT INTO entries (journal, place, command, sum, bytes) VALUES ($1, $2, $3, $4, $5)",
        row.Journal, row.Place, row.Command is null ? null : kept.Kept(row.Command), row.Sum, row.Bytes);

    private object Kept(byte[] command) => journal.Kept(command);
}
