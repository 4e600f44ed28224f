namespace FundingFlows.Ledger;

/// <summary>How the recipient of an award answers a claim of its funder: once, and never by going below zero.</summary>
internal static class ClawbackAnswers
{
    public static Decision ToClaim(Books books, Delivery delivery)
    {
        if (!delivery.TryFact(fact => fact.ClawbackClaimed, out var claimed) || !Pence.IsAmount(claimed.AmountPence)
            || !EntryId.TryFrom(claimed.Award, out var under) || books.Awards.Find(under) is not { State: AwardStage.Accepted } award
            || award.Recipient != books.Body || award.Funder != delivery.Sender)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        var earmarks = EarmarkSet.Of(claimed.Earmarks);
        if (claimed.AmountPence > award.ReleasedPence(claimed.Kind, earmarks) - books.Clawbacks.EverClaimedPence(under, claimed.Kind, earmarks))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NeverSent);
        // What went back before this was heard of is owed no more, and both ends leave it off.
        var pence = Math.Min(claimed.AmountPence, NotSentBack(books, award, claimed.Kind, earmarks));
        if (pence <= 0)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NeverSent);
        // Of a body that is abolished: what a funder that knows that claims already goes on as claims on the successors.
        var toHold = books.Vesting?.Told.ContainsKey(delivery.Sender) == true ? [] : Free(books, award, claimed.Kind, earmarks, pence);
        var held = Parts.Cut(toHold).Take(Parts.MostParts);
        return Decision.Accept(held.Select(part => new Fact
        {
            ClawbackRecorded = new ClawbackRecorded
            {
                Delivery = delivery.ToRef(),
                Clawback = delivery.FirstId.ToRef(),
                Award = claimed.Award,
                Kind = claimed.Kind,
                Earmarks = { earmarks.Names },
                AmountPence = pence,
                Held = { part },
            },
        }).ToList());
    }

    /// <summary>What came of that money, neither went back nor is owed for another claim, nor was met with this body's own.</summary>
    private static long NotSentBack(Books books, FundingAward award, Kind kind, EarmarkSet earmarks) =>
        award.ReleasedPence(kind, earmarks) - SentBack.PenceOf(books, award.Id, kind, earmarks) - books.Clawbacks.ClaimedPence(award.Id, kind, earmarks);

    public static Decision ToWithdrawal(Books books, Delivery delivery)
    {
        if (!delivery.TryFacts(fact => fact.ClawbackWithdrawn, out var facts) || facts is not [var withdrawn] || !Pence.IsAmount(withdrawn.AmountPence)
            || !EntryId.TryFrom(withdrawn.Clawback, out var id) || books.Clawbacks.Find(id) is not { RecordedBy: { } recorded } claim || books.Awards[claim.Award].Funder != delivery.Sender)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        // What was sent before this was heard of stays sent.
        var off = Math.Min(withdrawn.AmountPence, claim.OwedPence);
        return Decision.Accept(Parts.Cut(Released(books.Holds[recorded], claim.OwedPence - off)).Select(part => new Fact
        {
            ClawbackWithdrawalReceived = new ClawbackWithdrawalReceived
            {
                Delivery = delivery.ToRef(),
                Clawback = withdrawn.Clawback,
                AmountPence = off,
                Released = { part },
            },
        }).ToList());
    }

    /// <summary>What of that money is free, first drawn first.</summary>
    private static IEnumerable<Piece> Free(Books books, FundingAward award, Kind kind, EarmarkSet earmarks, long pence)
    {
        var lots = books.Lots.Remaining(award.Terms.Fund)
            .Where(lot => lot.Award == award.Id && lot.Line.Kind == kind && lot.Line.Earmarks == earmarks && lot.FreePence > 0);
        foreach (var lot in lots)
        {
            if (pence == 0)
                yield break;
            var piece = Math.Min(pence, lot.FreePence);
            pence -= piece;
            yield return new Piece { Lot = lot.Id.ToRef(), AmountPence = piece };
        }
    }

    /// <summary>What is held above what is still owed, last drawn first.</summary>
    private static IEnumerable<Piece> Released(Hold hold, long owedPence)
    {
        var above = hold.AmountPence - owedPence;
        foreach (var (lot, held) in hold.Pieces.Reverse())
        {
            if (above <= 0)
                yield break;
            var piece = Math.Min(above, held);
            above -= piece;
            yield return new Piece { Lot = lot.Id.ToRef(), AmountPence = piece };
        }
    }
}
