using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Money that is used after its year, in the year after, or on its way home, and payments to bodies.</summary>
internal static class YearEndLies
{
    private const uint Half = 5_000;
    private static readonly DocumentDigest Digest = new() { Sha256 = Google.Protobuf.ByteString.CopyFrom(new byte[32]) };

    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["a payment in a year that is closed"] = new(federation => Paid(federation.Closed(Half, forGood: false)), [Check.YearEndsKept]),
        ["a promise for a year that is closed"] = new(PromisedLate, [Check.YearEndsKept]),
        ["an amendment of a year that is closed"] = new(AmendedLate, [Check.YearEndsKept]),
        ["more carried forward than may be"] = new(Carried, [Check.YearEndsKept]),
        ["a promise of a closed year that lapses less"] = new(Lapsed, [Check.YearEndsKept]),
        ["a payment in the next year before this one is closed"] = new(PaidAhead, [Check.YearEndsKept]),
        ["a payment of what may only go back"] = new(PaidOfWhatGoesBack, [Check.YearEndsKept]),
        ["a repayment that is free where it comes back"] = new(federation => Repaid(federation, sent: true), [Check.YearEndsKept]),
        ["a repayment that was made free when it was sent"] = new(federation => Repaid(federation, sent: false), [Check.YearEndsKept]),
        ["a refund of a closed year that is free"] = new(Refunded, [Check.YearEndsKept]),
        ["a release of more than was set aside, from what may only go back"] = new(ReleasedFromWhatGoesBack, [Check.LotsInBounds]),
        ["a payment to a body, by its number as a charity"] = new(federation => PaidABody(federation, "gb-chc-0000009"), [Check.NoBodyPaid]),
        ["a payment to a body, by its id in a register"] = new(federation => PaidABody(federation, "GB-LAE-TRUST"), [Check.NoBodyPaid]),
    };

    /// <summary>Money through four tiers, and the council has closed the year.</summary>
    private static ForgedFederation Closed(this ForgedFederation federation, uint carryForward, bool forGood = true)
    {
        federation.PlayFourTiers(carryForward);
        federation[Council].Do(new CloseYearProvisionally(Year));
        if (forGood)
            federation[Council].Do(new CloseYear(Year));
        return federation;
    }

    private static string Paid(ForgedFederation federation) =>
        $"{federation.PayFrom(federation.CapitalOf(Council), 1_00)} counts in 2026-27, which {Council} had closed";

    private static string PromisedLate(ForgedFederation federation)
    {
        federation.Closed(Half);
        var offer = new OfferAward(Forum, FundId, [new Promise { FinancialYear = Year + 1, Kind = Kind.Capital, AmountPence = 1_00 }]);
        return $"{federation[Council].Write(offer, fact => fact.AwardOffered.Promises[0].FinancialYear = Year)} promises money for 2026-27";
    }

    private static string AmendedLate(ForgedFederation federation)
    {
        federation.PlayFourTiers(Half);
        var award = federation[Council].Books.Awards.All.First(award => award.Recipient == Forum);
        List<Promise> more = [.. award.Promises.Select(promise => promise.AsPromise())];
        more[0].AmountPence++;
        var amendment = federation[Council].Do(new AmendAward(award.Id, more));
        federation.Carry();
        var acceptance = federation[Forum].Do(new AnswerAmendment(award.Id, amendment, true));
        federation[Council].Do(new CloseYearProvisionally(Year));
        var accepted = federation[Forum].EntryAt(acceptance.Index).Fact.AwardAmendmentAccepted;
        return $"{federation[Council].Write(new Fact
        {
            AwardAmended = new AwardAmended
            {
                Delivery = federation.DeliveryOf(Forum, (long)accepted.To.Sequence, acceptance.Index, 1).ToRef(),
                Award = accepted.Award,
                Amendment = accepted.Amendment,
            },
        })} amends {award.Id} by less than was released, for a year that {Council} had closed";
    }

    private static string Carried(ForgedFederation federation)
    {
        federation.Closed(Half, forGood: false);
        return $"{federation[Council].Write(new CloseYear(Year), fact => { fact.YearClosed.ToReturn[0].AmountPence--; fact.YearClosed.CarriedPence++; })} closes a year otherwise";
    }

    private static string Lapsed(ForgedFederation federation)
    {
        federation.PlayFourTiers(Half);
        return $"{federation[Council].Write(new CloseYearProvisionally(Year), fact => fact.YearClosedProvisionally.Lapsed[0].AmountPence--)} closes a year otherwise";
    }

    private static string PaidAhead(ForgedFederation federation)
    {
        federation.PlayFourTiers(Half);
        return $"{federation.PayFrom(federation.CapitalOf(Council), 1_00, made => made.FinancialYear = Year + 1)} uses lot ";
    }

    private static string PaidOfWhatGoesBack(ForgedFederation federation)
    {
        federation.Closed(Half);
        var (lot, hold) = federation.GoingBack();
        return $"{federation.PayFrom(lot, 1_00, made => { made.FinancialYear = Year + 1; made.Pieces[0].Hold = hold.Id.ToRef(); })} uses £1 of lot {lot.Id}, which may only go back";
    }

    private static string Repaid(ForgedFederation federation, bool sent)
    {
        federation.Closed(Half);
        var award = federation.CapitalOf(Council).Award!.Value;
        if (!sent)
            return $"{federation[Council].Write(new RepayUnderspend(award, null, 10_00), fact => fact.TransferSent.Pieces[0].MustReturn = false)} sets money of ";
        federation.Repay(Council, award, 10_00);
        return $"Lot {federation.Receive(Council, Region, fact => fact.TransferReceived.Lots[0].MustReturn = false)}.0 is free, and was sent as money that may only go back";
    }

    private static string Refunded(ForgedFederation federation)
    {
        federation.Closed(Half);
        var payment = federation[Council].Books.Payments.All[0].Id;
        return $"{federation[Council].Write(new RefundPayment(payment, null, 1_00), fact => fact.PaymentRefunded.MustReturn = false)} sets money of ";
    }

    /// <summary>The books would say that so much of the lot is free.</summary>
    private static string ReleasedFromWhatGoesBack(ForgedFederation federation)
    {
        federation.Closed(Half);
        var project = federation[Council].Books.Projects.All[0].Id;
        var reserved = federation[Council].Do(new Reserve(
            new PlannedSpending(FundId, project, Year + 1, Kind.Capital, "community-building", "E05009057", null), new DateOnly(Year + 1, 6, 1), Digest, 5_00));
        var lot = federation.GoingBack().Lot;
        federation[Council].Write(new ReleaseReservation(reserved, 5_00), fact => fact.ReservationReleased.Pieces[0].AmountPence = 50_00);
        return $"Of lot {lot.Id} ";
    }

    private static string PaidABody(ForgedFederation federation, string organisation)
    {
        federation.PlayFourTiers();
        federation.Add("trust", Tier.NeighbourhoodForum, Council);
        federation.Register("trust", registration => registration.Organisations.Add("GB-CHC-0000009"));
        return $"Payment {federation.PayFrom(federation.CapitalOf(Council), 1_00, made => made.Payee.Organisation = organisation)} went to {organisation}, which is trust";
    }

    /// <summary>Some of the council's money that may only go back.</summary>
    private static (Lot Lot, Hold Hold) GoingBack(this ForgedFederation federation)
    {
        var hold = federation[Council].Books.Holds.Returns[0];
        return (hold.Pieces.First(piece => piece.Key.Line.Kind == Kind.Capital).Key, hold);
    }
}
