namespace FundingFlows.Ledger;

/// <summary>
/// The epochs of one journal: from which entry on each is in force. An entry is named by the epoch that is in force at it, so that
/// what a new epoch keeps of an earlier one keeps its name.
/// </summary>
public sealed class EpochBook
{
    private readonly List<(uint Epoch, long From)> begun = [];

    /// <summary>The newest. 0 before genesis.</summary>
    public uint Newest => begun.Count == 0 ? 0 : begun[^1].Epoch;

    /// <summary>Each epoch and its first entry, in their order.</summary>
    public IReadOnlyList<(uint Epoch, long From)> All => begun;

    /// <summary>The epoch of an entry, also of one that is still to come.</summary>
    public uint At(long index)
    {
        for (var i = begun.Count - 1; i > 0; i--)
            if (index >= begun[i].From)
                return begun[i].Epoch;
        return begun.Count == 0 ? 0 : begun[0].Epoch;
    }

    /// <summary>Whether an id names an entry of an epoch that this journal knows, and the entry was not kept when the next began: it counts no more.</summary>
    public bool IsVoid(EntryId entry) => entry.Epoch < Newest && At(entry.Index) != entry.Epoch;

    internal void Begin(uint epoch, long from) => begun.Add((epoch, from));
}
