namespace FundingFlows.Fire;

/// <summary>The officers of all bodies at work: at each body one command after the other, with a little while between them.</summary>
internal sealed class Load(Topology topology, Works works, Desk desk, int seed, TimeProvider time)
{
    private const int ShortestPause = 5;
    private const int LongestPause = 60;

    /// <summary>Begins commands until it is told to stop, and answers when each has its final answer.</summary>
    public Task RunAsync(CancellationToken stop, CancellationToken cancellation) =>
        Task.WhenAll(topology.Bodies.Select((body, place) => WorkAsync(body, new Random(unchecked((seed * 1_000_003) + place)), stop, cancellation)));

    private async Task WorkAsync(TopologyBody body, Random random, CancellationToken stop, CancellationToken cancellation)
    {
        while (!stop.IsCancellationRequested)
        {
            if (works.Next(body, random) is { } deed)
                await desk.DoAsync(deed, cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(ShortestPause, LongestPause)), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
