namespace FundingFlows.Audit;

/// <summary>Money that may only go back to where it came from: how entries move it, and whether it stays so.</summary>
public static class ReturningMoney
{
    /// <summary>Pieces that an entry moves, and whether they may only go back afterwards.</summary>
    public static IEnumerable<(Piece Piece, bool StaysKept)> MovedBy(Fact fact) => fact switch
    {
        { TransferSent: { Purpose: not TransferPurpose.Allocation } sent } =>
            sent.Pieces.Select(piece => (new Piece { Lot = piece.Lot, AmountPence = piece.AmountPence, Hold = piece.Hold }, piece.MustReturn)),
        { PotsMerged: { } merged } => merged.Lots.Select(lot => (new Piece { Lot = lot.Parent, AmountPence = lot.AmountPence, Hold = lot.Hold }, lot.MustReturn)),
        _ => [],
    };

    /// <summary>Lots to which an entry restores money as free, or in which it makes held money free, though their years let it only go back.</summary>
    public static IEnumerable<LotId> SetFreeBy(Books books, Fact fact) => fact switch
    {
        { PaymentRefunded: { MustReturn: false } refunded } when EntryId.TryFrom(refunded.Payment, out var id) && books.Payments.Find(id) is { } payment =>
            Late(books, refunded.Pieces, (lot, terms) => refunded.RepaidOn is { } day
                ? RecordLoanRepayment.IsTooLate(books, payment, lot, Dates.From(day))
                : books.Years.MustReturn(lot, terms, payment.Made.FinancialYear)),
        { LiabilityReduced: { MustReturn: false } reduced } when EntryId.TryFrom(reduced.Liability, out var id) && books.Liabilities.Find(id) is { } liability =>
            Late(books, reduced.Pieces, (lot, terms) => books.Years.MustReturn(lot, terms, liability.For.Year)),
        _ => [],
    };

    /// <summary>Whether a lot that has just come may only go back: its body had closed a year of it that who sent it had not.</summary>
    public static bool CameTooLate(Books books, Lot lot) =>
        lot.HeldFor(HoldKind.Liability) == 0 && TermsOf(books, lot) is { } terms && books.Years.Closed is { } closed && closed >= lot.Line.Years.First
        && !(lot.ClosedThrough >= closed) && terms.CarryForwardBasisPoints() < OpenFund.WholeInBasisPoints;

    public static bool IsHeldBy(Books books, EntryRef? hold) => EntryId.TryFrom(hold, out var id) && books.Holds.Find(id) is { Kind: HoldKind.Return };

    /// <summary>All terms that bind a lot. Null: not all are known; then it is found out elsewhere.</summary>
    public static IReadOnlyList<FundTerms>? TermsOf(Books books, Lot lot) => lot.Terms.All(id => books.Funds.Find(id) is not null) ? books.Funds.TermsOf(lot) : null;

    private static IEnumerable<LotId> Late(Books books, IEnumerable<Piece> pieces, Func<Lot, IReadOnlyList<FundTerms>, bool> isLate) => pieces
        .Select(piece => LotId.TryFrom(piece.Lot, out var id) ? books.Lots.Find(id) : null)
        .Where(lot => lot is not null && TermsOf(books, lot) is { } terms && isLate(lot, terms)).Select(lot => lot!.Id);
}
