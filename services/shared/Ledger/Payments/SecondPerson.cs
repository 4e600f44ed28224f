namespace FundingFlows.Ledger;

/// <summary>When one person is not enough to pay.</summary>
internal static class SecondPerson
{
    /// <summary>Why a payment needs a second person: what its preparation says of that. Null: it needs none.</summary>
    /// <param name="payment">What is to be paid.</param>
    /// <param name="lots">The lots that it draws on. The strictest of all their terms counts.</param>
    public static PaymentPrepared? NeededFor(Books books, PaymentMade payment, IEnumerable<Lot> lots)
    {
        var above = lots.SelectMany(books.Funds.TermsOf).SecondApprovalAbovePence();
        var duplicate = books.Payments.Alike.Find(payment);
        if (!(payment.AmountPence > above) && duplicate is null)
            return null;
        var needed = new PaymentPrepared { PossibleDuplicateOf = duplicate?.ToRef() };
        if (payment.AmountPence > above)
            needed.AbovePence = above.Value;
        return needed;
    }
}
