namespace FundingFlows.Ledger;

/// <summary>Why a refund is not recorded, in the order in which the rules are checked.</summary>
public enum RefundPaymentRefusal
{
    /// <summary>The amount is not above zero, or above all bounds.</summary>
    [Refuses(RefusalClass.Malformed)] AmountMalformed = 1,

    /// <summary>This body made no such payment.</summary>
    [Refuses(RefusalClass.Missing)] PaymentUnknown,

    /// <summary>Less of the payment is left than that.</summary>
    [Refuses(RefusalClass.Rule)] MoreThanPaid,
}

/// <summary>
/// Part of a payment has come back: it is restored to the lots that it was drawn from, last drawn first, and follows the merges
/// that were made since it was paid.
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
        var left = payment.AmountPence - payment.RefundedPence;
        if (AmountPence > left)
            return Decision.Refuse(
                RefundPaymentRefusal.MoreThanPaid, $"{Pence.InPounds(left)} of {Payment} has not come back yet; {Pence.InPounds(AmountPence)} is more than that.",
                ("left_pence", $"{left}"), ("wanted_pence", $"{AmountPence}"));
        // A payment has no more pieces than fit in the most parts, so its refund fits too.
        var parts = Parts.Cut(Pieces(payment));
        var back = parts.SelectMany(part => part).Select(piece => MergesSince.Part(books.Lots[LotId.From(piece.Lot)], piece.AmountPence));
        return Decision.Accept([
            .. parts.Select(part => new Fact
            {
                PaymentRefunded = new PaymentRefunded { Payment = Payment.ToRef(), Narrative = Narrative, AmountPence = AmountPence, Pieces = { part } },
            }),
            .. MergesSince.Follow(books, Payment, around.Next with { Index = around.Next.Index + parts.Count }, back),
        ]);
    }

    private IEnumerable<Piece> Pieces(Payment payment)
    {
        var wanted = AmountPence;
        for (var i = payment.Pieces.Count - 1; wanted > 0; i--)
        {
            var piece = payment.Pieces[i];
            var back = Math.Min(wanted, piece.AmountPence - piece.RefundedPence);
            if (back == 0)
                continue;
            wanted -= back;
            yield return new Piece { Lot = piece.Lot.ToRef(), AmountPence = back };
        }
    }
}
