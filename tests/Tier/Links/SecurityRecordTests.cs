using System.Threading.Channels;
using FundingFlows.Contracts.Links.V1;
using FundingFlows.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers.Tests;

/// <summary>What was turned away is counted exactly, also over restarts and failures of the disk, and bounded; whoever is turned away waits for no disk.</summary>
public sealed class SecurityRecordTests : IAsyncDisposable
{
    private const SecurityEventKind Kind = SecurityEventKind.DeliveryRefused;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fundingflows-test-");
    private readonly LoggerFactory loggers;
    private readonly SaidLog log = new();
    private readonly SetTime time = new();
    private readonly Outside outside = new();
    private readonly AddressBook addresses;
    private LinkStore store;
    private SecurityRecord record;

    public SecurityRecordTests()
    {
        loggers = new LoggerFactory([log]);
        var settings = new InstanceOptions();
        foreach (var body in Enumerable.Range(0, 200))
            settings.Directory[Body(body)] = "somewhere";
        addresses = new AddressBook(Options.Create(settings), outside);
        (store, record) = Open();
    }

    private string Path => System.IO.Path.Combine(folder.FullName, "links.db");

    public async ValueTask DisposeAsync()
    {
        record.Dispose();
        await store.DisposeAsync();
        outside.Dispose();
        loggers.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Tell_OfManyThings_WritesNothingUntilTheyAreWrittenTogether()
    {
        for (var i = 0; i < 500; i++)
            record.Tell(Kind, "A", Body(i % 5), Body(0));
        Assert.Empty(store.AllTurnedAway());

        Assert.True(record.TryWrite());

        Assert.All(store.AllTurnedAway(), one => Assert.Equal(100, one.Count));
        Assert.Equal(5, store.AllTurnedAway().Count);
    }

    [Fact]
    public async Task Tell_WhileTheDiskIsWaitedFor_DoesNotWait()
    {
        record.Tell(Kind, "A", Body(1), Body(2));
        Task<bool> writing;
        using (var other = Connect())
        {
            Run(other, "BEGIN IMMEDIATE");
            writing = Task.Run(record.TryWrite);
            // Longer than a write takes, if it did not wait for the other.
            for (var i = 0; i < 1_000; i++)
                record.Tell(Kind, "A", Body(1), Body(2));
            Assert.Equal(1_001, record.CountOf(Kind));
            Assert.False(writing.IsCompleted);
            Run(other, "COMMIT");
        }

        Assert.True(await writing);
        Assert.True(record.TryWrite());
        Assert.Equal(1_001, Assert.Single(store.AllTurnedAway()).Count);
    }

    [Fact]
    public async Task Count_OfManyAtOnceWhileItIsWritten_IsExactAfterTheEnd()
    {
        using var end = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
                record.TryWrite();
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(who => Task.Run(() =>
        {
            for (var i = 0; i < 2_000; i++)
                record.Tell(Kind, "A", Body(who % 2), Body(9));
        })));
        await end.CancelAsync();
        await writing;
        record.Tell(Kind, "A", Body(0), Body(9));

        await RestartAsync();

        Assert.Equal([(Body(0), 8_001ul), (Body(1), 8_000ul)], record.All().Select(one => (one.ClaimedSender, one.Count)));
    }

    [Fact]
    public async Task Count_OfAnEarlierLife_IsAddedToWhatCameBeforeItWasRead()
    {
        var first = time.Now;
        Tell("A", 3);
        await RestartAsync(read: false);
        time.Now += TimeSpan.FromDays(1);
        Tell("A", 4);
        Assert.True(record.TryWrite());

        var seen = Assert.Single(record.All());

        Assert.Equal((7ul, first, time.Now), (seen.Count, seen.FirstAt.ToDateTimeOffset(), seen.LastAt.ToDateTimeOffset()));
        Assert.Equal(7, Assert.Single(store.AllTurnedAway()).Count);
    }

    [Fact]
    public void Write_ThatFails_IsLoggedAndTriedAgainWithAllOfIt()
    {
        Tell("A", 2);
        Assert.True(record.TryWrite());
        using var other = Connect();
        Run(other, "ALTER TABLE turned_away RENAME TO elsewhere");
        Tell("A", 3);
        Tell("B", 1);

        Assert.False(record.TryWrite());
        Assert.False(record.TryWrite());

        Assert.Contains(log.Lines, line => line.Level == LogLevel.Error && line.Line.Contains("could not be kept on the disk", StringComparison.Ordinal));
        Assert.Equal(6, record.CountOf(Kind));
        Run(other, "ALTER TABLE elsewhere RENAME TO turned_away");
        Assert.True(record.TryWrite());
        Assert.Equal([("A", 5L), ("B", 1L)], store.AllTurnedAway().Select(one => (one.Reason, one.Count)).Order());
    }

