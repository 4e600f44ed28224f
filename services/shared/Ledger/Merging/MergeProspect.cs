namespace FundingFlows.Ledger;

/// <summary>Money of a lot that could go into another fund.</summary>
/// <param name="Hold">It may only go back to where it came from, and is held for that here. Null: it is free.</param>
internal sealed record Mergeable(Lot Lot, Label To, long AmountPence, EntryId? Hold);

/// <summary>What of a fund's money could go into another fund, and what of its free money must stay.</summary>
public sealed class MergeProspect
{
    private MergeProspect(IReadOnlyList<Mergeable> mayGo, long keptPence, int keptLots, MergePotsRefusal why)
    {
        MayGo = mayGo;
        KeptPence = keptPence;
        KeptLots = keptLots;
        Why = why;
    }

    /// <summary>How many lots it would make.</summary>
    public int Lots => MayGo.Count;

    /// <summary>What could go, in pence.</summary>
    public long AmountPence => MayGo.Sum(one => one.AmountPence);

    /// <summary>What is free and must stay, in pence, and in how many lots.</summary>
    public long KeptPence { get; }

    public int KeptLots { get; }

    /// <summary>In drawing order; what may only go back to where it came from last.</summary>
    internal IReadOnlyList<Mergeable> MayGo { get; }

    /// <summary>Why the first of what must stay does, or that there is nothing.</summary>
    internal MergePotsRefusal Why { get; }

    /// <param name="award">Only money held under this award. Null: any.</param>
    public static MergeProspect Of(Books books, string from, string into, EntryId? award)
    {
        var mayGo = new List<Mergeable>();
        var kept = new List<Lot>();
        var why = MergePotsRefusal.NothingToMerge;
        foreach (var lot in books.Lots.Remaining(from).Where(lot => lot.FreePence > 0 && (award is null || lot.Award == award)))
        {
            var (to, obstacle) = Relabelling.Of(books, lot, into);
            if (to is not null)
                mayGo.Add(new Mergeable(lot, to, lot.FreePence, null));
            else
            {
                why = kept.Count == 0 ? obstacle : why;
                kept.Add(lot);
            }
        }
        mayGo.AddRange(GoingBack(books, from, into, award));
        return new MergeProspect(mayGo, kept.Sum(lot => lot.FreePence), kept.Count, why);
    }

    /// <summary>
    /// What may only go back to where it came from, and was in the other fund before: it cannot be repaid under the award of that
    /// fund until it is there again.
    /// </summary>
    private static IEnumerable<Mergeable> GoingBack(Books books, string from, string into, EntryId? award) =>
        books.Holds.Returns
            .SelectMany(hold => hold.Pieces.Select(piece => (Lot: piece.Key, Pence: piece.Value, hold.Id)))
            .Where(piece => piece.Lot.Line.Fund == from && (award is null || piece.Lot.Award == award) && piece.Lot.Terms.Any(terms => terms.Fund == into))
            .Select(piece => (piece.Lot, Relabelling.Of(books, piece.Lot, into).To, piece.Pence, piece.Id))
            .Where(piece => piece.To is not null)
            .Select(piece => new Mergeable(piece.Lot, piece.To!, piece.Pence, piece.Id));
}
