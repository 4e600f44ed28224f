using Google.Protobuf;
using static FundingFlows.Journal.Tests.AlteredJournal;

namespace FundingFlows.Journal.Tests;

/// <summary>A stored journal of a new epoch is not opened when the entry that begins it, or one that it keeps, was altered; which one is said.</summary>
public abstract class AlteredEpochTests(StoreKind kind) : IAsyncLifetime
{
    private const string Behind = "entry 7 cannot be replayed (it begins epoch 2 behind other entries than those before it)";
    private readonly AlteredJournal journal = new(kind, epoch: 2);

    public async ValueTask InitializeAsync() => await journal.BeginAsync();

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    private Row Begun => journal.Rows[KeptSize];

    [Fact]
    public async Task EntryThatBeginsTheEpoch_ThatWasFlippedCutOrRemoved_IsFound()
    {
        var random = new Random(7);
        for (var at = 0; at < Begun.Bytes.Length; at++)
            await journal.MustBeFoundAsync(Change.Bytes(Begun, With(Begun.Bytes, at, random.Next(1, 256))), "entry 7 was altered");
        foreach (var length in Enumerable.Range(0, Begun.Bytes.Length))
            await journal.MustBeFoundAsync(Change.Bytes(Begun, Begun.Bytes[..length]), "entry 7 was altered");
        await journal.MustBeFoundAsync(Change.Bytes(Begun, [.. Begun.Bytes, 0]), "entry 7 was altered");
        await journal.MustBeFoundAsync(Change.Bytes(Begun, journal.Rows[6].Bytes), "entry 7 was altered");
        await journal.MustBeFoundAsync(Change.Move(Begun.Journal, KeptSize, Begun.Journal, KeptSize + 1), "entry 7 is missing");
        await journal.MustBeWholeAsync();
    }

    [Fact]
    public async Task KeptEntry_ThatWasFlippedInTheNewEpochAlone_IsFound()
    {
        foreach (var row in journal.Rows.Take(KeptSize))
            await journal.MustBeFoundAsync(Change.Bytes(row, With(row.Bytes, row.Bytes.Length / 2, 1)), $"entry {row.Place} was altered");
        await journal.MustBeWholeAsync();
    }

    /// <summary>The sum that is stored with an entry is right: what the epoch says of its beginning is not.</summary>
    [Fact]
    public async Task Entry_AlteredBySomebodyWhoKnowsTheSum_IsFoundByWhatTheEpochSaysOfItsBeginning()
    {
        await journal.MustBeFoundAsync(Rewritten(Begun, entry => entry.Fact.EpochBegun.KeptRoot = ByteString.CopyFrom(new byte[MerkleHash.Length])), Behind);
        await journal.MustBeFoundAsync(
            Rewritten(Begun, entry => entry.Fact.EpochBegun.Epoch = 3), "entry 7 cannot be replayed (Entry 7 begins epoch 3 as fed.example/DLUHC/2, which is no later epoch of DLUHC)");
        foreach (var row in journal.Rows.Skip(1).Take(KeptSize - 1))
            await journal.MustBeFoundAsync(Rewritten(row, entry => entry.Actor = "somebody else"), Behind);
        await journal.MustBeWholeAsync();
    }

    private Change Rewritten(Row row, Action<Entry> rewrite)
    {
        var entry = Entry.Parser.ParseFrom(row.Bytes);
        rewrite(entry);
        var bytes = entry.ToByteArray();
        return Change.All(Change.Bytes(row, bytes), Change.Of(row, "sum", RowSum.OfEntry(RowSum.Of(journal.Key), row.Place, row.Command, bytes), row.Sum));
    }

    private static byte[] With(byte[] bytes, int at, int flip)
    {
        var altered = bytes.ToArray();
        altered[at] ^= (byte)flip;
        return altered;
    }
}
