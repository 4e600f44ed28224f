using System.Collections.Concurrent;

namespace FundingFlows.Journal.Tests;

/// <summary>Whatever comes at once and whatever fails: each id is recorded once, and what is live is what the journal says.</summary>
public abstract class ConcurrencyTests(StoreKind kind) : IAsyncDisposable
{
    private const int Commands = 120;
    private readonly Instance instance = new(kind);

    public ValueTask DisposeAsync() => instance.DisposeAsync();

    [Fact]
    public async Task Commands_OfManyThreadsWithDuplicates_AreRecordedOnceEach()
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(0));
        var outcomes = new ConcurrentBag<(int Number, Outcome Outcome)>();

        await Parallel.ForAsync(0, Commands * 4, Wide, async (i, _) =>
        {
            var number = 1 + (i * 7 % Commands);
            outcomes.Add((number, await body.SubmitAsync(Ask.Money("homes", 100 * number), Ask.By(number))));
        });

        foreach (var same in outcomes.GroupBy(outcome => outcome.Number))
        {
            Assert.Equal(4, same.Count());
            Assert.Single(same, outcome => !outcome.Outcome.WasRepeated);
            Assert.Single(same.Select(outcome => outcome.Outcome.First).Distinct());
            Assert.Single(same.Select(outcome => Convert.ToHexString(outcome.Outcome.LeafHash)).Distinct());
        }
        await AssertEachOnceAsync(body);
    }

    [Fact]
    public async Task Commands_OfManyThreadsWhileMuchFails_AreRecordedOnceEach()
    {
        var body = await instance.OpenAsync();
        await body.SubmitAsync(Ask.Fund("homes"), Ask.By(0));
        var acknowledged = new ConcurrentDictionary<int, EntryId>();
        using var done = new CancellationTokenSource();
        var faults = FailNowAndThenAsync(body, done.Token);

        var asking = Parallel.ForAsync(0, Commands * 2, Wide, async (i, _) =>
        {
            var number = 1 + (i % Commands);
            var outcome = await SubmitUntilRecordedAsync(body, number);
            Assert.Equal(outcome.First, acknowledged.GetOrAdd(number, outcome.First));
        });
        await Task.WhenAny(asking, faults);
        await done.CancelAsync();
        await Task.WhenAll(asking, faults);
        await body.ServesAsync();

        Assert.False(instance.Store.RenewedDuringAppend);
        Assert.Equal(0, instance.Committer.Waiting);
        await AssertEachOnceAsync(body);
    }

    private static ParallelOptions Wide => new() { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken };

    /// <summary>Appends fail before and after they are stored, and rules decide what cannot be applied.</summary>
    private async Task FailNowAndThenAsync(Sequencer body, CancellationToken done)
    {
        var chance = new Random(20_260_401);
        while (!done.IsCancellationRequested)
        {
            switch (chance.Next(4))
            {
                case 0: instance.Store.FailNextAppend(new StoreException(StoreFault.Failed, "The store failed.")); break;
                case 1: instance.Store.FailNextAppendOnceStored(new StoreException(StoreFault.Failed, "The connection was lost.")); break;
                case 2: await Assert.ThrowsAnyAsync<Exception>(() => body.SubmitAsync(Ask.Bug())); break;
                default: await body.ServesAsync(); break;
            }
            for (var i = chance.Next(200); i > 0; i--)
                await Task.Yield();
        }
    }

    private static async Task<Outcome> SubmitUntilRecordedAsync(Sequencer body, int number)
    {
        while (true)
        {
            try
            {
                return await body.SubmitAsync(Ask.Money("homes", 100 * number), Ask.By(number));
            }
            catch (JournalUnavailableException problem) when (problem.Why == Unavailability.Replaying)
            {
                await body.ServesAsync();
            }
        }
    }

    private async Task AssertEachOnceAsync(Sequencer body)
    {
        var (state, entries) = (await body.StateAsync(), await instance.StoredAsync());
        Assert.Equal(Commands + 2, entries.Count);
        Assert.Equal(Commands + 1, entries.Skip(1).Select(entry => entry.CommandId).Distinct().Count());
        Assert.Equal(100 * Commands * (Commands + 1) / 2, await body.IssuedAsync());
        Assert.Equal(entries.Count, body.CommittedSize);
        await instance.RestartAsync();
        Assert.Equal(state, await (await instance.OpenAsync()).StateAsync());
    }
}
