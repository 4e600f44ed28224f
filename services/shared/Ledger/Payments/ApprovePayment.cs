namespace FundingFlows.Ledger;

/// <summary>Why a prepared payment is not approved, in the order in which the rules are checked.</summary>
public enum ApprovePaymentRefusal
{
    /// <summary>This body prepared no such payment.</summary>
    [Refuses(RefusalClass.Missing)] PreparationUnknown = 1,

    /// <summary>It was approved or rejected before.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyDecided,

    /// <summary>It was prepared at a predecessor: who did cannot be told from the people here.</summary>
    [Refuses(RefusalClass.Rule)] PreparedElsewhere,

    /// <summary>The person who prepared it cannot be the second person.</summary>
    [Refuses(RefusalClass.NotAllowed)] PreparedBySamePerson,

    /// <summary>The person has declared an interest in the payee, now or at any time since it was prepared.</summary>
    [Refuses(RefusalClass.NotAllowed)] ApproverHasInterest,

    /// <summary>The payee has become a body of the federation.</summary>
    [Refuses(RefusalClass.Rule)] PayeeIsABody,

    /// <summary>The year that it counts in has been closed.</summary>
    [Refuses(RefusalClass.Rule)] YearClosed,

    /// <summary>The body is unincorporated, and nobody is accountable for it any more.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AccountableBodyNeeded,

    /// <summary>It repeats a refused payment that was instructed again meanwhile, or that another body refused.</summary>
    [Refuses(RefusalClass.Rule)] CannotBeRepeated,
}

/// <summary>
/// The second person agrees to a payment that waits: it is made, from the pieces that were held for it. Where an accountable body keeps
/// the money, it is told to pay.
/// </summary>
/// <param name="Preparation">The (first) entry that prepared it.</param>
public sealed record ApprovePayment(EntryId Preparation) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Preparations.Find(Preparation) is not { } preparation)
            return Decision.Refuse(ApprovePaymentRefusal.PreparationUnknown, $"{books.Body} prepared no payment {Preparation}.", ("preparation", $"{Preparation}"));
        if (!preparation.Waits)
            return Decision.Refuse(
                ApprovePaymentRefusal.AlreadyDecided, $"{Preparation} was {(preparation.IsApproved ? "approved" : "rejected")} before.", ("decided_by", $"{preparation.DecidedBy}"));
        if (Preparation.Body != books.Body)
            return Decision.Refuse(
                ApprovePaymentRefusal.PreparedElsewhere, $"{Preparation} was prepared at {Preparation.Body}, and nobody here can know by whom: reject it, and prepare it anew.",
                ("body", Preparation.Body));
        if (preparation.Preparer == around.Actor)
            return Decision.Refuse(
                ApprovePaymentRefusal.PreparedBySamePerson, "Who prepared a payment cannot approve it: somebody else must.", ("preparation", $"{Preparation}"));
        var payee = preparation.Payment.Payee;
        if (books.Interests.HasHad(around.Actor, payee, Preparation))
            return Decision.Refuse(
                ApprovePaymentRefusal.ApproverHasInterest, "Who has an interest in a payee, or had one since the payment was prepared, cannot approve it: somebody else must.",
                ("preparation", $"{Preparation}"));
        if (payee.IsABody(books, around))
            return Decision.Refuse(
                ApprovePaymentRefusal.PayeeIsABody, $"{payee.Organisation} is a body of the federation. Money between bodies is a transfer under an award, not a payment.",
                ("payee", payee.Organisation));
        var year = preparation.Payment.FinancialYear;
        if (books.Years.IsClosed(year) && !books.Liabilities.AreSettledBy(preparation.Payment))
            return Decision.Refuse(
                ApprovePaymentRefusal.YearClosed, $"{Years.InWords(year)} is closed here: nothing more can be spent in it.", ("financial_year", $"{year}"));
        if (Instructing.CannotPay(books))
            return Decision.Refuse(ApprovePaymentRefusal.AccountableBodyNeeded, Instructing.WhyNot(books), ("body", books.Body));
        if (preparation.Payment.AfterAppeal is { } after && Instructing.RepeatsWhatItMayNot(books, EntryId.From(after)))
            return Decision.Refuse(
                ApprovePaymentRefusal.CannotBeRepeated, $"{EntryId.From(after)} cannot be instructed again (any more): reject this and prepare it as a payment of its own.",
                ("after_appeal", $"{EntryId.From(after)}"));
        return Decision.Accept(Instructing.Facts(books, Parts.Cut(books.Holds.Find(Preparation)!.AsPieces()), part => Made(preparation.Payment, part)));
    }

    private PaymentMade Made(PaymentMade prepared, IReadOnlyList<Piece> pieces)
    {
        var made = prepared.Clone();
        made.Preparation = Preparation.ToRef();
        made.Pieces.Clear();
        made.Pieces.Add(pieces);
        return made;
    }
}
