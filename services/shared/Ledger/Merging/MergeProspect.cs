namespace FundingFlows.Ledger;

/// <summary>What of a fund's free money could go into another fund, and what must stay.</summary>
public sealed class MergeProspect
{
    private MergeProspect(IReadOnlyList<(Lot Lot, Label To)> mayGo, long keptPence, int keptLots, MergePotsRefusal why)
    {
        MayGo = mayGo;
        KeptPence = keptPence;
        KeptLots = keptLots;
        Why = why;
    }

    /// <summary>How many lots could go.</summary>
    public int Lots => MayGo.Count;

    /// <summary>What could go, in pence.</summary>
    public long AmountPence => MayGo.Sum(one => one.Lot.FreePence);

    /// <summary>What is free and must stay, in pence, and in how many lots.</summary>
    public long KeptPence { get; }

    public int KeptLots { get; }

    /// <summary>In drawing order.</summary>
    internal IReadOnlyList<(Lot Lot, Label To)> MayGo { get; }

    /// <summary>Why the first of what must stay does, or that there is nothing.</summary>
    internal MergePotsRefusal Why { get; }

    /// <param name="award">Only money held under this award. Null: any.</param>
    public static MergeProspect Of(Books books, string from, string into, EntryId? award)
    {
        var mayGo = new List<(Lot, Label)>();
        var kept = new List<Lot>();
        var why = MergePotsRefusal.NothingToMerge;
        foreach (var lot in books.Lots.Remaining(from).Where(lot => lot.FreePence > 0 && (award is null || lot.Award == award)))
        {
            var (to, obstacle) = Relabelling.Of(books.Funds, lot, into);
            if (to is not null)
                mayGo.Add((lot, to));
            else
            {
                why = kept.Count == 0 ? obstacle : why;
                kept.Add(lot);
            }
        }
        return new MergeProspect(mayGo, kept.Sum(lot => lot.FreePence), kept.Count, why);
    }
}
