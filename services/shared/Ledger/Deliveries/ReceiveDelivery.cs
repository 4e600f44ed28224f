namespace FundingFlows.Ledger;

/// <summary>Why a delivery is not decided now. (One that is decided is answered by a fact, accepted or refused.)</summary>
public enum ReceiveDeliveryRefusal
{
    /// <summary>Earlier deliveries of this sender have not arrived.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] SequenceGap = 1,

    /// <summary>It says something that the rules here do not know. Newer ones can decide it.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] RulesTooOld,

    /// <summary>The journal here is sealed: nothing can be recorded in it.</summary>
    [Refuses(RefusalClass.Rule)] JournalSealed,

    /// <summary>The sender says that others stand in its place; that they were ordered to is not seen here yet.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] SuccessionNotSeen,

    /// <summary>Money of a predecessor is held under an award whose funder has not said yet that it goes on here.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] AwardNotContinued,

    /// <summary>It is about something of a predecessor that was not handed over yet.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotHandedOver,

    /// <summary>The sender goes by something that the body had accepted and lost when a new epoch of its journal began. It has not accepted it again yet.</summary>
    [Refuses(RefusalClass.Rule, LaterMayHelp = true)] NotAcceptedAgain,
}

/// <summary>
/// Decides a delivery, once: the answer is a fact, and the same delivery again gets the same answer. Refused for good is
/// only what is malformed, addressed to another body or without a funding agreement, terms that contradict those that are
/// believed, and money that was not promised, never sent or more than accounts hold; a year that has closed and an agreement
/// that was suspended or ended never refuse arriving money. What newer rules wrote waits for newer rules.
/// </summary>
/// <param name="Ordered">Who stands in the sender's place, as the body that registered it has ordered. Null: nobody, as far as is known.</param>
public sealed record ReceiveDelivery(Delivery Delivery, Succession? Ordered = null) : IOwnAct
{
    public Decision Decide(Books books, Surroundings around)
    {
        var expected = books.Deliveries.ExpectedSequence(Delivery.Sender, Delivery.Epoch);
        if (books.Deliveries.Answer(Delivery.Sender, Delivery.Epoch, Delivery.Sequence) is { } before)
            return Decision.AlreadyRecorded(before.First, before.Entries);
        if (Delivery.Sequence != expected)
            return Decision.Refuse(
                ReceiveDeliveryRefusal.SequenceGap, $"The next delivery from {Delivery.Sender} is number {expected}; this is number {Delivery.Sequence}.",
                ("expected_sequence", $"{expected}"));
        if (Delivery.Entries.Any(entry => NewerRules.Wrote(entry.Entry)))
            return Decision.Refuse(
                ReceiveDeliveryRefusal.RulesTooOld, $"Delivery {Delivery.Sequence} from {Delivery.Sender} says something that {books.Body} does not know yet; it can be decided once {books.Body} runs a newer version.");
        if (books.Ending.IsSealed)
            return Decision.Refuse(ReceiveDeliveryRefusal.JournalSealed, $"{books.Body} was closed: its journal is sealed, and nothing more can be recorded in it.");
        var addressed = Delivery.First is { } first ? DeliveredFacts.AddressOf(first) : null;
        if (addressed is null || addressed.Sequence != (ulong)Delivery.Sequence
            || Delivery.FirstId.Index <= books.Deliveries.NewestEntry(Delivery.Sender, Delivery.Epoch))
            return Refused(DeliveryRefusal.Malformed);
        if (addressed.Body != books.Body)
            return Refused(DeliveryRefusal.NotAddressedHere);
        if (IsEarly(books))
            return Decision.Refuse(
                ReceiveDeliveryRefusal.NotHandedOver, $"Delivery {Delivery.Sequence} from {Delivery.Sender} is about something that a predecessor of {books.Body} has not handed over yet.");
        if (LostAcceptance.Needed(books, Delivery) is { } lost)
            return Decision.Refuse(
                ReceiveDeliveryRefusal.NotAcceptedAgain,
                $"Delivery {Delivery.Sequence} from {Delivery.Sender} goes by the acceptance of {lost}, which {books.Body} lost when a new epoch of its journal began, and has not given again yet.", ("entry", $"{lost}"));
        var answer = Delivery.First.KindCase switch
        {
            Fact.KindOneofCase.AgreementProposed or Fact.KindOneofCase.AwardOffered or Fact.KindOneofCase.AwardAmendmentOffered or Fact.KindOneofCase.CustodyProposed or Fact.KindOneofCase.PaymentInstructed or Fact.KindOneofCase.RefusalAppealed when books.IsEnding => Refused(DeliveryRefusal.BodyClosing),
            Fact.KindOneofCase.TransferSent or Fact.KindOneofCase.ClawbackClaimed when books.HasToldOfItsEnd(Delivery.Sender) && Delivery.First.TransferSent?.Purpose != TransferPurpose.Succession =>
                Refused(DeliveryRefusal.BodyClosing),
            Fact.KindOneofCase.AgreementProposed => AgreementAnswers.ToProposal(Delivery),
            Fact.KindOneofCase.AgreementAccepted => AgreementAnswers.ToAcceptance(books, Delivery),
            Fact.KindOneofCase.AgreementSuspended => AgreementAnswers.ToSuspension(books, Delivery),
            Fact.KindOneofCase.AgreementResumed => AgreementAnswers.ToResumption(books, Delivery),
            Fact.KindOneofCase.AgreementEnded => AgreementAnswers.ToEnd(books, Delivery),
            Fact.KindOneofCase.AwardOffered => AwardAnswers.ToOffer(books, Delivery),
            Fact.KindOneofCase.AwardAccepted => AwardAnswers.ToAcceptance(books, Delivery),
            Fact.KindOneofCase.AwardDeclined => AwardAnswers.ToDecline(books, Delivery),
            Fact.KindOneofCase.AwardAmendmentOffered => AmendmentAnswers.ToOffer(books, Delivery),
            Fact.KindOneofCase.AwardAmendmentAccepted => AmendmentAnswers.ToAcceptance(books, Delivery),
            Fact.KindOneofCase.AwardAmendmentDeclined => AmendmentAnswers.ToDecline(books, Delivery),
            Fact.KindOneofCase.CustodyProposed => CustodyAnswers.ToProposal(Delivery),
            Fact.KindOneofCase.CustodyAccepted => CustodyAnswers.ToAcceptance(books, Delivery),
            Fact.KindOneofCase.CustodyEnded => CustodyAnswers.ToEnd(books, Delivery),
            Fact.KindOneofCase.PaymentInstructed => InstructionAnswers.ToInstruction(books, Delivery),
            Fact.KindOneofCase.InstructionExecuted => InstructionAnswers.ToExecution(books, Delivery),
            Fact.KindOneofCase.InstructionRefused => InstructionAnswers.ToRefusal(books, Delivery),
            Fact.KindOneofCase.RefusalAppealed => InstructionAnswers.ToAppeal(books, Delivery),
            Fact.KindOneofCase.AppealDecided => InstructionAnswers.ToAppealDecision(books, Delivery),
            Fact.KindOneofCase.TransferSent => TransferAnswers.ToTransfer(books, Delivery),
            Fact.KindOneofCase.ClawbackClaimed => ClawbackAnswers.ToClaim(books, Delivery),
            Fact.KindOneofCase.ClawbackWithdrawn => ClawbackAnswers.ToWithdrawal(books, Delivery),
            Fact.KindOneofCase.ReportSubmitted => ReportAnswers.ToReport(books, Delivery),
            Fact.KindOneofCase.ClosingAsked => RegistrationAnswers.ToClosing(books, Delivery),
            Fact.KindOneofCase.ClosingTold => RegistrationAnswers.ToTelling(books, Delivery),
            Fact.KindOneofCase.SuccessionOrdered => SuccessionAnswers.ToOrder(books, Delivery),
            Fact.KindOneofCase.HandOverBegun => SuccessionAnswers.ToBeginning(books, Delivery, Ordered),
            Fact.KindOneofCase.SuccessionTold => SuccessionAnswers.ToTelling(books, Delivery, Ordered, around.Next),
            Fact.KindOneofCase.AgreementContinued => SuccessionAnswers.ToAgreement(books, Delivery),
            Fact.KindOneofCase.AwardContinued => SuccessionAnswers.ToAward(books, Delivery),
            Fact.KindOneofCase.HandedOver => SuccessionAnswers.ToThing(books, Delivery),
            _ => Refused(DeliveryRefusal.Malformed),
        };
        // What is copied into the answer was written by another body: more of it than fits is not read.
        return answer.Facts.All(fact => fact.CalculateSize() <= Parts.MostFactBytes) ? answer : Refused(DeliveryRefusal.Malformed);
    }

