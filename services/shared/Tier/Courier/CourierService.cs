using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// The courier of an instance: for each pair of bodies that something is on its way between, one that delivers. No pair waits
/// for another.
/// </summary>
public sealed class CourierService(
    BodyHost bodies, WhoIsWho whoIsWho, SignedAnswers answers, AddressBook addresses, AskedPeers asked, AskingRound round, TimeProvider time, ILogger<CourierService> log)
    : BackgroundService
{
    private readonly ConcurrentDictionary<(string Sender, string Receiver), Task> running = new();
    private readonly ConcurrentDictionary<(string Sender, string Receiver), CourierPair> couriers = new();

    /// <summary>Why the newest attempt to deliver from one body to another failed, as a stable reason. Null: it did not.</summary>
    public string? ProblemOf(string sender, string receiver) => couriers.GetValueOrDefault((sender, receiver))?.Problem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var moved = new MovedBodies(bodies);
        // Should looking fail, all is stopped and the failure told, not waited out beside a watch that goes on.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var watching = new ReceiverWatch(bodies, whoIsWho, answers, PairOf, time, log).RunAsync(either.Token);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                foreach (var body in await moved.TakeAsync(stoppingToken))
                    foreach (var receiver in await ReceiversAsync(body, books => books.Deliveries.Awaiting, stoppingToken))
                        Begin(body, receiver, moved, either.Token);
        }
        finally
        {
            either.Cancel();
            // Those that deliver use the journals and keys, which are closed after this.
            await Task.WhenAll(running.Values.Append(watching));
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

    internal static async Task<IReadOnlyList<string>> ReceiversAsync(HostedBody body, Func<Books, IEnumerable<string>> which, CancellationToken stopping)
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
}
