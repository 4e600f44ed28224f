using Google.Protobuf;
using static FundingFlows.Journal.Tests.State;

namespace FundingFlows.Journal.Tests;

/// <summary>A body that does not know whether its journal is the newest only reads, and takes back what it lost.</summary>
public abstract class ReadingOnlyTests(StoreKind kind) : IAsyncDisposable
{
    private const string Asking = "It asks others.";
    private readonly Instance instance = new(kind);
    private readonly Instance before = new(kind);

    public async ValueTask DisposeAsync()
    {
        await instance.DisposeAsync();
        await before.DisposeAsync();
    }

    [Fact]
    public async Task Body_ThatOnlyReads_TakesNoCommandsAndIsReadAllTheSame()
    {
        await (await instance.OpenAsync()).SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await instance.RestartAsync();
        var body = await OpenAsync(instance);
        var waiting = body.WhileReadingOnlyAsync(TestContext.Current.CancellationToken);

        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(() => body.SubmitAsync(Ask.Money("homes", 100), Ask.By(2)));
        Assert.Equal((Unavailability.ReadOnly, Asking), (refused.Why, refused.Message));
        Assert.Equal((0L, Asking, null), (await body.IssuedAsync(), body.ReadsOnlyBecause, body.ClosedBecause));
        Assert.Equal(2, (await body.ReadEntriesAsync(0, 10, TestContext.Current.CancellationToken)).Count);
        Assert.False(waiting.IsCompleted);
        body.Hold("Others know more.");
        Assert.Equal("Others know more.", (await Assert.ThrowsAsync<JournalUnavailableException>(() => body.SubmitAsync(Ask.Money("homes", 100), Ask.By(2)))).Message);

        await body.LetGoAsync(1);

        await waiting;
        await body.WhileReadingOnlyAsync(TestContext.Current.CancellationToken);
        Assert.Equal((2, null), ((await body.SubmitAsync(Ask.Money("homes", 100), Ask.By(2))).First.Index, body.ReadsOnlyBecause));
    }

    [Fact]
    public async Task Body_HeldWhileCommandsWaitForTheDisk_StillMakesThemDurable()
    {
        var body = await instance.OpenAsync();
        var hold = instance.Store.HoldNextAppend();
        var decided = body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await hold.Reached;

        body.Hold(Asking);
        hold.Release();

        Assert.Equal(1, (await decided).First.Index);
        Assert.Equal(Unavailability.ReadOnly, await WhyUnavailableAsync(() => body.SubmitAsync(Ask.Money("homes", 100), Ask.By(2))));
    }

