using Google.Protobuf;

namespace FundingFlows.Journal.Tests;

/// <summary>A journal begins once, and is opened again only by the body that began it.</summary>
public abstract class GenesisTests(StoreKind kind) : IAsyncDisposable
{
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task Journal_ThatIsEmpty_BeginsWithItsGenesis()
    {
        var body = await instance.OpenAsync();

        var entry = Assert.Single(await instance.StoredAsync());
        Assert.Equal(instance.Genesis(), entry.Fact.Genesis);
        Assert.Equal(0u, entry.Index);
        Assert.Equal(instance.Time.GetUtcNow(), entry.RecordedAt.ToDateTimeOffset());
        Assert.Equal((1, Instance.JournalOf(Instance.Central)), (body.CommittedSize, body.Key));
        Assert.Null(body.ClosedBecause);
    }

    [Fact]
    public async Task Journal_OpenedAgain_HasOneGenesis()
    {
        var state = await (await instance.OpenAsync()).StateAsync();
        await instance.RestartAsync();
        instance.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(state, await (await instance.OpenAsync()).StateAsync());
        Assert.Single(await instance.StoredAsync());
        Assert.Empty(instance.Store.Batches);
    }

    public static TheoryData<string> Differences => ["federation", "origin", "public key", "registering body", "tier"];

    [Theory]
    [MemberData(nameof(Differences))]
    public async Task Journal_OfSomethingElse_IsNotOpenedAndTheDifferenceIsSaid(string difference)
    {
        await instance.OpenAsync();
        await instance.RestartAsync();
        var genesis = instance.Genesis();
        switch (difference)
        {
            case "federation": genesis.Federation = "another.example"; break;
            case "origin": genesis.Origin = "fed.example/DLUHC/2"; break;
            case "public key": genesis.PublicKey = ByteString.CopyFrom(new byte[32]); break;
            case "registering body": genesis.RegisteringBody = "E06000047"; break;
            default: genesis.Tier = Tier.Council; break;
        }

        var problem = await Assert.ThrowsAsync<JournalCorruptException>(() => OpenAsync(genesis));

        Assert.Equal($"The journal of DLUHC was begun for fed.example/DLUHC/1 with another {difference} than it is opened with.", problem.Message);
        Assert.Single(await instance.StoredAsync());
    }

    [Fact]
    public async Task Journal_OfABodyThatIsCalledOtherwiseNow_IsOpenedAsItBegan()
    {
        await instance.OpenAsync();
        await instance.RestartAsync();
        var genesis = instance.Genesis();
        (genesis.OfficialName, genesis.FormatVersion) = ("Another ministry", 2);
        genesis = Genesis.Parser.ParseFrom([.. genesis.ToByteArray(), 0xf8, 0x07, 0x01]);

        var body = await OpenAsync(genesis);

        Assert.Null(body.ClosedBecause);
        Assert.Equal(instance.Genesis(), Assert.Single(await instance.StoredAsync()).Fact.Genesis);
    }

    [Fact]
    public async Task Journal_OfANewerForm_IsNotOpenedAndSaidToBeNewer()
    {
        var genesis = instance.Genesis();
        genesis.FormatVersion = 2;
        await OpenAsync(genesis);
        await instance.RestartAsync();

        var problem = await Assert.ThrowsAsync<JournalCorruptException>(() => instance.OpenAsync());

        Assert.Equal("The journal of DLUHC is written in a newer form (2) than this program knows (1).", problem.Message);
    }

    [Fact]
    public async Task Genesis_ThatCannotBeStored_IsWrittenAtTheNextAttempt()
    {
        instance.Store.FailNextAppend(new StoreException(StoreFault.Failed, "The store failed."));

        Assert.Equal(Unavailability.Replaying, await State.WhyUnavailableAsync(() => instance.OpenAsync()));
        Assert.Empty(await instance.StoredAsync());

        Assert.Equal(1, (await instance.OpenAsync()).CommittedSize);
        Assert.Single(await instance.StoredAsync());
    }

    [Fact]
    public async Task Bodies_OfOneProcess_HaveJournalsOfTheirOwn()
    {
        var (one, other) = (await instance.OpenAsync("DLUHC"), await instance.OpenAsync("HMT"));
        await one.SubmitAsync(Ask.Fund("homes"), Ask.By(1));

        Assert.Equal((2, 1), (one.CommittedSize, other.CommittedSize));
        Assert.Equal(["DLUHC", "HMT"], [(await instance.StoredAsync("DLUHC"))[0].Fact.Genesis.Body, (await instance.StoredAsync("HMT"))[0].Fact.Genesis.Body]);
    }

    private Task<Sequencer> OpenAsync(Genesis genesis) =>
        Sequencer.OpenAsync(instance.Settings() with { Genesis = genesis }, TestContext.Current.CancellationToken);
}
