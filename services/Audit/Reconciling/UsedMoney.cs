namespace FundingFlows.Audit;

/// <summary>Pieces of lots that an entry spends, sets aside, or sends as promised.</summary>
/// <param name="Year">The financial year that it counts in.</param>
/// <param name="IsTooLate">Whether that year took no such entry any more.</param>
/// <param name="OutOf">What all of the pieces were held for, where the entry says so of all together.</param>
public sealed record UsedMoney(int Year, bool IsTooLate, IEnumerable<Piece> Pieces, EntryId? OutOf = null)
{
    /// <summary>Null: it uses none.</summary>
    public static UsedMoney? Of(Books books, Fact fact) => fact switch
    {
        { PaymentMade: { } made } => Of(books, made),
        { PaymentPrepared.Payment: { } prepared } => Of(books, prepared),
        { PaymentInstructed.Payment: { } instructed } => Of(books, instructed),
        { Reserved: { } reserved } => new UsedMoney(reserved.Use.FinancialYear, books.Years.IsClosed(reserved.Use.FinancialYear), reserved.Pieces),
        { LiabilityIncurred: { } incurred } => new UsedMoney(incurred.Use.FinancialYear, books.Years.IsClosedForGood(incurred.Use.FinancialYear), incurred.Pieces),
        { TransferSent: { Purpose: TransferPurpose.Allocation } sent } => Of(books, sent),
        _ => null,
    };

    /// <summary>What settles a liability is no new spending, and what was instructed in time is paid whatever has closed meanwhile.</summary>
    private static UsedMoney Of(Books books, PaymentMade payment) => new(
        payment.FinancialYear,
        books.Years.IsClosed(payment.FinancialYear) && payment.Instruction is null && !books.Liabilities.AreSettledBy(payment),
        payment.Pieces,
        EntryId.TryFrom(payment.Instruction ?? payment.Preparation, out var held) ? held : null);

    /// <summary>Of a promise whose year is closed, so much can still be released as did not lapse.</summary>
    private static UsedMoney? Of(Books books, TransferSent sent) =>
        EntryId.TryFrom(sent.Award, out var id) && books.Awards.Find(id) is { } award && sent.Promise < award.Promises.Count && award.Promises[(int)sent.Promise] is var promise
            ? new UsedMoney(
                promise.Year, promise.LapsedPence > 0 && sent.AmountPence > promise.LeftPence,
                sent.Pieces.Select(piece => new Piece { Lot = piece.Lot, AmountPence = piece.AmountPence, Hold = piece.Hold }))
            : null;
}
