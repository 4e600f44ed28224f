using System.Threading.Channels;

namespace FundingFlows.Tiers;

/// <summary>
/// Tells one loop which hosted bodies have moved since it last asked. However often a body moves, it is told of once. At the
/// start every body counts as moved.
/// </summary>
internal sealed class MovedBodies
{
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<HostedBody> moved = [];

    public MovedBodies(BodyHost host)
    {
        foreach (var body in host.All)
            Watch(body);
        host.Opened += Watch;
        wake.Writer.TryWrite(true);
    }

    /// <summary>Has a body told of (again).</summary>
    public void Mark(HostedBody body)
    {
        lock (moved)
            moved.Add(body);
        wake.Writer.TryWrite(true);
    }

    private void Watch(HostedBody body)
    {
        body.Sequencer.Advanced += _ => Mark(body);
        Mark(body);
    }

    /// <summary>Waits until some body has moved, and answers with all that have.</summary>
    public async Task<IReadOnlyList<HostedBody>> TakeAsync(CancellationToken cancellation)
    {
        await wake.Reader.ReadAsync(cancellation);
        lock (moved)
        {
            HostedBody[] taken = [.. moved];
            moved.Clear();
            return taken;
        }
    }
}
