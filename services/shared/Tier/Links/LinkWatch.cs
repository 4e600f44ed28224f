using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FundingFlows.Tiers;

/// <summary>
/// Watches what the hosted bodies have on its way, as their journals say it, and raises an alarm for a pair that is stuck: in the log,
/// in the health of the instance and as a measurement. It only looks; no pair waits for it.
/// </summary>
public sealed partial class LinkWatch(
    BodyHost bodies, CourierService courier, LinkMetrics metrics, IOptions<InstanceOptions> options, TimeProvider time, ILogger<LinkWatch> log) : BackgroundService
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private readonly HashSet<(string Sender, string Receiver)> stuck = [];
    private readonly TaskCompletionSource looked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Dictionary<string, IReadOnlyList<LinkState>> newest = [];

    /// <summary>The pairs that were stuck at the last look.</summary>
    public IReadOnlyList<LinkState> Stuck => [.. Volatile.Read(ref newest).Values.SelectMany(links => links).Where(link => link.IsStuck)];

    /// <summary>
    /// What a body had on its way at the last look at it, in the order of the receivers: whoever asks costs the body nothing. Waits only for
    /// the first look that there is. Null: the body could not be looked at yet.
    /// </summary>
    public async Task<IReadOnlyList<LinkState>?> OfAsync(string body, CancellationToken cancellation)
    {
        await looked.Task.Until(cancellation);
        return Volatile.Read(ref newest).GetValueOrDefault(body);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromTicks(Math.Clamp(options.Value.Courier.AlarmAfter.Ticks / 4, ShortestPause.Ticks, LongestPause.Ticks));
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookAsync(stoppingToken);
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <summary>Looks at each body. Of one that cannot be looked at just now, what was seen last stays.</summary>
    private async Task LookAsync(CancellationToken stopping)
    {
        try
        {
            var now = new Dictionary<string, IReadOnlyList<LinkState>>();
            foreach (var body in bodies.All)
                if ((await LookAtAsync(body, stopping) ?? newest.GetValueOrDefault(body.Id)) is { } links)
                    now[body.Id] = links;
            stopping.ThrowIfCancellationRequested();
            Volatile.Write(ref newest, now);
            looked.TrySetResult();
            var all = now.Values.SelectMany(links => links).ToList();
            metrics.Show(all);
            Tell(all);
        }
        catch (Exception problem)
        {
            // Whatever it is, the others go on, and so does looking: an instance does not end because it cannot be watched.
            if (!stopping.IsCancellationRequested)
                LogNotLooked(problem);
        }
    }

    /// <summary>What a body has on its way. Null: it could not be looked at.</summary>
    private async Task<IReadOnlyList<LinkState>?> LookAtAsync(HostedBody body, CancellationToken stopping)
    {
        try
        {
            return await StatesAsync(body, stopping);
        }
        catch (Exception problem) when (problem is JournalUnavailableException or StoreException)
        {
            // It does not serve just now, and says so itself.
            return null;
        }
        catch (Exception problem)
        {
            if (!stopping.IsCancellationRequested)
                LogNotLooked(problem);
            return null;
        }
    }

    private async Task<IReadOnlyList<LinkState>> StatesAsync(HostedBody body, CancellationToken stopping)
    {
        var (journal, waiting) = await body.Sequencer.ReadAsync(WaitingIn, stopping);
        var now = time.GetUtcNow();
        var links = new List<LinkState>(waiting.Count);
        foreach (var (receiver, oldest, unanswered, pence) in waiting)
        {
            if (await body.Sequencer.ReadEntriesAsync(journal, oldest, 1, stopping) is not [var bytes])
                continue;
            var recordedAt = Entry.Parser.ParseFrom(bytes).RecordedAt.ToDateTimeOffset();
            // The clock may have been put back since.
            var age = now > recordedAt ? now - recordedAt : TimeSpan.Zero;
            links.Add(new LinkState(body.Id, receiver, unanswered, pence, recordedAt, age, age > options.Value.Courier.AlarmAfter, courier.ProblemOf(body.Id, receiver)));
        }
        return links;
    }

    private static (uint Journal, List<(string Receiver, long Oldest, int Unanswered, long Pence)> Waiting) WaitingIn(Books books)
    {
        var waiting = new List<(string, long, int, long)>();
        foreach (var receiver in books.Deliveries.Awaiting.Order(StringComparer.Ordinal))
        {
            var (oldest, unanswered, pence) = (-1L, 0, 0L);
            foreach (var sent in books.Deliveries.AllUnanswered(receiver))
            {
                oldest = oldest < 0 ? sent.First.Index : oldest;
                unanswered++;
                if (sent.Kind == Fact.KindOneofCase.TransferSent)
                    pence += books.Transfers.Find(sent.Subject)?.AmountPence ?? 0;
            }
            waiting.Add((receiver, oldest, unanswered, pence));
        }
        return (books.Epoch, waiting);
    }

    /// <summary>Says once of each pair that it is stuck, and once that it goes on.</summary>
    private void Tell(IReadOnlyList<LinkState> links)
    {
        foreach (var link in links.Where(link => link.IsStuck))
            if (stuck.Add((link.Sender, link.Receiver)))
                LogStuck(link.Sender, link.Receiver, (long)link.Age.TotalSeconds, link.Unanswered, (link.InTransitPence / 100m).ToString("N2", CultureInfo.InvariantCulture), link.Problem ?? "none");
        foreach (var pair in stuck.Where(pair => !links.Any(link => link.IsStuck && (link.Sender, link.Receiver) == pair)).ToList())
        {
            stuck.Remove(pair);
            LogGoesOn(pair.Sender, pair.Receiver);
        }
    }

    [LoggerMessage(EventId = SecurityEvents.PairStuck, Level = LogLevel.Error, Message = "What {Sender} sends to {Receiver} is stuck: the oldest of {Unanswered} has waited {Seconds} s, with £{Pounds} on its way. The last problem: {Problem}")]
    private partial void LogStuck(string sender, string receiver, long seconds, int unanswered, string pounds, string problem);

    [LoggerMessage(EventId = SecurityEvents.PairGoesOn, Level = LogLevel.Information, Message = "What {Sender} sends to {Receiver} is stuck no more.")]
    private partial void LogGoesOn(string sender, string receiver);

    [LoggerMessage(Level = LogLevel.Error, Message = "What is on its way could not be looked at; it is tried again.")]
    private partial void LogNotLooked(Exception problem);
}