    [Fact]
    public async Task EmptyJournal_OfABodyThatOnlyReads_IsNotBegunBeforeItIsLetGo()
    {
        var body = await OpenAsync(instance);

        Assert.Equal(Unavailability.ReadOnly, await WhyUnavailableAsync(() => body.IssuedAsync()));
        Assert.Equal(0, body.CommittedSize);
        Assert.Equal(instance.Key.PublicKey, body.KeyAt(0));
        Assert.Empty(await instance.StoredAsync());

        await body.LetGoAsync(1);

        Assert.Equal(instance.Genesis(), Assert.Single(await instance.StoredAsync()).Fact.Genesis);
        Assert.Equal(1, (await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1))).First.Index);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Entries_TakenBack_MakeTheSameJournalAsBefore(int left)
    {
        var (lost, state) = await PlayAsync();
        var body = await LeftAsync(lost, left);

        await body.TakeBackAsync(1, lost[left..^2], TestContext.Current.CancellationToken);
        await body.TakeBackAsync(1, lost[^2..], TestContext.Current.CancellationToken);
        await body.LetGoAsync(1);

        Assert.Equal(state, await body.StateAsync());
        Assert.Equal(lost, (await instance.StoredAsync()).Select(entry => entry.ToByteArray()));
        var again = await body.SubmitAsync(Ask.Money("homes", 7), Ask.By(2));
        Assert.Equal((2, true), (again.First.Index, again.WasRepeated));
        await instance.RestartAsync();
        Assert.Equal(state, await (await instance.OpenAsync()).StateAsync());
        Assert.Equal(3, await instance.Store.FindCommandAsync(Instance.JournalOf(Instance.Central), Ask.Id(3), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Entries_ThatCannotFollow_ChangeNothing()
    {
        var (lost, _) = await PlayAsync();
        var body = await LeftAsync(lost, 2);
        var state = await body.StateAsync();

        await Assert.ThrowsAsync<JournalCorruptException>(() => body.TakeBackAsync(1, lost[3..], TestContext.Current.CancellationToken));
        await body.ServesAsync();
        await Assert.ThrowsAsync<JournalCorruptException>(() => body.TakeBackAsync(1, [lost[2], [1, 2, 3]], TestContext.Current.CancellationToken));
        await body.ServesAsync();
        var tooLong = new Entry { Index = 2, RecordedAt = new(), Fact = Ask.Long(Sequencer.MostEntryBytes) }.ToByteArray();
        var problem = await Assert.ThrowsAsync<JournalCorruptException>(() => body.TakeBackAsync(1, [tooLong], TestContext.Current.CancellationToken));
        Assert.EndsWith($"it has {tooLong.Length} bytes, and an entry has at most 65535.", problem.Message, StringComparison.Ordinal);
        await body.ServesAsync();

        Assert.Equal((state, Asking), (await body.StateAsync(), body.ReadsOnlyBecause));
        Assert.Equal(2, (await instance.StoredAsync()).Count);
        await body.TakeBackAsync(1, lost[2..], TestContext.Current.CancellationToken);
        Assert.Equal(lost.Count, body.CommittedSize);
        await body.LetGoAsync(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => body.TakeBackAsync(1, lost[2..], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Entries_ThatCannotBeMadeDurable_CanBeTakenBackAgain()
    {
        var (lost, state) = await PlayAsync();
        var body = await LeftAsync(lost, 2);
        instance.Store.FailNextAppend(new StoreException(StoreFault.Failed, "The store failed."));

        Assert.Equal(Unavailability.Replaying, await WhyUnavailableAsync(() => body.TakeBackAsync(1, lost[2..], TestContext.Current.CancellationToken)));
        await body.ServesAsync();
        Assert.Equal(2, body.CommittedSize);
        await body.TakeBackAsync(1, lost[2..], TestContext.Current.CancellationToken);

        Assert.Equal(state, await body.StateAsync());
    }

    [Fact]
    public async Task Genesis_OfAnotherBody_IsNotTakenBack()
    {
        var body = await OpenAsync(instance);
        var other = instance.Genesis();
        other.OfficialName = "A ministry of before";
        other.Origin = "another";

        await Assert.ThrowsAsync<JournalCorruptException>(() => body.TakeBackAsync(
            1, [new Entry { RecordedAt = new(), Fact = new Fact { Genesis = other } }.ToByteArray()], TestContext.Current.CancellationToken));

        Assert.Empty(await instance.StoredAsync());
    }

    /// <summary>A journal as it was before it was lost, and the state that it had.</summary>
    private async Task<(List<byte[]> Entries, string State)> PlayAsync()
    {
        var body = await Sequencer.OpenAsync(before.Settings() with { Genesis = instance.Genesis() }, TestContext.Current.CancellationToken);
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(1));
        await body.SubmitAsync(Ask.Money("homes", 7), Ask.By(2));
        await body.SubmitAsync(Ask.Funds("one", "other", "third"), Ask.By(3));
        await body.SubmitAsync(Ask.Money("homes", 8));
        return ([.. (await before.StoredAsync()).Select(entry => entry.ToByteArray())], await body.StateAsync());
    }

    /// <summary>The body with the first entries of its journal.</summary>
    private async Task<Sequencer> LeftAsync(List<byte[]> entries, int left)
    {
        var body = await OpenAsync(instance);
        if (left > 0)
            await body.TakeBackAsync(1, entries[..left], TestContext.Current.CancellationToken);
        await instance.RestartAsync();
        return await OpenAsync(instance);
    }

    private static Task<Sequencer> OpenAsync(Instance instance) =>
        Sequencer.OpenAsync(instance.Settings() with { ReadsOnly = Asking }, TestContext.Current.CancellationToken);
}
