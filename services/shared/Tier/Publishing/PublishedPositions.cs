using Microsoft.Extensions.Logging;

namespace FundingFlows.Tiers;

/// <summary>
/// How far the journal of each hosted body has been published. It is kept behind the publishing and at most once a second, so a crash has
/// the news of a moment published again, and never any left out.
/// </summary>
/// <param name="store">Null: it is remembered as long as the process runs.</param>
internal sealed partial class PublishedPositions(LinkStore? store, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan BetweenWrites = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly HashSet<string> unkept = [];
    private Dictionary<string, (uint Epoch, long Size)>? positions;
    private DateTimeOffset keptAt;

    /// <summary>The epoch and the size that were told of last. Nothing of the body was told yet: noughts.</summary>
    public (uint Epoch, long Size) Of(HostedBody body)
    {
        lock (gate)
            return Known().GetValueOrDefault(body.Id);
    }

    public void Advance(HostedBody body, uint epoch, long size)
    {
        lock (gate)
        {
            Known()[body.Id] = (epoch, size);
            unkept.Add(body.Id);
        }
    }

    /// <summary>Waits for a task, and keeps what is not kept yet when that takes a while.</summary>
    public async Task KeepWhileAsync(Task waiting, CancellationToken stopping)
    {
        if (unkept.Count == 0)
            return;
        await Task.WhenAny(waiting, Task.Delay(BetweenWrites, time, stopping));
        if (!waiting.IsCompleted || time.GetUtcNow() - keptAt >= BetweenWrites)
            Keep();
    }

    /// <summary>Makes durable how far it is.</summary>
    public void Keep()
    {
        lock (gate)
        {
            if (unkept.Count == 0)
                return;
            try
            {
                store?.KeepPublished(unkept.Select(body => (body, Known()[body].Epoch, Known()[body].Size)));
                unkept.Clear();
                keptAt = time.GetUtcNow();
            }
            catch (StoreException problem)
            {
                LogNotKept(problem.Message);
            }
        }
    }

    private Dictionary<string, (uint Epoch, long Size)> Known()
    {
        if (positions is not null)
            return positions;
        positions = [];
        try
        {
            foreach (var (body, position) in store?.Published() ?? new Dictionary<string, (uint, long)>())
                positions[body] = position;
        }
        catch (StoreException problem)
        {
            LogNotKept(problem.Message);
        }
        return positions;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "How far journals were published is not remembered: {Problem}")]
    private partial void LogNotKept(string problem);
}
