namespace FundingFlows.Ledger;

/// <summary>Which facts travel, and how a receiver says no to one.</summary>
public static class DeliveredFacts
{
    /// <summary>Where a fact is going. Null: it stays at home.</summary>
    public static Addressed? AddressOf(Fact fact) => fact.KindCase switch
    {
        Fact.KindOneofCase.AgreementProposed => fact.AgreementProposed.To,
        Fact.KindOneofCase.AgreementAccepted => fact.AgreementAccepted.To,
        Fact.KindOneofCase.AgreementSuspended => fact.AgreementSuspended.To,
        Fact.KindOneofCase.AgreementResumed => fact.AgreementResumed.To,
        Fact.KindOneofCase.AgreementEnded => fact.AgreementEnded.To,
        Fact.KindOneofCase.AwardOffered => fact.AwardOffered.To,
        Fact.KindOneofCase.AwardAccepted => fact.AwardAccepted.To,
        Fact.KindOneofCase.AwardDeclined => fact.AwardDeclined.To,
        Fact.KindOneofCase.AwardAmendmentOffered => fact.AwardAmendmentOffered.To,
        Fact.KindOneofCase.AwardAmendmentAccepted => fact.AwardAmendmentAccepted.To,
        Fact.KindOneofCase.AwardAmendmentDeclined => fact.AwardAmendmentDeclined.To,
        Fact.KindOneofCase.TransferSent => fact.TransferSent.To,
        Fact.KindOneofCase.CustodyProposed => fact.CustodyProposed.To,
        Fact.KindOneofCase.CustodyAccepted => fact.CustodyAccepted.To,
        Fact.KindOneofCase.CustodyEnded => fact.CustodyEnded.To,
        Fact.KindOneofCase.PaymentInstructed => fact.PaymentInstructed.To,
        Fact.KindOneofCase.InstructionExecuted => fact.InstructionExecuted.To,
        Fact.KindOneofCase.InstructionRefused => fact.InstructionRefused.To,
        Fact.KindOneofCase.RefusalAppealed => fact.RefusalAppealed.To,
        Fact.KindOneofCase.AppealDecided => fact.AppealDecided.To,
        Fact.KindOneofCase.ClawbackClaimed => fact.ClawbackClaimed.To,
        Fact.KindOneofCase.ClawbackWithdrawn => fact.ClawbackWithdrawn.To,
        Fact.KindOneofCase.ReportSubmitted => fact.ReportSubmitted.To,
        Fact.KindOneofCase.ClosingAsked => fact.ClosingAsked.To,
        Fact.KindOneofCase.ClosingTold => fact.ClosingTold.To,
        Fact.KindOneofCase.SuccessionOrdered => fact.SuccessionOrdered.To,
        Fact.KindOneofCase.HandOverBegun => fact.HandOverBegun.To,
        Fact.KindOneofCase.SuccessionTold => fact.SuccessionTold.To,
        Fact.KindOneofCase.AgreementContinued => fact.AgreementContinued.To,
        Fact.KindOneofCase.AwardContinued => fact.AwardContinued.To,
        Fact.KindOneofCase.HandedOver => fact.HandedOver.To,
        _ => null,
    };

