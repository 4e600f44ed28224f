using System.Diagnostics;
using FundingFlows.Contracts.Ledger.V1;
using FundingFlows.Local;

namespace FundingFlows.Benchmarks;

/// <summary>How many flows were released and how many had arrived, by way, at a moment.</summary>
internal sealed record FlowCounts(long At, long[] Released, long[] Arrived)
{
    public long OnTheWay => Released.Sum() - Arrived.Sum();

    /// <summary>What arrived for each second since then, of those ways.</summary>
    public double PerSecondSince(FlowCounts then, Func<int, bool> counts) =>
        Enumerable.Range(0, Arrived.Length).Where(counts).Sum(way => Arrived[way] - then.Arrived[way]) / Stopwatch.GetElapsedTime(then.At, At).TotalSeconds;
}

/// <summary>
/// Releases pennies at the centre, one after the other for every way in turn, over one stream: at a rate, or as many as keep so many on their way. What has
/// arrived is what the forums' journals hold, durable.
/// </summary>
internal sealed class Releasing(FlowFederation federation, TimeProvider time) : IAsyncDisposable
{
    private const int MostInAMessage = 500;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan BetweenCounts = TimeSpan.FromMilliseconds(100);
    private readonly LedgerService.LedgerServiceClient forums = new(federation.To("forums"));
    private readonly TransferService.TransferServiceClient centre = new(federation.To("central"));
    private readonly long[] released = new long[FlowTopology.Ways.Count];
    private readonly CancellationTokenSource ending = new();
    private FlowCounts newest = new(Stopwatch.GetTimestamp(), [], []);
    private long[] before = [];
    private Task running = Task.CompletedTask;

    /// <summary>Flows a second. Null: as many as keep <see cref="MostOnTheWay"/> on their way.</summary>
    public double? Rate { get; set; }

    public long MostOnTheWay { get; set; } = 6_000;

    /// <summary>The newest counts.</summary>
    public FlowCounts Counts => Volatile.Read(ref newest);

    public async Task StartAsync()
    {
        before = await SizesAsync();
        Count(before);
        running = Task.WhenAll(Task.Run(SendAsync), Task.Run(CountAsync));
    }

    /// <summary>What was counted last, after so long.</summary>
    public async Task<FlowCounts> AfterAsync(TimeSpan length)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < length;)
        {
            if (running.IsFaulted)
                await running;
            await Task.Delay(Tick, time, CancellationToken.None);
        }
        return Counts;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        ending.Dispose();
    }

    private async Task SendAsync()
    {
        using var call = centre.ReleaseFundsStream(federation.Headers);
        var reading = ReadAsync(call);
        var start = Stopwatch.GetTimestamp();
        var (rate, sent) = (Rate, 0L);
        for (var next = 0; !ending.IsCancellationRequested;)
        {
            if (rate != Rate)
                (rate, sent, start) = (Rate, 0, Stopwatch.GetTimestamp());
            var due = rate is { } perSecond ? (long)(Stopwatch.GetElapsedTime(start).TotalSeconds * perSecond) - sent : MostOnTheWay - released.Sum() + Counts.Arrived.Sum();
            if (due < (rate is null ? MostInAMessage : 1))
            {
                await Task.Delay(Tick, time, CancellationToken.None);
                continue;
            }
            var message = new ReleaseFundsStreamRequest();
            for (var i = 0; i < Math.Min(due, MostInAMessage); i++, next = (next + 1) % released.Length)
            {
                message.Releases.Add(Release(federation.Awards[next]));
                released[next]++;
            }
            sent += message.Releases.Count;
            await call.RequestStream.WriteAsync(message);
        }
        await call.RequestStream.CompleteAsync();
        await reading;
    }

    private static async Task ReadAsync(AsyncDuplexStreamingCall<ReleaseFundsStreamRequest, ReleaseFundsStreamResponse> call)
    {
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
            foreach (var reply in call.ResponseStream.Current.Replies)
                if (reply.Recorded is null)
                    throw new InvalidOperationException(reply.Refused.Message);
    }

    private async Task CountAsync()
    {
        while (!ending.IsCancellationRequested)
        {
            Count(await SizesAsync());
            await Task.Delay(BetweenCounts, time, CancellationToken.None);
        }
    }

    private void Count(long[] sizes) =>
        Volatile.Write(ref newest, new FlowCounts(Stopwatch.GetTimestamp(), [.. released], [.. sizes.Zip(before, (now, then) => now - then)]));

    /// <summary>A forum records nothing but what it receives.</summary>
    private Task<long[]> SizesAsync() => Task.WhenAll(FlowTopology.Ways.Select(async way => (long)(await forums.GetBodyAsync(new GetBodyRequest { Body = way.Forum })).Body.JournalSize));

    public static ReleaseFundsRequest Release(string award) => new()
    {
        Body = FlowTopology.Centre,
        CommandId = Officers.NewId(),
        Award = award,
        FinancialYear = PlaceFund.Year,
        Kind = Kind.Revenue,
        AmountPence = 1,
    };
}
