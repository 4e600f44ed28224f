namespace FundingFlows.Ledger;

/// <summary>
/// The order in which lots are drawn: soonest last year first, a single kind before either, most earmarks first, then
/// the order in which they were made. So what expires first and what is most narrowly bound is used first.
/// </summary>
public sealed class DrawingOrder : IComparer<Lot>
{
    public static readonly DrawingOrder Instance = new();

    private DrawingOrder()
    {
    }

    public int Compare(Lot? x, Lot? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return DrawingRank.Of(x.Line).CompareTo(DrawingRank.Of(y.Line)) is var ranks and not 0 ? ranks : x.Id.CompareTo(y.Id);
    }
}

/// <summary>What decides the order in which lots are drawn before the order in which they were made does.</summary>
internal readonly record struct DrawingRank(int LastYear, bool IsEither, int Earmarks) : IComparable<DrawingRank>
{
    public static DrawingRank Of(FundLine line) => new(line.Years.Last, line.Kind == Kind.Either, line.Earmarks.Count);

    public int CompareTo(DrawingRank other) =>
        LastYear.CompareTo(other.LastYear) is var years and not 0 ? years
        : IsEither.CompareTo(other.IsEither) is var kinds and not 0 ? kinds
        : other.Earmarks.CompareTo(Earmarks);
}