    /// <summary>The delivery that a fact answers. Null: it answers none.</summary>
    public static DeliveryRef? AnsweredBy(Fact fact) => fact.KindCase switch
    {
        Fact.KindOneofCase.AgreementProposalReceived => fact.AgreementProposalReceived.Delivery,
        Fact.KindOneofCase.AgreementConcluded => fact.AgreementConcluded.Delivery,
        Fact.KindOneofCase.AgreementSuspensionReceived => fact.AgreementSuspensionReceived.Delivery,
        Fact.KindOneofCase.AgreementResumptionReceived => fact.AgreementResumptionReceived.Delivery,
        Fact.KindOneofCase.AgreementEndReceived => fact.AgreementEndReceived.Delivery,
        Fact.KindOneofCase.AwardOfferReceived => fact.AwardOfferReceived.Delivery,
        Fact.KindOneofCase.AwardCommitted => fact.AwardCommitted.Delivery,
        Fact.KindOneofCase.AwardDeclineReceived => fact.AwardDeclineReceived.Delivery,
        Fact.KindOneofCase.AwardAmendmentOfferReceived => fact.AwardAmendmentOfferReceived.Delivery,
        Fact.KindOneofCase.AwardAmended => fact.AwardAmended.Delivery,
        Fact.KindOneofCase.AwardAmendmentLapsed => fact.AwardAmendmentLapsed.Delivery,
        Fact.KindOneofCase.AwardAmendmentDeclineReceived => fact.AwardAmendmentDeclineReceived.Delivery,
        Fact.KindOneofCase.CustodyProposalReceived => fact.CustodyProposalReceived.Delivery,
        Fact.KindOneofCase.CustodyConcluded => fact.CustodyConcluded.Delivery,
        Fact.KindOneofCase.CustodyEndReceived => fact.CustodyEndReceived.Delivery,
        Fact.KindOneofCase.InstructionReceived => fact.InstructionReceived.Delivery,
        Fact.KindOneofCase.PaymentMade => fact.PaymentMade.Delivery,
        Fact.KindOneofCase.InstructionRefusalReceived => fact.InstructionRefusalReceived.Delivery,
        Fact.KindOneofCase.AppealReceived => fact.AppealReceived.Delivery,
        Fact.KindOneofCase.AppealDecisionReceived => fact.AppealDecisionReceived.Delivery,
        Fact.KindOneofCase.TransferReceived => fact.TransferReceived.Delivery,
        Fact.KindOneofCase.TransferRefused => fact.TransferRefused.Delivery,
        Fact.KindOneofCase.ClawbackRecorded => fact.ClawbackRecorded.Delivery,
        Fact.KindOneofCase.ClawbackWithdrawalReceived => fact.ClawbackWithdrawalReceived.Delivery,
        Fact.KindOneofCase.ReportReceived => fact.ReportReceived.Delivery,
        Fact.KindOneofCase.BodyClosed => fact.BodyClosed.Delivery,
        Fact.KindOneofCase.ClosingNoted => fact.ClosingNoted.Delivery,
        Fact.KindOneofCase.SuccessionReceived => fact.SuccessionReceived.Delivery,
        Fact.KindOneofCase.HandOverExpected => fact.HandOverExpected.Delivery,
        Fact.KindOneofCase.SuccessionNoted => fact.SuccessionNoted.Delivery,
        Fact.KindOneofCase.AgreementContinued => fact.AgreementContinued.Delivery,
        Fact.KindOneofCase.AgreementContinuationReceived => fact.AgreementContinuationReceived.Delivery,
        Fact.KindOneofCase.AwardContinued => fact.AwardContinued.Delivery,
        Fact.KindOneofCase.AwardContinuationReceived => fact.AwardContinuationReceived.Delivery,
        Fact.KindOneofCase.ClawbackClaimed => fact.ClawbackClaimed.Delivery,
        Fact.KindOneofCase.TakenOver => fact.TakenOver.Delivery,
        Fact.KindOneofCase.DeliveryRefused => fact.DeliveryRefused.Delivery,
        _ => null,
    };

    /// <summary>The sender's reference to the answer that a fact records. Null: it records none.</summary>
    public static AnswerRef? AnswerIn(Fact fact) => fact.KindCase switch
    {
        Fact.KindOneofCase.DeliverySettled => fact.DeliverySettled.Answer,
        Fact.KindOneofCase.TransferSettled => fact.TransferSettled.Answer,
        Fact.KindOneofCase.TransferReversed => fact.TransferReversed.Answer,
        _ => null,
    };

    /// <summary>Refuses a delivery for good: one that carries money by its own fact, so that the money goes back.</summary>
    internal static Decision Refused(Delivery delivery, DeliveryRefusal reason) => Decision.Accept(
        delivery.First?.KindCase == Fact.KindOneofCase.TransferSent
            ? new Fact { TransferRefused = new TransferRefused { Delivery = delivery.ToRef(), Reason = reason } }
            : new Fact { DeliveryRefused = new DeliveryRefused { Delivery = delivery.ToRef(), Reason = reason } });
}
