namespace FundingFlows.Journal;

/// <summary>
/// The ids of accepted commands: the recent ones in memory, the older ones only in the store. An id that is not in memory can
/// only be in the store when its own time is not later than that of some id that was let go.
/// </summary>
internal sealed class CommandIds(int capacity = CommandIds.DefaultCapacity)
{
    public const int DefaultCapacity = 65_536;

    private readonly Dictionary<Guid, long> recent = [];
    private readonly Queue<Guid> inOrder = [];
    private long newestLetGo = long.MinValue;

    /// <summary>The index of the first entry of a recent command. Null: it is not recent.</summary>
    public long? Find(Guid id) => recent.TryGetValue(id, out var index) ? index : null;

    /// <summary>Whether an id that is not found here must also be looked for in the store.</summary>
    public bool MayBeOlder(Guid id) => CommandIdentity.TimeOf(id) <= newestLetGo;

    public void Bind(Guid id, long index)
    {
        recent[id] = index;
        inOrder.Enqueue(id);
        if (inOrder.Count <= capacity)
            return;
        var oldest = inOrder.Dequeue();
        recent.Remove(oldest);
        newestLetGo = Math.Max(newestLetGo, CommandIdentity.TimeOf(oldest));
    }
}