    /// <summary>Whether it speaks of an award or agreement of a predecessor, or reports as to a funder, and that is still to come from the predecessor.</summary>
    private bool IsEarly(Books books)
    {
        var fact = Delivery.First;
        if (books.Inheritances.Count == 0)
            return false;
        if (fact.KindCase == Fact.KindOneofCase.ReportSubmitted)
            return !books.Agreements.Were(books.Body, Delivery.Sender);
        var about = fact.TransferSent?.Award ?? fact.AwardAmendmentOffered?.Award ?? fact.AwardAmendmentAccepted?.Award ?? fact.AwardAmendmentDeclined?.Award
            ?? fact.AgreementSuspended?.Agreement ?? fact.AgreementResumed?.Agreement ?? fact.AgreementEnded?.Agreement;
        if (fact.SuccessionTold?.About.Any(one => IsToCome(books, one, id => books.Agreements.Find(id) is null && books.Awards.Find(id) is null && books.Clawbacks.Find(id) is null)) == true)
            return true;
        return IsToCome(books, about, id => books.Awards.Find(id) is null && books.Agreements.Find(id) is null)
            || IsToCome(books, fact.TransferSent?.Clawback, id => books.Clawbacks.Find(id) is null)
            || (EntryId.TryFrom(fact.PaymentInstructed?.Custody ?? fact.CustodyEnded?.Custody, out var custody) && books.Custodies.Find(custody) is null);
    }

    /// <summary>Whether something of a predecessor is not here yet.</summary>
    private bool IsToCome(Books books, EntryRef? about, Predicate<EntryId> isMissing) =>
        EntryId.TryFrom(about, out var id) && id.Body != Delivery.Sender && books.HasPredecessor(id.Body) && isMissing(id);

    private Decision Refused(DeliveryRefusal reason) => DeliveredFacts.Refused(Delivery, reason);
}
