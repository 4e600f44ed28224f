using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// Publishes that a body's journal has moved: after the commit, one event for each body, several
/// commits in one event when they come faster than events go out.
/// </summary>
public sealed partial class EventPublisher(
    BodyHost bodies, INewsOfJournals news, TimeProvider time, ILogger<EventPublisher> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!news.IsThere)
            return;
        // At the start everything counts as new: subscribers that missed something while this instance was away catch up.
        var moved = new MovedBodies(bodies);
        var published = new Dictionary<HostedBody, long>();
        while (!stoppingToken.IsCancellationRequested)
            foreach (var body in await moved.TakeAsync(stoppingToken))
            {
                published[body] = await PublishAsync(body, published.GetValueOrDefault(body), stoppingToken);
                if (published[body] < body.Sequencer.CommittedSize)
                    moved.Mark(body);
            }
    }

    /// <summary>Publishes what is new of a body, and answers with how far has been published.</summary>
    private async Task<long> PublishAsync(HostedBody body, long from, CancellationToken stopping)
    {
        var size = body.Sequencer.CommittedSize;
        if (size == from)
            return from;
        // A new epoch may be shorter than the one before.
        from = Math.Min(from, size - 1);
        var moved = new JournalMoved(body.Id, body.Epoch, from, size - 1, body.Checkpoints.NewestIfAny(body.Epoch).Note);
        // A sidecar that hangs must not keep the news for ever.
        using var patience = new CancellationTokenSource(CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, patience.Token);
        try
        {
            await news.SendAsync(moved, either.Token);
            return size;
        }
        catch (Exception problem)
        {
            stopping.ThrowIfCancellationRequested();
            // Tried again: the sidecar may come later than the service, or come back.
            LogNotPublished(body.Id, problem.InnerException?.Message ?? problem.Message);
            await Task.Delay(Pause, time, stopping);
            return from;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "That {Body} moved could not be published; it is tried again: {Problem}")]
    private partial void LogNotPublished(string body, string problem);
}
