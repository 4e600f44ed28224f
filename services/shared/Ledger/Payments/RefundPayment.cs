namespace FundingFlows.Ledger;

/// <summary>Why a refund is not recorded, in the order in which the rules are checked.</summary>
public enum RefundPaymentRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>This body made no such payment.</summary>
    [Refuses(RefusalClass.Missing)] PaymentUnknown,

    /// <summary>It is a loan: what comes back of it is a repayment.</summary>
    [Refuses(RefusalClass.Rule)] ItWasLent,

    /// <summary>Less of the payment is left than that.</summary>
    [Refuses(RefusalClass.Rule)] MoreThanPaid,
}

/// <summary>
/// Part of a payment has come back: it is restored to the lots that it was drawn from, last drawn first, and follows the merges that
/// were made since it was paid. Of a year that is closed for good it may only go back where not all of it could have been carried
/// forward.
/// </summary>
public sealed record RefundPayment(EntryId Payment, DocumentDigest? Narrative, long AmountPence) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (!Pence.IsAmount(AmountPence))
            return Decision.Refuse(
                RefundPaymentRefusal.AmountMalformed, $"{Pence.InPounds(AmountPence)} cannot be refunded: an amount is above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (books.Payments.Find(Payment) is not { } payment)
            return Decision.Refuse(RefundPaymentRefusal.PaymentUnknown, $"{books.Body} made no payment {Payment}.", ("payment", $"{Payment}"));
        if (payment.IsLoan)
            return Decision.Refuse(RefundPaymentRefusal.ItWasLent, $"{Payment} was lent: record what comes back of it as its repayment, with its day.", ("payment", $"{Payment}"));
        var left = payment.AmountPence - payment.RefundedPence;
        if (AmountPence > left)
            return Decision.Refuse(
                RefundPaymentRefusal.MoreThanPaid, $"{Pence.InPounds(left)} of {Payment} has not come back yet; {Pence.InPounds(AmountPence)} is more than that.",
                ("left_pence", $"{left}"), ("wanted_pence", $"{AmountPence}"));
        return Decision.Accept(ComingBack.Of(
            books, payment, around.Next, lot => books.Years.MustReturn(lot, books.Funds.TermsOf(lot), payment.Made.FinancialYear),
            new PaymentRefunded { Payment = Payment.ToRef(), Narrative = Narrative, AmountPence = AmountPence }));
    }
}
