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
        return x.Line.Years.Last.CompareTo(y.Line.Years.Last) is var years and not 0 ? years
            : (x.Line.Kind == Kind.Either).CompareTo(y.Line.Kind == Kind.Either) is var kinds and not 0 ? kinds
            : y.Line.Earmarks.Count.CompareTo(x.Line.Earmarks.Count) is var earmarks and not 0 ? earmarks
            : x.Id.CompareTo(y.Id);
    }
}
