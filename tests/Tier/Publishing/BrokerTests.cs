using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using static FundingFlows.Support.TestTopology;

namespace FundingFlows.Tiers.Tests;

/// <summary>Whatever is wrong with broker or sidecar: commits go on, and the news is told as soon as it can be.</summary>
public sealed class BrokerTests
{
    [Fact]
    public async Task Broker_ThatIsDown_HoldsNoCommitUpAndIsToldLater()
    {
        await using var town = await EventTown.StartAsync(configure: Hurry);
        await town.ToldAsync(Central);
        town.Dapr.BrokerIsDown = true;

        await OpenAndIssueAsync(town, 3);
        // Before it was down, one that was slow to start may have been given up.
        await Wait.UntilAsync(() => town.Federation.Log.Lines.Count(line => IsNotPublished(line) && line.Line.Contains("the broker is down", StringComparison.Ordinal)) > 3, "attempts");
        Assert.NotEqual(town.Hosted(Central).Sequencer.CommittedSize - 1, LastTold(town));

        town.Dapr.BrokerIsDown = false;
        await town.AuditedAsync(Central);
        Assert.Equal(town.Hosted(Central).Sequencer.CommittedSize - 1, LastTold(town));
    }

    [Fact]
    public async Task Sidecar_ThatHangs_HoldsNoCommitUpAndIsNotWaitedForForEver()
    {
        var (hanging, calls) = (new TaskCompletionSource(), 0);
        await using var town = await EventTown.StartAsync(configure: Hurry);
        town.Dapr.BeforePublishing = subject => subject == Central && Interlocked.Increment(ref calls) > 0 ? hanging.Task : Task.CompletedTask;
        try
        {
            await OpenAndIssueAsync(town, 3);
            await Wait.UntilAsync(() => Volatile.Read(ref calls) > 2, "attempts");
            Assert.Contains(town.Federation.Log.Lines, IsNotPublished);

            town.Dapr.BeforePublishing = null;
            await town.AuditedAsync(Central);
        }
        finally
        {
            hanging.SetResult();
        }

        // What hung may come out at last, late and again: it is only news.
        await Wait.UntilAsync(() => town.Of(Central).Zip(town.Of(Central).Skip(1)).Any(pair => (long)pair.First["data"]!["lastIndex"]! >= (long)pair.Second["data"]!["lastIndex"]!), "old news");
        Assert.True((await town.Officers.AuditedAsync()).Reconciled);
    }

    [Fact]
    public async Task Sidecar_ThatComesLaterThanTheService_IsToldEverything()
    {
        int port;
        await using (var before = await DaprDouble.StartAsync())
            port = before.GrpcPort;
        await using var federation = await Town.StartEmptyAsync(options =>
        {
            EventTown.Beside(port, options);
            Hurry(options);
        });
        await federation.Officers.OpenFundAsync();
        await Wait.UntilAsync(() => federation.Log.Lines.Count(IsNotPublished) > 3, "attempts");
        var size = (await federation.Officers.BodyAsync(Central)).JournalSize;

        await using var dapr = await DaprDouble.StartAsync(port);

        await Wait.UntilAsync(() => dapr.Published.Count >= federation.Topology.Bodies.Count, "an event of every body");
        var told = dapr.Published.Single(told => (string)told["subject"]! == Central);
        Assert.Equal((0UL, size - 1), ((ulong)told["data"]!["firstIndex"]!, (ulong)told["data"]!["lastIndex"]!));
    }

    [Fact]
    public async Task Event_ComesAfterTheCommitThatItTellsOf()
    {
        var (store, durable) = (new FaultyStore(), new TaskCompletionSource());
        await using var town = await EventTown.StartAsync(configure: options => EventTown.Also(options, (instance, services) =>
        {
            if (instance == CentralInstance)
                store.Join(services);
        }));
        await town.ToldAsync(Central);
        var last = LastTold(town);
        store.Appending = _ => durable.Task;

        var opening = town.Officers.OpenFundAsync();
        try
        {
            // Another body's news goes out meanwhile, so the sidecar is not what the centre's waits for.
            await town.Officers.AgreeAsync(Durham, Easington);
            await town.ToldAsync(Durham);
            Assert.Equal((last, false), (LastTold(town), opening.IsCompleted));
        }
        finally
        {
            durable.SetResult();
        }
        await opening;
        await town.ToldAsync(Central);
        Assert.Equal(last + 1, LastTold(town));
    }

    [Fact]
    public async Task Sidecar_ThatIsNotThere_IsNotAskedAndJournalsAreFollowedByTheirStreams()
    {
        await using var federation = await Town.StartEmptyAsync(options =>
        {
            options.WithAudit = true;
            // Which calls were made is what libraries log.
            options.Settings["Logging:LogLevel:Microsoft"] = "Information";
            options.Settings["FundingFlows:Events:LookAnyway"] = "01:00:00";
        });
        await federation.Officers.AgreeAsync(Central, Durham);
        await federation.Officers.OpenFundAsync();

        Assert.True((await federation.Officers.AuditedAsync()).Complete);
        Assert.DoesNotContain(federation.Log.Lines, IsNotPublished);
        Assert.Contains(federation.Log.Lines, line => line.Line.Contains("JournalService/FollowJournal", StringComparison.Ordinal));
        Assert.DoesNotContain(federation.Log.Lines, line => line.Line.Contains("JournalService/ReadJournal", StringComparison.Ordinal));
    }

