using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// The courier of an instance: for each pair of bodies that something is on its way between, one that delivers. No pair waits
/// for another.
/// </summary>
public sealed class CourierService(BodyHost bodies, WhoIsWho whoIsWho, AddressBook addresses, TimeProvider time, ILogger<CourierService> log) : BackgroundService
{
    private readonly ConcurrentDictionary<(string Sender, string Receiver), Task> running = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var moved = new MovedBodies(bodies);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                foreach (var body in await moved.TakeAsync(stoppingToken))
                    foreach (var receiver in await AwaitingAsync(body, stoppingToken))
                        Begin(body, receiver, moved, stoppingToken);
        }
        finally
        {
            // Those that deliver use the journals and keys, which are closed after this.
            await Task.WhenAll(running.Values);
        }
    }

    private void Begin(HostedBody sender, string receiver, MovedBodies moved, CancellationToken stopping)
    {
        var pair = (sender.Id, receiver);
        // Its place is taken before it starts, so that it cannot have ended before it is known.
        var delivering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!running.TryAdd(pair, delivering.Task))
            return;
        // Seeded by the pair's names: no secret, and each pair has its own.
        var jitter = new Random(BitConverter.ToInt32(MerkleHash.Leaf(Encoding.UTF8.GetBytes($"{sender.Id} {receiver}"))));
        var courier = new CourierPair(sender, receiver, whoIsWho, addresses, time, jitter, log);
        _ = Task.Run(
            async () =>
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
            },
            CancellationToken.None);
    }

    private static async Task<IReadOnlyList<string>> AwaitingAsync(HostedBody body, CancellationToken stopping)
    {
        try
        {
            return await body.Sequencer.ReadAsync(books => books.Deliveries.Awaiting.ToList(), stopping);
        }
        catch (JournalUnavailableException)
        {
            return [];
        }
    }
}
