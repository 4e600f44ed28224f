using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Publishes that a body's journal has moved: after the commit, one event for each body, several commits in one event when they come
/// faster than events go out. A start goes on where the life before it ended.
/// </summary>
public sealed partial class EventPublisher(BodyHost bodies, INewsOfJournals news, TimeProvider time, ILogger<EventPublisher> log, LinkStore? store = null)
    : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);
    private readonly PublishedPositions published = new(store, time, log);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!news.IsThere)
            return;
        var moved = new MovedBodies(bodies);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var taken = moved.TakeAsync(stoppingToken);
                await published.KeepWhileAsync(taken, stoppingToken);
                foreach (var some in (await taken).Chunk(AtOnce))
                    await PublishAsync(some, moved, stoppingToken);
            }
        }
        finally
        {
            published.Keep();
        }
    }

    /// <summary>Publishes what is new of some bodies at once. What could not be told, or moved meanwhile, is told later.</summary>
    private async Task PublishAsync(IReadOnlyList<HostedBody> some, MovedBodies moved, CancellationToken stopping)
    {
        var told = await Task.WhenAll(some.Select(body => PublishAsync(body, stopping)));
        if (told.Contains(false))
            await Task.Delay(Pause, time, stopping);
        foreach (var body in some.Where(body => body.Sequencer.CommittedSize > 0 && published.Of(body) != (body.Epoch, body.Sequencer.CommittedSize)))
            moved.Mark(body);
    }

    /// <summary>Publishes what is new of a body. False: it could not be.</summary>
    private async Task<bool> PublishAsync(HostedBody body, CancellationToken stopping)
    {
        var (epoch, size, before) = (body.Epoch, body.Sequencer.CommittedSize, published.Of(body));
        if (size == 0 || before == (epoch, size))
            return true;
        // A new epoch may be shorter than the one before, and so may a disk that was put back.
        var moved = new JournalMoved(body.Id, epoch, Math.Min(before.Size, size - 1), size - 1, body.Checkpoints.NewestIfAny(epoch).Note);
        // A sidecar that hangs must not keep the news for ever.
        using var patience = new CancellationTokenSource(CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        try
        {
            await news.SendAsync(moved, either.Token);
            published.Advance(body, epoch, size);
            return true;
        }
        catch (Exception problem)
        {
            stopping.ThrowIfCancellationRequested();
            // Tried again: the sidecar may come later than the service, or come back.
            LogNotPublished(body.Id, problem.InnerException?.Message ?? problem.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "That {Body} moved could not be published; it is tried again: {Problem}")]
    private partial void LogNotPublished(string body, string problem);
}
