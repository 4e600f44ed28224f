namespace FundingFlows.Ledger;

/// <summary>A decision to put the money of one fund into another.</summary>
/// <param name="Id">The (first) entry of it.</param>
/// <param name="Award">Only money held under this award. Null: any.</param>
public sealed record Merge(EntryId Id, string From, string Into, EntryId? Award)
{
    /// <summary>Whether it is a merge of such money.</summary>
    public bool Takes(Lot lot) => lot.Line.Fund == From && (Award is null || lot.Award == Award);
}

/// <summary>The merges that a body decided. Money that comes back later follows them.</summary>
public sealed class MergeBook
{
    private readonly List<Merge> made = [];

    /// <summary>Oldest first; a merge in several steps is as many.</summary>
    public IReadOnlyList<Merge> All => made;

    internal void Add(Merge merge)
    {
        if (made.Count == 0 || made[^1].Id != merge.Id)
            made.Add(merge);
    }
}