    /// <summary>Time-outs and pauses are short, or a sidecar that hangs would hang for ten seconds.</summary>
    private static void Hurry(TestFederationOptions options) => EventTown.Also(options, (_, services) => services.AddSingleton<TimeProvider>(new HurriedTime()));

    private static async Task OpenAndIssueAsync(EventTown town, int times)
    {
        await town.Officers.OpenFundAsync();
        for (var i = 0; i < times; i++)
            await town.Officers.IssueAsync(1_00);
    }

    private static long LastTold(EventTown town) => town.Of(Central).Max(told => (long)told["data"]!["lastIndex"]!);

    /// <summary>A broker slower than the commits is told of several at once, and at last of the newest.</summary>
    [Fact]
    public async Task Events_UnderLoad_CoalesceAndTheLastTellsTheNewestSize()
    {
        const int Commits = 60;
        var (publishing, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var town = await EventTown.StartAsync();
        await town.ToldAsync(Central);
        var (before, size) = (town.Of(Central).Count, town.Hosted(Central).Sequencer.CommittedSize);
        town.Dapr.BeforePublishing = _ =>
        {
            publishing.TrySetResult();
            return held.Task;
        };
        try
        {
            await town.Officers.OpenFundAsync();
            await publishing.Task;
            for (var i = 1; i < Commits; i++)
                await town.Officers.IssueAsync(1_00);
        }
        finally
        {
            town.Dapr.BeforePublishing = null;
            held.SetResult();
        }

        await town.ToldAsync(Central);
        Assert.Equal(size + Commits, town.Hosted(Central).Sequencer.CommittedSize);
        var told = town.Of(Central).Skip(before).Select(one => ((long)one["data"]!["firstIndex"]!, (long)one["data"]!["lastIndex"]!)).ToList();
        // What hung may come out again where it was given up: that is a few, and never one for each commit.
        Assert.InRange(told.Count, 1, Commits / 4);
        Assert.Equal(size + Commits - 1, told.Max(one => one.Item2));
        Assert.Contains(told, one => one.Item2 - one.Item1 >= Commits / 2);
        await town.AuditedAsync(Central);
    }

    [Fact]
    public async Task Restart_OfAPublisher_GoesOnWhereItWasAndPublishesNothingTwice()
    {
        await using var town = await EventTown.StartAsync();
        await town.Officers.AgreeAsync(Durham, Easington);
        // Nothing comes after the agreement any more, and how far was published is kept: an instance that stops in between publishes again.
        await Wait.UntilAsync(() => Task.WhenAll(
            Forged.BooksAsync(town.Federation, Durham, books => books.Deliveries.Awaiting.Any()), Forged.BooksAsync(town.Federation, Easington, books => books.Deliveries.Awaiting.Any())),
            waits => !waits.Contains(true), "all being answered");
        var kept = town.Federation.Instance(CouncilA).Services.GetRequiredService<Journal.LinkStore>();
        await Wait.UntilAsync(
            () => new[] { Durham, Newcastle }.All(body => kept.Published().GetValueOrDefault(body).Size == town.Hosted(body).Sequencer.CommittedSize), "how far was published being kept");
        var (before, durham) = (town.Dapr.Published.Count(told => (string)told["subject"]! is Durham or Newcastle), LastTold(town, Durham));

        await town.Federation.StopAsync(CouncilA);
        await town.Federation.StartAsync(CouncilA);
        await town.Dapr.AttachAsync(town.Federation.HttpOf(CouncilA), CouncilA);
        await town.Officers.AgreeAsync(Durham, Horden);
        await town.ToldAsync(Durham);

        var after = town.Dapr.Published.Where(told => (string)told["subject"]! is Durham or Newcastle).Skip(before).ToList();
        Assert.All(after, told => Assert.Equal(Durham, (string)told["subject"]!));
        Assert.Equal(durham + 1, (long)after[0]["data"]!["firstIndex"]!);
    }

    /// <summary>Whatever the broker gives as news, what nobody can read is counted by the auditor, and the news itself is not missed.</summary>
    [Fact]
    public async Task Poison_IsDroppedCountedAsDeadAndMadeUpForByTheNextNews()
    {
        await using var town = await EventTown.StartAsync();
        await town.AuditedAsync(Durham);
        town.Dapr.Instead = _ => "poison"u8.ToArray();
        await town.Officers.AgreeAsync(Central, Durham);
        await Wait.UntilAsync(() => DeadLettersAsync(town), count => count > 0, "a dead letter");

        town.Dapr.Instead = null;
        await Task.WhenAll(town.Officers.AgreeAsync(Durham, Easington), town.Officers.OpenFundAsync());

        Assert.True((await town.Officers.AuditedAsync()).Reconciled);
    }

    private static async Task<ulong> DeadLettersAsync(EventTown town) =>
        (await town.Officers.Audit.ListSecurityEventsAsync(new Contracts.Audit.V1.ListSecurityEventsRequest())).Events
        .Where(one => one.Kind == Contracts.Links.V1.SecurityEventKind.DeadLetter).Aggregate(0ul, (sum, one) => sum + one.Count);

    private static long LastTold(EventTown town, string body) => town.Of(body).Max(told => (long)told["data"]!["lastIndex"]!);

    private static bool IsNotPublished((LogLevel Level, EventId Event, string Line) line) =>
        line.Level == LogLevel.Warning && line.Line.Contains("could not be published; it is tried again:", StringComparison.Ordinal);
}
