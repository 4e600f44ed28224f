namespace FundingFlows.Ledger;

/// <summary>What a successor can take over, and how it takes money.</summary>
internal static class Inheriting
{
    /// <summary>Whether a thing can be read and is not here already.</summary>
    public static bool CanTake(Books books, InHand thing) => thing.ThingCase switch
    {
        InHand.ThingOneofCase.Terms => OpenFund.AreWellFormed(thing.Terms),
        InHand.ThingOneofCase.Agreement => EntryId.TryFrom(thing.Agreement.Agreement, out var id) && books.Agreements.Find(id) is null
            && Enum.IsDefined(thing.Agreement.Basis) && Names.IsBody(thing.Agreement.Recipient) && thing.Agreement.Recipient != books.Body
            && AgreementBook.AreWellFormed(thing.Agreement.FundersAbove) && AgreementBook.AreWellFormed(thing.Agreement.RecipientsBelow),
        InHand.ThingOneofCase.Award => EntryId.TryFrom(thing.Award.Award, out var id) && books.Awards.Find(id) is null
            && EntryId.TryFrom(thing.Award.Agreement, out var under) && books.Agreements.Find(under)?.Recipient == thing.Award.Recipient
            && AwardForm.IsWellFormed(thing.Award.Terms, thing.Award.EarlierTerms, thing.Award.Promises, thing.Award.ReleasedPence),
        InHand.ThingOneofCase.Given => EntryId.TryFrom(thing.Given.Award, out var id) && books.Awards.Find(id) is not null
            && thing.Given.Given.All(IsWellFormed),
        InHand.ThingOneofCase.Project => EntryId.TryFrom(thing.Project.Project, out var id) && books.Projects.Find(id) is null
            && thing.Project.Description is { } description && !ProjectForm.FaultsOf(description).Any() && AreReached(thing.Project.Reached, description),
        _ => false,
    };

    public static IEnumerable<FundTerms> TermsOf(InHand thing) => thing.ThingCase switch
    {
        InHand.ThingOneofCase.Terms => [thing.Terms],
        InHand.ThingOneofCase.Award => thing.Award.EarlierTerms.Prepend(thing.Award.Terms),
        _ => [],
    };

    /// <summary>Money of a predecessor: each lot is held as it was there, under this body's part of the award.</summary>
    public static Decision ToMoney(Books books, Delivery delivery, IReadOnlyList<TransferSent> facts)
    {
        if (books.Inheritances.GetValueOrDefault(delivery.Sender) is not { } inheritance || EntryId.From(facts[0].Award) != inheritance.Succession.Order)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NoAgreement);
        var pieces = facts.SelectMany(fact => fact.Pieces).ToList();
        if (pieces.Any(piece => ArrivingMoney.TermsOf(piece).Any(id => books.Funds.Find(id) is null)))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (books.Accounts.Total[Account.Received] + facts[0].AmountPence > Pence.Most)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.TotalTooLarge);
        if (pieces.FirstOrDefault(piece => piece.Award is not null && HeldUnder(books, EntryId.From(piece.Award)) is null) is { } early)
            return Decision.Refuse(
                ReceiveDeliveryRefusal.AwardNotContinued, $"{books.Body} has not heard yet that award {EntryId.From(early.Award)} goes on with it.", ("award", $"{EntryId.From(early.Award)}"));
        var lots = pieces.Select(piece => LotOf(books, piece)).ToList();
        if (lots.Any(lot => lot.Award is not null && !Permits(books.Awards.Find(EntryId.From(lot.Award))!, FundLine.From(lot.Line))))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        return Decision.Accept([.. Parts.Cut(lots).Select(part => new Fact
        {
            TransferReceived = new TransferReceived { Delivery = delivery.ToRef(), Purpose = TransferPurpose.Succession, Award = facts[0].Award, Lots = { part } },
        })]);
    }

    private static bool AreReached(IReadOnlyCollection<MilestoneReached> reached, ProjectDescription description) =>
        reached.DistinctBy(one => one.Milestone).Count() == reached.Count
        && reached.All(one => one.Milestone >= 1 && one.Milestone <= description.Milestones.Count && Dates.TryFrom(one.ReachedOn, out _));

    /// <summary>The award here that goes on from one of a predecessor; where this body itself had made it, that award. Null: neither is known.</summary>
    public static EntryId? HeldUnder(Books books, EntryId award) =>
        books.Awards.ContinuationOf(award) ?? (books.Awards.Find(award) is { } own && own.Funder == books.Body ? own.Id : null);

    private static bool Permits(FundingAward award, FundLine line) => award.Promises.Any(promise => award.LineOf(promise).Contains(line));

    private static NewLot LotOf(Books books, TransferPiece piece)
    {
        var lot = new NewLot
        {
            Parent = piece.Lot,
            AmountPence = piece.AmountPence,
            Line = piece.Line,
            TermsVersion = piece.TermsVersion,
            Origin = piece.Origin,
            History = { piece.History },
            MustReturn = piece.MustReturn || books.Years.AreOver(Years.From(piece.Line.Years)),
        };
        if (piece.Award is null)
            return lot;
        var award = HeldUnder(books, EntryId.From(piece.Award))!.Value;
        if (books.Awards.Find(award)!.Funder == books.Body && piece.FunderLot is not null && books.Lots.Find(LotId.From(piece.FunderLot)) is { } own)
        {
            // It comes back to the body that once gave it: held again as that lot was.
            (lot.Award, lot.FunderLot) = (own.Award?.ToRef(), own.FunderLot?.ToRef());
            return lot;
        }
        (lot.Award, lot.FunderLot) = (award.ToRef(), piece.FunderLot);
        return lot;
    }

    private static bool IsWellFormed(GivenPiece piece) =>
        LotId.TryFrom(piece.Lot, out _) && piece.LeftPence is >= 0 and <= Pence.Most
        && piece.Line is { Years: not null } line && Names.IsFund(line.Fund) && piece.Origin is { Source: not null } && LotId.TryFrom(piece.Origin.Lot, out _)
        && piece.History.Count <= TermsId.MostHistory;
}
