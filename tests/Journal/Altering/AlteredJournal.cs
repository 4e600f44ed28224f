using System.Globalization;

namespace FundingFlows.Journal.Tests;

/// <summary>The journal of one body, of seven entries, and of another beside it, kept in one place where somebody alters things.</summary>
/// <param name="epoch">Which of the body's journals. The second keeps the seven entries of the first; the eighth begins it.</param>
internal sealed class AlteredJournal(StoreKind kind, uint epoch = 1) : IAsyncDisposable
{
    public const int KeptSize = 7;
    private const string Other = "HMT";
    private readonly StorePlace place = StorePlace.Of(kind);
    private Instance instance = null!;
    private string state = "";
    private int given = 1_000;

    /// <summary>The entries of the body as rows, in order.</summary>
    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Those of the other one.</summary>
    public IReadOnlyList<Row> OtherRows { get; private set; } = [];

    public JournalKey Key { get; } = new(Instance.Central, epoch);

    public async Task BeginAsync()
    {
        instance = new Instance(place);
        var (body, other) = (await instance.OpenAsync(), await instance.OpenAsync(Other));
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await body.SubmitAsync(Ask.Funds("roads", "parks", "ports"), Ask.By(2));
        await body.SubmitAsync(Ask.Money("homes", 1_234_56), Ask.By(3));
        await body.SubmitAsync(Ask.Money("roads", 4_00));
        await other.SubmitAsync(Ask.Fund("homes"), Ask.By(11));
        await other.SubmitAsync(Ask.Fund("roads"), Ask.By(12));
        if (epoch > 1)
        {
            var declared = new DeclaredEpoch(epoch, KeptSize, body.Head().Root);
            Assert.Equal(EpochBeginning.Begun, await new NewEpoch(instance.Store, Instance.Central, declared).BeginAsync(
                async (from, stop) => await instance.Store.ReadAsync(Instance.JournalOf(Instance.Central), from, 1_000, stop), CancellationToken.None));
            body = await OpenAsync();
        }
        state = await body.StateAsync();
        (Rows, OtherRows) = (RowsOf(Key), RowsOf(Instance.JournalOf(Other)));
        Assert.Equal((epoch > 1 ? KeptSize + 1 : KeptSize, 3), (Rows.Count, OtherRows.Count));
    }

    /// <summary>Does something to what is kept: the body is not opened and it is said why, the other one goes on. Then undoes it.</summary>
    public async Task MustBeFoundAsync(Change change, string fault)
    {
        change.Make(this);
        var problem = await Assert.ThrowsAsync<JournalCorruptException>(OpenAsync);
        Assert.Equal(fault, problem.Fault);
        Assert.Equal($"The journal of DLUHC, epoch {epoch}, cannot be believed as it is stored: {fault}.", problem.Message);
        if (given++ % 100 == 0)
            await OtherGoesOnAsync();
        change.Undo(this);
    }

    /// <summary>With nothing altered any more the body is what it was.</summary>
    public async Task MustBeWholeAsync()
    {
        Assert.Equal(state, await (await OpenAsync()).StateAsync());
        await OtherGoesOnAsync();
    }

    public Task<Sequencer> OpenAsync() => Sequencer.OpenAsync(instance.Settings() with { Epoch = epoch }, TestContext.Current.CancellationToken);

    public async Task OtherGoesOnAsync()
    {
        var other = await instance.OpenAsync(Other);
        Assert.Null((await other.SubmitAsync(Ask.Fund($"fund-{given++}"), Ask.By(given))).Refusal);
    }

    public List<object?[]> Do(string sql, params object?[] values) => place.Ask(sql, values);

    public object Kept(byte[] command) => place.Kept(command);

    /// <summary>What stands beside the entries, as it is now: id, epoch, lease, size, root, sum.</summary>
    public object?[] Head() => Assert.Single(place.Ask("SELECT id, epoch, lease, size, root, sum FROM journals WHERE body = 'DLUHC' AND epoch = $1", (long)epoch));

    public async ValueTask DisposeAsync() => await instance.DisposeAsync();

    private List<Row> RowsOf(JournalKey journal) =>
    [
        .. place.Ask("SELECT journal, place, command, sum, bytes FROM entries WHERE journal = (SELECT id FROM journals WHERE body = $1 AND epoch = $2) ORDER BY place", journal.Body, (long)journal.Epoch)
            .Select(row => new Row(Number(row[0]), Number(row[1]), row[2] is Guid id ? id.ToByteArray(bigEndian: true) : (byte[]?)row[2], (int)Number(row[3]), (byte[])row[4]!)),
    ];

    public static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    /// <summary>An entry as it is kept.</summary>
    public sealed record Row(long Journal, long Place, byte[]? Command, int Sum, byte[] Bytes)
    {
        public string Which => $"journal = {Journal} AND place = {Place}";
    }

    /// <summary>Something that is done to what is kept, and how it is undone.</summary>
    public sealed record Change(Action<AlteredJournal> Make, Action<AlteredJournal> Undo)
    {
        /// <summary>A column of an entry gets another value.</summary>
        public static Change Of(Row row, string column, object? value, object? before) => new(
            journal => journal.Do($"UPDATE entries SET {column} = $1 WHERE {row.Which}", value),
            journal => journal.Do($"UPDATE entries SET {column} = $1 WHERE {row.Which}", before));

        public static Change Bytes(Row row, byte[] bytes) => Of(row, "bytes", bytes, row.Bytes);

        /// <summary>One step after the other; undone the other way round.</summary>
        public static Change All(params Change[] changes) => new(
            journal => Array.ForEach(changes, change => change.Make(journal)),
            journal => Array.ForEach([.. Enumerable.Reverse(changes)], change => change.Undo(journal)));

        /// <summary>An entry stands in another place.</summary>
        public static Change Move(long journal, long from, long toJournal, long to) => new(
            kept => kept.Do($"UPDATE entries SET journal = {toJournal}, place = {to} WHERE journal = {journal} AND place = {from}"),
            kept => kept.Do($"UPDATE entries SET journal = {journal}, place = {from} WHERE journal = {toJournal} AND place = {to}"));

        /// <summary>What stands beside the entries gets another value. The lease may have moved on since: only that column is put back.</summary>
        public static Change Head(string column, object value, object before) => new(
            journal => journal.Do($"UPDATE journals SET {column} = $1 WHERE id = $2", value, journal.Head()[0]),
            journal => journal.Do($"UPDATE journals SET {column} = $1 WHERE {column} = $2", before, value));
    }
}