    /// <summary>What cannot be read is not written over.</summary>
    [Fact]
    public async Task Read_ThatFails_IsTriedAgainBeforeAnythingIsWritten()
    {
        Tell("A", 2);
        await RestartAsync(read: false);
        using var other = Connect();
        Run(other, "ALTER TABLE turned_away RENAME TO elsewhere");
        Tell("A", 3);
        Assert.False(record.TryWrite());
        Run(other, "ALTER TABLE elsewhere RENAME TO turned_away");

        Assert.True(record.TryWrite());

        Assert.Equal(5, Assert.Single(store.AllTurnedAway()).Count);
    }

    [Fact]
    public void Names_OfOneReason_AreBoundedAndTheOthersCountTogether()
    {
        for (var i = 0; i < 150; i++)
            record.Tell(Kind, "A", Body(i), Body(0));
        for (var i = 0; i < 150; i++)
            record.Tell(Kind, "A", Body(i), Body(0));
        record.Tell(Kind, "B", Body(149), Body(0));
        record.Tell(SecurityEventKind.ReceiptsRefused, "A", Body(149), Body(0));

        var all = record.All();

        var ofA = all.Where(one => (one.Kind, one.Reason) == (Kind, "A")).ToList();
        Assert.Equal(SecurityRecord.MostNamedOfAReason + 1, ofA.Count);
        Assert.Equal(100ul, Assert.Single(ofA, one => one.ClaimedSender.Length + one.Receiver.Length == 0).Count);
        Assert.All(ofA.Where(one => one.ClaimedSender.Length > 0), one => Assert.Equal(2ul, one.Count));
        Assert.Equal(2, all.Count(one => one.ClaimedSender == Body(149)));
    }

    [Fact]
    public async Task Sorts_OfManyReasons_AreBoundedAndNoneIsNotCounted()
    {
        const int Reasons = 30;
        for (var reason = 0; reason < Reasons; reason++)
            for (var i = 0; i < 150; i++)
                record.Tell(Kind, $"R{reason}", Body(i), Body(0));
        Assert.InRange(record.All().Count, 900, SecurityRecord.Most);

        await RestartAsync();

        Assert.InRange(record.All().Count, 900, SecurityRecord.Most);
        Assert.Equal(Reasons, record.All().Select(one => one.Reason).Distinct().Count());
        Assert.Equal(Reasons * 150, record.CountOf(Kind));
    }

    [Fact]
    public async Task Sorts_ThatDidNotComeForAMonth_AreForgottenAndMakePlace()
    {
        for (var i = 0; i < 100; i++)
            record.Tell(Kind, "A", Body(i), Body(0));
        await RestartAsync();
        time.Now += TimeSpan.FromDays(31);

        record.Tell(Kind, "A", Body(150), Body(0));
        Assert.True(record.TryWrite());

        Assert.Equal(Body(150), Assert.Single(record.All()).ClaimedSender);
        Assert.Equal(Body(150), Assert.Single(store.AllTurnedAway()).Claimed);
    }

    [Fact]
    public void Names_OfWhatHasNoAddress_AreNotKept()
    {
        record.Tell(Kind, "A", "john-smith", "somewhere else");

        var seen = Assert.Single(record.All());
        Assert.Equal(("", ""), (seen.ClaimedSender, seen.Receiver));
    }

    [Fact]
    public async Task Writer_HoweverMuchComes_WritesOnceASecond()
    {
        var waits = new Waits();
        using var writer = new SecurityWriter(record, waits);
        await writer.StartAsync(TestContext.Current.CancellationToken);
        for (var written = 0; written < 3; written++)
        {
            var (length, isOver) = await waits.Begun.Reader.ReadAsync(TestContext.Current.CancellationToken);
            Assert.Equal(TimeSpan.FromSeconds(1), length);
            for (var i = 0; i < 500; i++)
                record.Tell(Kind, "A", Body(1), Body(2));
            Assert.Equal(written * 500, store.AllTurnedAway().Sum(one => (long)one.Count));
            isOver();
        }
        await waits.Begun.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1_500, Assert.Single(store.AllTurnedAway()).Count);
        await writer.StopAsync(TestContext.Current.CancellationToken);
    }

    private static string Body(int number) => $"body-{number}";

    private void Tell(string reason, int times)
    {
        for (var i = 0; i < times; i++)
            record.Tell(Kind, reason, Body(1), Body(2));
    }

    private (LinkStore Store, SecurityRecord Record) Open()
    {
        var opened = LinkStore.Open(Path);
        return (opened, new SecurityRecord(addresses, time, loggers.CreateLogger<SecurityRecord>(), store: opened));
    }

    /// <summary>Ends as an instance does, and begins as one does.</summary>
    private async Task RestartAsync(bool read = true)
    {
        record.Dispose();
        await store.DisposeAsync();
        (store, record) = Open();
        if (read)
            Assert.True(record.TryWrite());
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>Lets a wait end only when it is told to.</summary>
    private sealed class Waits : TimeProvider
    {
        /// <summary>How long each is to be, and what ends it.</summary>
        public Channel<(TimeSpan Length, Action End)> Begun { get; } = Channel.CreateUnbounded<(TimeSpan, Action)>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Begun.Writer.TryWrite((dueTime, () => callback(state)));
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
