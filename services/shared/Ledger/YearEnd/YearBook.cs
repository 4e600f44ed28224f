namespace FundingFlows.Ledger;

/// <summary>A financial year that a body has closed, provisionally or for good.</summary>
public sealed class ClosedYear(int year, EntryId closedProvisionallyBy)
{
    /// <summary>By its first calendar year.</summary>
    public int Year { get; } = year;

    public EntryId ClosedProvisionallyBy { get; } = closedProvisionallyBy;

    /// <summary>The (first) entry that closed it for good. Null: it is closed provisionally.</summary>
    public EntryId? ClosedBy { get; internal set; }

    /// <summary>What was free and could have been spent in it when it was closed for good, in pence.</summary>
    public long UnspentPence { get; internal set; }

    /// <summary>What of that was carried forward, in pence. The rest may only go back.</summary>
    public long CarriedPence { get; internal set; }

    /// <summary>The same of each fund of which anything was unspent, by the funds' ids.</summary>
    public SortedDictionary<string, FundYearEnd> ByFund { get; } = new(StringComparer.Ordinal);
}

/// <summary>What became of a fund's unspent money when a year was closed for good.</summary>
/// <param name="UnspentPence">What was free and could have been spent in the year.</param>
/// <param name="ToReturnPence">What of it may only go back.</param>
public readonly record struct FundYearEnd(long UnspentPence, long ToReturnPence)
{
    public long CarriedPence => UnspentPence - ToReturnPence;
}

/// <summary>The years that a body has closed. They close in their order, each provisionally first.</summary>
public sealed class YearBook
{
    private readonly List<ClosedYear> closed = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ClosedYear> All => closed;

    /// <summary>The newest year that takes no new spending. Null: every year does.</summary>
    public int? ClosedProvisionally => closed.Count == 0 ? null : closed[^1].Year;

    /// <summary>The newest year that is closed for good. Null: none is.</summary>
    public int? Closed => closed.FindLast(year => year.ClosedBy is not null)?.Year;

    public ClosedYear? Find(int year) => closed.Find(one => one.Year == year);

    /// <summary>Whether a year takes no new spending.</summary>
    public bool IsClosed(int year) => year <= ClosedProvisionally;

    /// <summary>Whether nothing counts in a year any more but the settlement of its liabilities.</summary>
    public bool IsClosedForGood(int year) => year <= Closed;

    /// <summary>Whether money that may be spent in those years alone can be spent no more.</summary>
    public bool AreOver(Years years) => years.Last <= Closed;

    /// <summary>
    /// Whether money of a lot may be used in a year: not in a later one of its window before it is known, here or where it was sent from,
    /// how much is carried forward, where that is not all.
    /// </summary>
    /// <param name="terms">All terms that bind the lot.</param>
    public bool MayCarryInto(Lot lot, IEnumerable<FundTerms> terms, int year) =>
        year == lot.Line.Years.First || IsClosedForGood(year - 1) || lot.ClosedThrough >= year - 1 || terms.CarryForwardBasisPoints() == OpenFund.WholeInBasisPoints;

    /// <summary>
    /// Whether money of a lot that was used in a year, and comes free again, may only go back: its window is over, or the year is closed
    /// for good and the terms let not all of it be carried forward.
    /// </summary>
    /// <param name="terms">All terms that bind the lot.</param>
    public bool MustReturn(Lot lot, IEnumerable<FundTerms> terms, int year) =>
        AreOver(lot.Line.Years) || (IsClosedForGood(year) && terms.CarryForwardBasisPoints() < OpenFund.WholeInBasisPoints);

    /// <summary>
    /// Whether new money under terms would come too late: their years are over, or one is closed for good and they let not all of it be
    /// carried forward, so that what goes back to its source could be issued again.
    /// </summary>
    public bool AreTooLateFor(FundTerms terms) =>
        AreOver(Years.From(terms.Years)) || (IsClosedForGood(terms.Years.FirstYear) && new[] { terms }.CarryForwardBasisPoints() < OpenFund.WholeInBasisPoints);

    internal void Add(ClosedYear year) => closed.Add(year);
}
