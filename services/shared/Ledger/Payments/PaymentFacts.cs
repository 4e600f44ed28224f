namespace FundingFlows.Ledger;

/// <summary>What facts about payments and refunds change in the books.</summary>
internal static class PaymentFacts
{
    /// <param name="at">The entry's place.</param>
    /// <param name="first">The first entry of the payment.</param>
    public static void Apply(Books books, EntryId at, EntryId first, Entry entry)
    {
        var fact = entry.Fact.PaymentMade;
        if (books.Payments.Find(first) is not { } payment)
        {
            books.Payments.Add(payment = new Payment(first, fact, entry.RecordedAt));
            books.Payments.Alike.Add(first, fact);
        }
        if (fact.Instruction is not null)
            InstructionFacts.Pay(books, first, fact);
        else if (fact.Preparation is not null)
            PreparationFacts.Approve(books, first, fact);
        foreach (var piece in fact.Pieces)
        {
            var lot = books.Holds.Draw(piece);
            payment.Add(new PaidPiece(at, lot.Id, piece.AmountPence));
            books.Accounts.Post(new Posting(lot, Account.Cash, Account.Spent, piece.AmountPence));
            books.Projects.Of(fact)?.Spend(lot, piece.AmountPence);
        }
    }

    /// <param name="first">The first entry of the refund.</param>
    public static void Apply(Books books, EntryId first, PaymentRefunded fact)
    {
        var payment = books.Payments[EntryId.From(fact.Payment)];
        foreach (var piece in fact.Pieces)
        {
            var lot = books.Lots.Restore(piece);
            if (fact.MustReturn)
                books.Holds.KeepForReturn(first, lot, piece.AmountPence);
            // A payment draws each lot once, so the lot names the piece.
            payment.Pieces.Last(paid => paid.Lot == lot.Id).RefundedPence += piece.AmountPence;
            payment.RefundedPence += piece.AmountPence;
            books.Accounts.Post(new Posting(lot, Account.Spent, Account.Cash, piece.AmountPence));
            books.Projects.Of(payment.Made)?.Spend(lot, -piece.AmountPence);
        }
    }
}
