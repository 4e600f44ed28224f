namespace FundingFlows.Ledger;

/// <summary>Why the repayment of a loan is not recorded, in the order in which the rules are checked.</summary>
public enum RecordLoanRepaymentRefusal
{
    /// <summary>What was repaid, or the interest, is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>The day is in no financial year that there is.</summary>
    [Refuses(RefusalClass.Malformed)] DayMalformed,

    /// <summary>This body made no such payment.</summary>
    [Refuses(RefusalClass.Missing)] PaymentUnknown,

    /// <summary>This body opened no such fund for the interest.</summary>
    [Refuses(RefusalClass.Missing)] InterestFundUnknown,

    /// <summary>The payment was no loan.</summary>
    [Refuses(RefusalClass.Rule)] NotALoan,

    /// <summary>It would be repaid before it was lent.</summary>
    [Refuses(RefusalClass.Rule)] BeforeItWasLent,

    /// <summary>Less of the loan is left than that.</summary>
    [Refuses(RefusalClass.Rule)] MoreThanLent,

    /// <summary>All interest together would be more than was lent: it would be something else by that name.</summary>
    [Refuses(RefusalClass.Rule)] InterestAboveLoan,

    /// <summary>The years of the fund for the interest are over here, or one is closed for good of which not all is carried forward.</summary>
    [Refuses(RefusalClass.Rule)] InterestYearClosed,

    /// <summary>A share of so little interest would be nothing.</summary>
    [Refuses(RefusalClass.Rule)] InterestShareEmpty,

    /// <summary>With the interest the body would have issued more than accounts can hold.</summary>
    [Refuses(RefusalClass.Rule)] TotalTooLarge,
}

/// <summary>Interest that came with the repayment of a loan, and the fund of this body that it goes into.</summary>
/// <param name="Evidence">What shows that it was paid.</param>
public sealed record LoanInterest(string Fund, long AmountPence, DocumentDigest Evidence);

/// <summary>
/// Part of a loan was repaid. It is restored to the lots that were lent, last drawn first, and can be used again as they can, within
/// the years that their terms allow for that; later it may only go back. Only the interest is new money.
/// </summary>
/// <param name="Payment">The loan.</param>
public sealed record RecordLoanRepayment(EntryId Payment, DateOnly RepaidOn, long AmountPence, LoanInterest? Interest = null) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (RefuseForm(books) is { } unreadable)
            return Decision.Refuse(unreadable);
        var loan = books.Payments.Find(Payment)!;
        if (RefuseLoan(loan) is { } refusal)
            return Decision.Refuse(refusal);
        var back = ComingBack.Of(books, loan, around.Next, lot => IsTooLate(books, loan, lot, RepaidOn), new PaymentRefunded
        {
            Payment = Payment.ToRef(),
            AmountPence = AmountPence,
            RepaidOn = RepaidOn.ToDate(),
        });
        if (Interest is null)
            return Decision.Accept(back);
        var terms = books.Funds.Newest(Interest.Fund)!;
        if (books.Years.AreTooLateFor(terms))
            return Decision.Refuse(RecordLoanRepaymentRefusal.InterestYearClosed, IssueMoney.TooLate(books, terms), ("fund", Interest.Fund));
        // What the loan is called names the source: it says where the money comes from, and it cannot be used for another's.
        var source = new SourceId(SourceKind.LoanInterest, $"loan-{Payment.Epoch}-{Payment.Index}");
        var at = around.Next with { Index = around.Next.Index + back.Count };
        if (IssueMoney.Issued(terms, source, Interest.AmountPence, at) is not { } issued)
            return Decision.Refuse(
                RecordLoanRepaymentRefusal.InterestShareEmpty, $"{Pence.InPounds(Interest.AmountPence)} is too little to be divided as the terms of {Interest.Fund} say.", ("fund", Interest.Fund));
        if (books.Accounts.Total[Account.Issued] + Interest.AmountPence > Pence.Most)
            return Decision.Refuse(
                RecordLoanRepaymentRefusal.TotalTooLarge, $"With it more than {Pence.InPounds(Pence.Most)} would have been issued here; accounts hold no more.");
        (issued.Loan, issued.Evidence) = (Payment.ToRef(), Interest.Evidence);
        return Decision.Accept([.. back, new Fact { MoneyIssued = issued }]);
    }

    private Refusal? RefuseForm(Books books)
    {
        if (!Pence.IsAmount(AmountPence) || (Interest is not null && !Pence.IsAmount(Interest.AmountPence)))
            return Refusal.Of(
                RecordLoanRepaymentRefusal.AmountMalformed, $"This cannot be repaid: what was lent and the interest are each above zero and at most {Pence.InPounds(Pence.Most)}.");
        if (!Dates.IsDay(RepaidOn))
            return Refusal.Of(RecordLoanRepaymentRefusal.DayMalformed, "A loan is repaid on a day in a financial year that this ledger knows.");
        if (books.Payments.Find(Payment) is null)
            return Refusal.Of(RecordLoanRepaymentRefusal.PaymentUnknown, $"{books.Body} made no payment {Payment}.", ("payment", $"{Payment}"));
        if (Interest is { } interest && (books.Funds.Newest(interest.Fund) is null || !interest.Fund.StartsWith(books.Body + ".", StringComparison.Ordinal)))
            return Refusal.Of(RecordLoanRepaymentRefusal.InterestFundUnknown, $"{books.Body} has not opened a fund {interest.Fund}.", ("fund", interest.Fund));
        return null;
    }

    private Refusal? RefuseLoan(Payment loan)
    {
        if (!loan.IsLoan)
            return Refusal.Of(RecordLoanRepaymentRefusal.NotALoan, $"{Payment} was paid, not lent: what comes back of it is a refund.", ("payment", $"{Payment}"));
        var lentOn = Dates.From(loan.Made.PaidOn);
        if (RepaidOn < lentOn)
            return Refusal.Of(
                RecordLoanRepaymentRefusal.BeforeItWasLent, $"{Payment} was lent on {Dates.InWords(lentOn)}; {Dates.InWords(RepaidOn)} is before that.",
                ("paid_on", $"{lentOn:yyyy-MM-dd}"));
        var left = loan.AmountPence - loan.RefundedPence;
        if (AmountPence > left)
            return Refusal.Of(
                RecordLoanRepaymentRefusal.MoreThanLent, $"{Pence.InPounds(left)} of {Payment} has not been repaid yet; {Pence.InPounds(AmountPence)} is more than that.",
                ("left_pence", $"{left}"), ("wanted_pence", $"{AmountPence}"));
        var room = loan.AmountPence - loan.InterestPence;
        if (Interest is { } interest && interest.AmountPence > room)
            return Refusal.Of(
                RecordLoanRepaymentRefusal.InterestAboveLoan, $"Interest on {Payment} may come to what was lent and no more: {Pence.InPounds(room)} is left of that.",
                ("left_pence", $"{room}"), ("wanted_pence", $"{interest.AmountPence}"));
        return null;
    }

    /// <summary>Whether it can be used no more: the years for that are over, those of the lot or those of loans. A year that is closed for good is over.</summary>
    public static bool IsTooLate(Books books, Payment loan, Lot lot, DateOnly repaidOn)
    {
        var year = Math.Max(Years.Of(repaidOn), books.Years.Closed + 1 ?? Years.Earliest);
        return !lot.Line.Years.Contain(year) || year > loan.Made.FinancialYear + books.Funds.TermsOf(lot).RecyclingYears();
    }
}
