using System.Collections.Concurrent;

namespace FundingFlows.Tiers.Tests;

/// <summary>Time that can be made to stand still: who begins to wait then waits until it goes on. The clock always tells the time.</summary>
internal sealed class Standstill : TimeProvider
{
    private readonly ConcurrentQueue<Action> held = new();
    private volatile bool still;

    /// <summary>How many began to wait since time stands still.</summary>
    public int Held => held.Count;

    public void Stop() => still = true;

    public void GoOn()
    {
        still = false;
        while (held.TryDequeue(out var start))
            start();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (!still || dueTime == Timeout.InfiniteTimeSpan)
            return System.CreateTimer(callback, state, dueTime, period);
        var timer = System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        held.Enqueue(() => timer.Change(dueTime, period));
        return timer;
    }
}
