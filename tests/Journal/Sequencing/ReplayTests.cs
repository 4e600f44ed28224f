using CsCheck;

namespace FundingFlows.Journal.Tests;

/// <summary>What a body holds is what its journal says: read again, it is the same.</summary>
public abstract class ReplayTests(StoreKind kind) : IAsyncDisposable
{
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    private static readonly Gen<(string Fund, long Pence)> Wishes =
        Gen.Select(Gen.OneOf("homes", "roads", "parks", "not a name"), Gen.OneOf(Gen.Long[-1, 5], Gen.Long[1, Pence.Most]));

    [Fact]
    public Task State_AfterARestart_IsTheSame() => Wishes.List[0, 30].SampleAsync(
        async wishes =>
        {
            await using var own = new Instance(instance.Kind);
            var body = await own.OpenAsync();
            foreach (var (i, (fund, pence)) in wishes.Index())
            {
                await body.SubmitAsync(pence < 3 ? Ask.Fund(fund) : Ask.Money(fund, pence), Ask.By(i));
                own.Time.Advance(TimeSpan.FromSeconds(1));
            }
            var (state, head) = (await body.StateAsync(), body.Head());

            await own.RestartAsync();

            var again = await own.OpenAsync();
            Assert.Equal(state, await again.StateAsync());
            Assert.Equal(head.Size, again.Head().Size);
            Assert.Equal(head.Root, again.Head().Root);
        },
        iter: 15, threads: 1);

    [Fact]
    public async Task Entries_OfACommand_SayWhoGaveItAndWhen()
    {
        var body = await instance.OpenAsync();
        instance.Time.Advance(TimeSpan.FromHours(1));
        var identity = Ask.By(7, "open homes", "director");

        await body.SubmitAsync(Ask.Fund("homes"), identity);

        var entry = (await instance.StoredAsync())[1];
        Assert.Equal((1u, "director", 0u, 0u), (entry.Index, entry.Actor, entry.Part, entry.Parts));
        Assert.Equal(identity.Id.ToByteArray(bigEndian: true), entry.CommandId);
        Assert.Equal(identity.Digest, entry.CommandDigest);
        Assert.Equal(instance.Time.GetUtcNow(), entry.RecordedAt.ToDateTimeOffset());
        Assert.Equal("DLUHC.homes", entry.Fact.FundOpened.Terms.Fund);
    }

    [Fact]
    public async Task Entries_OfTheBodyItself_NameNobody()
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Fund("homes"));

        var entry = (await instance.StoredAsync())[1];
        Assert.Equal((0, 0, ""), (entry.CommandId.Length, entry.CommandDigest.Length, entry.Actor));
    }

    [Fact]
    public async Task Entries_OfACommandOfSeveralFacts_AreStoredTogetherAndCounted()
    {
        var body = await instance.OpenAsync();

        var outcome = await body.SubmitAsync(Ask.Funds("homes", "roads", "parks"), Ask.By(1));

        var entries = await instance.StoredAsync();
        Assert.Equal([(0u, 0u), (1u, 3u), (2u, 3u), (3u, 3u)], entries.Select(entry => (entry.Part, entry.Parts)));
        Assert.Single(instance.Store.Batches, batch => batch.Single().Entries.Count == 3);
        Assert.Equal((1, 3), (outcome.First.Index, outcome.Entries));
        Assert.Equal(MerkleHash.Leaf((await body.ReadEntriesAsync(1, 1, TestContext.Current.CancellationToken))[0]), outcome.LeafHash);
        Assert.Equal(body.Head().Root, NaiveTree.Root((await body.ReadEntriesAsync(0, 10, TestContext.Current.CancellationToken)).ToArray()));
    }
}
