namespace FundingFlows.Ledger;

/// <summary>What of a payment comes back: its pieces, last drawn first, and whether they can be used again.</summary>
internal static class ComingBack
{
    /// <summary>
    /// The facts that restore it: first what is free again, then what may only go back to where it came from. What is free follows the
    /// merges that were made since it was paid.
    /// </summary>
    /// <param name="next">Where the first of these facts will stand.</param>
    /// <param name="head">The fact without its pieces.</param>
    public static IReadOnlyList<Fact> Of(Books books, Payment payment, EntryId next, Func<Lot, bool> mustReturn, PaymentRefunded head)
    {
        var pieces = LastDrawn(payment, head.AmountPence).ToLookup(piece => mustReturn(books.Lots.Find(LotId.From(piece.Lot))!));
        List<Fact> restored = [.. Parts(head, pieces[false], false), .. Parts(head, pieces[true], true)];
        var free = pieces[false].Select(piece => MergesSince.Part(books.Lots[LotId.From(piece.Lot)], piece.AmountPence));
        // Of a predecessor's payment: since it was taken over, for no merge here before that was of its money.
        var since = payment.Id.Body == books.Body ? payment.Id : payment.Pieces[^1].PaidBy;
        return [.. restored, .. MergesSince.Follow(books, since, next with { Index = next.Index + restored.Count }, free)];
    }

    private static IEnumerable<Piece> LastDrawn(Payment payment, long wanted)
    {
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

    // A payment has no more pieces than fit in the most parts, so what comes back of it fits too.
    private static IEnumerable<Fact> Parts(PaymentRefunded head, IEnumerable<Piece> pieces, bool mustReturn) =>
        Ledger.Parts.Cut(pieces).Where(part => part.Count > 0).Select(part =>
        {
            var fact = head.Clone();
            fact.MustReturn = mustReturn;
            fact.Pieces.Add(part);
            return new Fact { PaymentRefunded = fact };
        });
}
