namespace FundingFlows.Journal.Tests;

/// <summary>A store of the first version is brought up to this one when it is opened, with all that it holds.</summary>
public abstract class UpgradeTests(StoreKind kind) : IAsyncDisposable
{
    private readonly StorePlace place = StorePlace.Of(kind);
    private Instance? instance;

    public ValueTask DisposeAsync() => instance!.DisposeAsync();

    [Fact]
    public async Task Store_OfTheFirstVersion_IsUpgradedWithAllThatItHolds()
    {
        instance = new Instance(place);
        var (body, other) = (await instance.OpenAsync(), await instance.OpenAsync("HMT"));
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await body.SubmitAsync(Ask.Funds("roads", "parks"), Ask.By(2));
        await other.SubmitAsync(Ask.Fund("homes"), Ask.By(3));
        var (state, others) = (await body.StateAsync(), await other.StateAsync());
        var rows = place.Ask("SELECT place, command, sum, bytes FROM entries ORDER BY journal, place");
        MakeFirst();
        await instance.RestartAsync();

        Assert.Equal(rows, place.Ask("SELECT place, command, sum, bytes FROM entries ORDER BY journal, place"));
        (body, other) = (await instance.OpenAsync(), await instance.OpenAsync("HMT"));
        Assert.Equal((state, others), (await body.StateAsync(), await other.StateAsync()));
        Assert.Equal(2, await instance.Store.FindCommandAsync(body.Key, Ask.By(2).Id, CancellationToken.None));
        Assert.Equal(4, (await body.SubmitAsync(Ask.Fund("ports"), Ask.By(4))).First.Index);
        await instance.RestartAsync();
        Assert.True((await (await instance.OpenAsync()).SubmitAsync(Ask.Fund("ports"), Ask.By(4))).WasRepeated);
    }

    [Fact]
    public async Task Store_OfTheFirstVersion_ThatWasAltered_IsFoundOutByItsRoot()
    {
        instance = new Instance(place);
        await (await instance.OpenAsync()).SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        MakeFirst();
        var entry = Entry.Parser.ParseFrom((byte[])place.Ask("SELECT bytes FROM entries WHERE place = 1")[0][0]!);
        entry.Actor = "somebody else";
        place.Ask("UPDATE entries SET bytes = $1 WHERE place = 1", Google.Protobuf.MessageExtensions.ToByteArray(entry));
        await instance.RestartAsync();

        Assert.Equal(
            "its 2 entries do not have the root that was stored with them", (await Assert.ThrowsAsync<JournalCorruptException>(() => instance.OpenAsync())).Fault);
    }

    /// <summary>Puts the tables back as the first version made them.</summary>
    private void MakeFirst()
    {
        string[] back =
        [
            "DROP INDEX commands",
            kind == StoreKind.Sqlite
                ? "CREATE TABLE commands (journal INTEGER NOT NULL, id BLOB NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (journal, id)) STRICT, WITHOUT ROWID"
                : "CREATE TABLE commands (journal bigint NOT NULL, id uuid NOT NULL, place bigint NOT NULL, PRIMARY KEY (journal, id))",
            "INSERT INTO commands SELECT journal, command, place FROM entries WHERE command IS NOT NULL",
            "ALTER TABLE entries DROP COLUMN command",
            "ALTER TABLE entries DROP COLUMN sum",
            "ALTER TABLE journals DROP COLUMN sum",
            kind == StoreKind.Sqlite ? "PRAGMA user_version = 1" : "UPDATE store_version SET version = 1",
        ];
        foreach (var sql in back)
            place.Ask(sql);
    }
}
