using System.Collections.Concurrent;

namespace FundingFlows.Tiers.Tests;

/// <summary>A clock that tells the true time and rings early, so that nobody waits long, and notes for how long it was set.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private const int Times = 50;
    private readonly ConcurrentQueue<TimeSpan> set = new();

    /// <summary>Every time-out and pause that anyone asked for.</summary>
    public IReadOnlyCollection<TimeSpan> Set => set;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        set.Enqueue(dueTime);
        return base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / Times : dueTime, period);
    }
}
