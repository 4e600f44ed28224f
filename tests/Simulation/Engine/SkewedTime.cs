namespace FundingFlows.Simulation;

/// <summary>The clock and the timers of one life of an instance. The clock may be wrong; with the life its timers end.</summary>
/// <param name="skew">How wrong it is now.</param>
internal sealed class SkewedTime(VirtualScheduler scheduler, Func<TimeSpan> skew, Func<bool> isAlive) : TimeProvider
{
    /// <summary>When every simulation begins: in the first financial year of its funds.</summary>
    public static readonly DateTimeOffset Beginning = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        scheduler.Check();
        return Beginning.AddTicks(scheduler.Now) + skew();
    }

    public override long GetTimestamp() => scheduler.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(scheduler, isAlive, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(VirtualScheduler scheduler, Func<bool> isAlive, Action callback) : ITimer
    {
        private Moment? moment;
        private TimeSpan period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            moment?.Cancel();
            this.period = period;
            moment = dueTime < TimeSpan.Zero ? null : scheduler.After(dueTime, Fire);
            return true;
        }

        public void Dispose() => moment?.Cancel();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire()
        {
            if (!isAlive())
                return;
            moment = period > TimeSpan.Zero ? scheduler.After(period, Fire) : null;
            callback();
        }
    }
}
