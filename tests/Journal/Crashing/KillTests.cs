using System.Diagnostics;
using FundingFlows.Crashing;

namespace FundingFlows.Journal.Tests;

/// <summary>A process that writes is killed again and again, at any moment: what it acknowledged is there, and the next one goes on.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 200;
    private readonly Random random = new(20_261_123);
    private readonly Witnessed[] stores;

    public KillTests()
    {
        var (sqlite, postgres) = (new SqlitePlace(), new PostgresPlace());
        stores = [new Witnessed(sqlite, new Plan(sqlite.Path, "", [])), new Witnessed(postgres, new Plan(postgres.ConnectionString, postgres.Schema, []))];
    }

    public void Dispose() => Array.ForEach(stores, store => store.Dispose());

    [Fact]
    public async Task Writer_KilledAtAnyMoment_LosesNothingThatItAcknowledged()
    {
        var clock = Stopwatch.StartNew();
        var opening = TimeSpan.FromMilliseconds(500);
        var next = Writer.Start();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var writer = next;
            // While this one writes the next one already starts.
            next = Writer.Start();
            var said = new List<string>();
            var began = clock.Elapsed;
            writer.Go(stores.Select(store => store.Plan));
            if (random.Next(10) < 3)
                await AfterAsync(opening * random.NextDouble());
            else
            {
                var counted = $"{stores[random.Next(stores.Length)].Plan.Store} ack ";
                for (var acknowledgements = random.Next(1, 20); acknowledgements > 0;)
                {
                    said.Add(Assert.IsType<string>(await writer.NextAsync()));
                    if (said.Count == 1)
                        opening = clock.Elapsed - began;
                    if (said[^1].StartsWith(counted, StringComparison.Ordinal))
                        acknowledgements--;
                }
                await AfterAsync(TimeSpan.FromMilliseconds(2) * random.NextDouble());
            }
            writer.Kill();
            said.AddRange(await writer.RestAsync());
            foreach (var store in stores)
                store.Hear(said);
            // Sometimes the next writer is the first to open the journals again, and sometimes it is not.
            if (random.Next(3) == 0)
                await CheckAsync();
        }
        next.Dispose();
        await CheckAsync();
        foreach (var store in stores)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{store.Plan.Store}: {store.Ends.Opening} killed while opening and {store.Ends.Writing} while writing, {store.Acknowledged} commands, {store.AnsweredAgain} of them answered by the next one, {store.Entries} entries, {clock.Elapsed}.");
            Assert.Equal(Kills, store.Ends.Opening + store.Ends.Writing);
            Assert.True(store.Ends is { Opening: > 10, Writing: > 50 } && store.AnsweredAgain > 0);
        }
    }

    private async Task CheckAsync()
    {
        foreach (var store in stores)
            await store.CheckAsync();
    }

    private static Task AfterAsync(TimeSpan time) => Task.Delay(time, TimeProvider.System, TestContext.Current.CancellationToken);
}
