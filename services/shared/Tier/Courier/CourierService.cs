using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// The courier of an instance: for each pair of bodies that something is on its way between, one that delivers. No pair waits
/// for another.
/// </summary>
public sealed partial class CourierService(
    BodyHost bodies, WhoIsWho whoIsWho, SignedAnswers answers, AddressBook addresses, AskedPeers asked, AskingRound round, TimeProvider time, ILogger<CourierService> log)
    : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<(string Sender, string Receiver), Task> running = new();
    private readonly ConcurrentDictionary<(string Sender, string Receiver), CourierPair> couriers = new();

    /// <summary>Why the newest attempt to deliver from one body to another failed, as a stable reason. Null: it did not.</summary>
    public string? ProblemOf(string sender, string receiver) => couriers.GetValueOrDefault((sender, receiver))?.Problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var moved = new MovedBodies(bodies);
        var watching = WatchReceiversAsync(stoppingToken);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                foreach (var body in await moved.TakeAsync(stoppingToken))
                    foreach (var receiver in await ReceiversAsync(body, books => books.Deliveries.Awaiting, stoppingToken))
                        Begin(body, receiver, moved, stoppingToken);
        }
        finally
        {
            // Those that deliver use the journals and keys, which are closed after this.
            await Task.WhenAll(running.Values.Append(watching));
        }
    }

    /// <summary>
    /// Looks now and then whether a receiver has begun a new epoch. It may have lost answers that are recorded here, so that nothing would
    /// be delivered again by itself.
    /// </summary>
    private async Task WatchReceiversAsync(CancellationToken stopping)
    {
        var shown = new Dictionary<(string Sender, string Receiver), uint>();
        while (!stopping.IsCancellationRequested)
        {
            await Task.Delay(BetweenLooks, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            foreach (var sender in bodies.All)
                foreach (var receiver in await ReceiversAsync(sender, books => books.Deliveries.Receivers, stopping))
                    await ShowAgainAsync(sender, receiver, shown, stopping);
        }
    }

    private async Task ShowAgainAsync(HostedBody sender, string receiver, Dictionary<(string Sender, string Receiver), uint> shown, CancellationToken stopping)
    {
        try
        {
            if (await whoIsWho.KnownAsync(receiver, stopping) is not { } known || known.Declared.Count == 0 || known.Epoch <= shown.GetValueOrDefault((sender.Id, receiver)))
                return;
            await PairOf(sender, receiver).ShowAgainAsync(stopping);
            shown[(sender.Id, receiver)] = known.Epoch;
        }
        catch (Exception problem) when (problem is RpcException or JournalUnavailableException or StoreException or OperationCanceledException)
        {
            // It is shown again the next time.
            LogNotShown(sender.Id, receiver, problem.Message);
        }
    }

    private void Begin(HostedBody sender, string receiver, MovedBodies moved, CancellationToken stopping)
    {
        var pair = (sender.Id, receiver);
        // Its place is taken before it starts, so that it cannot have ended before it is known.
        var delivering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!running.TryAdd(pair, delivering.Task))
            return;
        var courier = PairOf(sender, receiver);
        _ = Background.RunAsync(async () =>
        {
            try
            {
                await courier.RunAsync(stopping);
            }
            finally
            {
                running.TryRemove(pair, out _);
                delivering.SetResult();
                // Something may have been sent between the last look and now.
                moved.Mark(sender);
            }
        });
    }

    /// <summary>One for each pair, as long as the body serves: it remembers whether the receiver was asked.</summary>
    private CourierPair PairOf(HostedBody sender, string receiver) => couriers.AddOrUpdate(
        (sender.Id, receiver), _ => Make(sender, receiver), (_, before) => ReferenceEquals(before.Sender, sender) ? before : Make(sender, receiver));

    private CourierPair Make(HostedBody sender, string receiver)
    {
        // Seeded by the pair's names: no secret, and each pair has its own.
        var jitter = new Random(BitConverter.ToInt32(MerkleHash.Leaf(Encoding.UTF8.GetBytes($"{sender.Id} {receiver}"))));
        // What began with this start has delivered nothing before.
        return new CourierPair(sender, receiver, answers, addresses, asked, round, time, jitter, log) { HasAsked = bodies.HasBegunNow(sender.Id) };
    }

    private static async Task<IReadOnlyList<string>> ReceiversAsync(HostedBody body, Func<Books, IEnumerable<string>> which, CancellationToken stopping)
    {
        try
        {
            return await body.Sequencer.ReadAsync(books => which(books).ToList(), stopping);
        }
        catch (Exception problem) when (problem is JournalUnavailableException or OperationCanceledException)
        {
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Receiver}, which has begun a new epoch, cannot be shown yet what {Sender} sent it: {Problem}")]
    private partial void LogNotShown(string sender, string receiver, string problem);
}
