namespace FundingFlows.Ledger;

/// <summary>Why a prepared payment is not rejected, in the order in which the rules are checked.</summary>
public enum RejectPaymentRefusal
{
    /// <summary>This body prepared no such payment.</summary>
    [Refuses(RefusalClass.Missing)] PreparationUnknown = 1,

    /// <summary>It was approved or rejected before.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyDecided,
}

/// <summary>A payment that waits is not made. Whoever approves may say so, also who prepared it: nothing is paid by it.</summary>
public sealed record RejectPayment(EntryId Preparation, DocumentDigest? Reasons) : ICommand
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (books.Preparations.Find(Preparation) is not { } preparation)
            return Decision.Refuse(RejectPaymentRefusal.PreparationUnknown, $"{books.Body} prepared no payment {Preparation}.", ("preparation", $"{Preparation}"));
        if (!preparation.Waits)
            return Decision.Refuse(
                RejectPaymentRefusal.AlreadyDecided, $"{Preparation} was {(preparation.IsApproved ? "approved" : "rejected")} before.", ("decided_by", $"{preparation.DecidedBy}"));
        return Decision.Accept(new Fact { PaymentRejected = new PaymentRejected { Preparation = Preparation.ToRef(), Reasons = Reasons } });
    }
}
