namespace FundingFlows.Ledger;

/// <summary>Whether arriving money, under an award that is accepted, is what was promised or what was once sent.</summary>
internal static class ArrivingMoney
{
    /// <summary>Why it can never be taken. Null: it can.</summary>
    public static DeliveryRefusal? FaultOf(Books books, FundingAward award, IReadOnlyList<TransferSent> facts)
    {
        var pieces = facts.SelectMany(fact => fact.Pieces).ToList();
        var brought = facts[0].Terms.ToDictionary(TermsId.Of);
        if (pieces.Any(piece => TermsOf(piece).Any(id => !brought.ContainsKey(id) && books.Funds.Find(id) is null)))
            return DeliveryRefusal.Malformed;
        if (brought.Values.Any(terms => BelievedTerms.Contradict(books, terms)))
            return DeliveryRefusal.TermsContradict;
        return facts[0].Purpose switch
        {
            TransferPurpose.Allocation => FaultOfAllocation(books, award, facts[0], pieces),
            TransferPurpose.Clawback => FaultOfClawback(books, award, facts[0], pieces),
            _ => FaultOfRepayment(books, award, pieces),
        };
    }

    private static DeliveryRefusal? FaultOfAllocation(Books books, FundingAward award, TransferSent sent, List<TransferPiece> pieces)
    {
        if (sent.Promise >= award.Promises.Count)
            return DeliveryRefusal.Malformed;
        var promise = award.Promises[(int)sent.Promise];
        if (!pieces.All(piece => award.LineOf(promise).Contains(FundLine.From(piece.Line)) && award.Names([.. TermsOf(piece)])))
            return DeliveryRefusal.Malformed;
        return sent.AmountPence > promise.MayComePence ? DeliveryRefusal.MoreThanPromised
            : books.Accounts.Total[Account.Received] + sent.AmountPence > Pence.Most ? DeliveryRefusal.TotalTooLarge
            : null;
    }

    /// <summary>
    /// A claim of this body is met with money of its award, which comes back, or with money that the other issued itself. In all
    /// no more comes than was given.
    /// </summary>
    private static DeliveryRefusal? FaultOfClawback(Books books, FundingAward award, TransferSent sent, List<TransferPiece> pieces)
    {
        if (!EntryId.TryFrom(sent.Clawback, out var id) || books.Clawbacks.Find(id) is not { RecordedBy: null } claim || claim.Award != award.Id)
            return DeliveryRefusal.Malformed;
        var own = pieces.Where(piece => piece.ReturningTo is null).ToList();
        if (!own.All(piece => IsOwn(piece, award.Recipient)))
            return DeliveryRefusal.Malformed;
        var pence = own.Sum(piece => piece.AmountPence);
        var outstanding = books.Transfers.LeftPence(award.Id) - books.Clawbacks.All.Where(other => other.RecordedBy is null
            && books.Transfers.RootOf(other.Award) == books.Transfers.RootOf(award.Id)).Sum(other => other.OwnPence);
        return pence > claim.AmountPence - claim.OwnPence || (pence > 0 && sent.AmountPence > outstanding) ? DeliveryRefusal.NeverSent
            : books.Accounts.Total[Account.Returned] + pence > Pence.Most ? DeliveryRefusal.TotalTooLarge
            : FaultOfRepayment(books, award, [.. pieces.Where(piece => piece.ReturningTo is not null)]);
    }

    private static bool IsOwn(TransferPiece piece, string sender) =>
        piece.Origin.Lot.Body == sender && piece.Line.Earmarks.Count == 0 && !piece.MustReturn
        && TermsOf(piece).Select(terms => terms.Fund).Append(piece.Origin.Fund).All(fund => fund.StartsWith(sender + ".", StringComparison.Ordinal));

    /// <summary>
    /// Only what was sent can come back: of each lot, no more in all than was released of it under this award. That always can:
    /// no more is ever released than accounts hold.
    /// </summary>
    private static DeliveryRefusal? FaultOfRepayment(Books books, FundingAward award, List<TransferPiece> pieces) =>
        !pieces.All(piece => LotId.TryFrom(piece.ReturningTo, out _)) ? DeliveryRefusal.Malformed
        : pieces.GroupBy(piece => LotId.From(piece.ReturningTo)).All(back => WasGiven(books, award, back.Key, [.. back])) ? null
        : DeliveryRefusal.NeverSent;

    private static bool WasGiven(Books books, FundingAward award, LotId id, List<TransferPiece> back)
    {
        if (books.Transfers.Given(award.Id, id) is not { } given || back.Sum(piece => piece.AmountPence) > given.LeftPence)
            return false;
        var lot = GivenLot.Of(books, id)!;
        // It may have been through other pots there, whose terms bind it too; but it is again under those that it was sent under.
        return back.All(piece => given.Covers(FundLine.From(piece.Line)) && RootOf.From(piece.Origin) == lot.Origin
            && TermsOf(piece).Last() == lot.Terms[^1] && lot.Terms.All(TermsOf(piece).Contains));
    }

    /// <summary>All terms that bind a piece, as it says: oldest first, and last those that it is under.</summary>
    public static IEnumerable<TermsId> TermsOf(TransferPiece piece) =>
        piece.History.Select(TermsId.From).Append(new TermsId(piece.Line.Fund, piece.TermsVersion));
}
