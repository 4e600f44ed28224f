using FundingFlows.Crashing;

namespace FundingFlows.Journal.Tests;

/// <summary>A process that ends at a certain point of a write, of an opening or of the making of tables leaves all of a command or nothing.</summary>
public abstract class BoundaryTests : IDisposable
{
    private const int Killed = 128 + 9;
    private const int KilledAtACall = 128 + 31;
    private readonly StorePlace place;
    private readonly Witnessed witnessed;
    private readonly Plan plan;

    protected BoundaryTests(StoreKind kind)
    {
        place = StorePlace.Of(kind);
        plan = place is SqlitePlace file ? new Plan(file.Path, "", []) : new Plan(((PostgresPlace)place).ConnectionString, ((PostgresPlace)place).Schema, []);
        witnessed = new Witnessed(place, plan);
    }

    public void Dispose() => witnessed.Dispose();

    [Theory]
    [InlineData(DeathPoint.BeforeAppend)]
    [InlineData(DeathPoint.AfterCommit)]
    [InlineData(DeathPoint.Replaying)]
    public async Task Writer_ThatEndsThere_LeavesAllOfACommandOrNothing(DeathPoint point)
    {
        await BeginAsync();
        foreach (var after in new[] { 0, 1, 3 })
        {
            var (entries, fresh) = (witnessed.Entries, witnessed.Acknowledged - witnessed.AnsweredAgain);
            await WriteAsync(witnessed.Plan with { Point = point, After = after }, Killed);

            if (after == 0)
                Assert.Equal(fresh, witnessed.Acknowledged - witnessed.AnsweredAgain);
            if (point == DeathPoint.Replaying || (after == 0 && point == DeathPoint.BeforeAppend))
                Assert.Equal(entries, witnessed.Entries);
            if (point == DeathPoint.AfterCommit)
                Assert.True(witnessed.Entries > entries);
        }
        await GoOnAsync();
    }

    [Fact]
    public async Task Writer_KilledInTheMiddleOfATransaction_LeavesAllOfACommandOrNothing()
    {
        await BeginAsync();
        if (place is PostgresPlace postgres)
            await KilledWhileTheServerAppendsAsync(postgres);
        else
            foreach (var after in new[] { 0, 3, 20, 50 })
            {
                var entries = witnessed.Entries;
                await WriteAsync(witnessed.Plan with { Point = DeathPoint.InTransaction, After = after }, Killed);
                if (after == 0)
                    Assert.Equal(entries, witnessed.Entries);
                await WriteAsync(witnessed.Plan with { Point = DeathPoint.AtSync, After = after / 10 }, KilledAtACall);
            }
        await GoOnAsync();
    }

    [Fact]
    public async Task Writer_KilledWhileItMakesTheTables_LeavesWhatTheNextOneCanUse()
    {
        if (plan.Schema.Length == 0)
            await WriteAsync(witnessed.Plan with { Point = DeathPoint.MakingTables }, KilledAtACall);
        await GoOnAsync();
    }

    /// <summary>The server finishes what it has in hand of a writer that is gone, and the next one waits for it.</summary>
    private async Task KilledWhileTheServerAppendsAsync(PostgresPlace postgres)
    {
        var again = witnessed.AnsweredAgain;
        await using var hold = postgres.HoldAppends();
        using var first = Writer.Start();
        // Its only append is of the body that the next one opens first.
        first.Go(witnessed.Plan with { Body = Commands.Bodies[0] });
        while (postgres.BlockedBy(hold.ProcessID) is 0)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        var appending = postgres.BlockedBy(hold.ProcessID);
        first.Kill();
        witnessed.Hear(await first.RestAsync());

        using var second = Writer.Start();
        second.Go(witnessed.Plan);
        while (postgres.BlockedBy(appending) is 0)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        Assert.DoesNotContain(second.Said(), line => line.Contains(" open ", StringComparison.Ordinal));
        await hold.CloseAsync();
        var said = await second.SaidAsync("postgres ack", 20);
        second.Kill();
        said.AddRange(await second.RestAsync());

        witnessed.Hear(said);
        await witnessed.CheckAsync();
        Assert.True(witnessed.AnsweredAgain > again);
    }

    private Task BeginAsync() => WriteAsync(witnessed.Plan with { Point = DeathPoint.AfterCommit, After = 4 }, Killed);

    /// <summary>One more writer goes on from what is there, and what it acknowledges is there too.</summary>
    private async Task GoOnAsync()
    {
        var acknowledged = witnessed.Acknowledged;
        await WriteAsync(witnessed.Plan with { Point = DeathPoint.BeforeAppend, After = 12 }, Killed);
        Assert.True(witnessed.Acknowledged > acknowledged);
    }

    private async Task WriteAsync(Plan what, int code)
    {
        using var writer = Writer.Start();
        writer.Go(what);
        var said = await writer.RestAsync();
        Assert.True(code == await writer.EndedAsync(), await writer.ErrorsAsync());
        witnessed.Hear(said);
        await witnessed.CheckAsync();
    }
}
