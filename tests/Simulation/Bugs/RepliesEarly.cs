namespace FundingFlows.Simulation;

/// <summary>A reply goes out before the commit: the store says that it has stored what it has yet to store.</summary>
internal sealed class RepliesEarly : Bug
{
    public override IReadOnlyList<Check> FoundBy => [Check.AcknowledgedStays, Check.OnlyDurableIsTold];

    public override VirtualStore Store(Life life, VirtualDisk disk) => new HastyStore(life, disk);

    private sealed class HastyStore(Life life, VirtualDisk disk) : VirtualStore(life, disk)
    {
        private readonly Life life = life;

        public override ValueTask<IReadOnlyDictionary<JournalKey, DroppedOut>> AppendAsync(IReadOnlyList<JournalAppend> batch, CancellationToken cancellation)
        {
            if (!life.IsListening)
                return base.AppendAsync(batch, cancellation);
            life.Town.Scheduler.After(TimeSpan.FromMilliseconds(20), () =>
            {
                if (life.IsAlive)
                    Apply(batch);
            });
            return ValueTask.FromResult<IReadOnlyDictionary<JournalKey, DroppedOut>>(new Dictionary<JournalKey, DroppedOut>());
        }
    }
}
