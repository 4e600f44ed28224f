namespace FundingFlows.Ledger;

/// <summary>Why the sender of a delivery does not believe an answer to it.</summary>
public enum RecordAnswerRefusal
{
    /// <summary>Nothing of that sequence was sent to that body.</summary>
    [Refuses(RefusalClass.Missing)] NothingSent = 1,

    /// <summary>What was sent was answered before.</summary>
    [Refuses(RefusalClass.Rule)] AlreadyAnswered,

    /// <summary>The answer does not answer what was sent.</summary>
    [Refuses(RefusalClass.Rule)] AnswerContradicts,
}

/// <summary>The sender of a delivery learns how its receiver decided. A time-out is never an answer.</summary>
/// <param name="Answer">The receiver's entries. Its sequence is that of the delivery that it answers.</param>
/// <param name="LeafHashes">RFC 6962 leaf hashes of the entries that were delivered, in order.</param>
/// <param name="Epoch">The epoch of this journal that it was sent in. Null: the present one.</param>
public sealed record RecordAnswer(Delivery Answer, IReadOnlyList<byte[]> LeafHashes, uint? Epoch = null) : IOwnAct
{
    public Decision Decide(Books books, Surroundings around)
    {
        if (SentIn(books) is not { } sent)
            return IsEarlier(books) || (Answer.Sequence >= 1 && Answer.Sequence < books.Deliveries.NextSequence(Answer.Sender))
                ? Decision.Refuse(RecordAnswerRefusal.AlreadyAnswered, $"Delivery {Answer.Sequence} to {Answer.Sender} was answered before.")
                : Decision.Refuse(RecordAnswerRefusal.NothingSent, $"Nothing of number {Answer.Sequence} was sent to {Answer.Sender}.");
        if (!Answer.TryFacts(DeliveredFacts.AnsweredBy, out var deliveries) || Answer.Entries.Any(entry => entry.Entry.Index > long.MaxValue)
            || !deliveries.All(delivery => Names(delivery, sent)) || LastSequence > long.MaxValue)
            return Contradicts();
        var facts = books.Transfers.Find(sent.First) is { } transfer ? TransferAnswers.Record(transfer, Answer, books, around.Next)
            : (Answer.Entries.Count == 1 || MayHaveParts(Answer.First.KindCase)) && Answers(sent.Kind, Answer.First)
                && LeftOff(books, sent) is >= 0 and var leftOff ? [Settled(books, leftOff), .. AndThen(books)]
            : null;
        // Into how many parts an answer is cut, its writer decides: more of them than can be quoted are not read.
        return facts?.All(fact => fact.CalculateSize() <= Parts.MostFactBytes) == true ? Decision.Accept(facts) : Contradicts();
    }

    private bool IsEarlier(Books books) => Epoch is { } epoch && epoch < books.Epoch;

    /// <summary>What is answered. Null: nothing of that sequence is unanswered.</summary>
    private SentDelivery? SentIn(Books books) =>
        (IsEarlier(books) ? books.Deliveries.Earlier(Answer.Sender).TryGetValue((Epoch!.Value, Answer.Sequence), out var sent)
            : books.Deliveries.Unanswered(Answer.Sender).TryGetValue(Answer.Sequence, out sent)) ? sent : null;

    /// <summary>Of one that was told of this body's end: the last that it sent. Too large a number makes the body wait, as silence would.</summary>
    private ulong LastSequence => Answer.First.SuccessionNoted?.LastSequence ?? Answer.First.ClosingNoted?.LastSequence ?? 0;

    private bool Names(DeliveryRef delivery, SentDelivery sent) =>
        EntryId.TryFrom(delivery.Entry, out var first) && first == sent.First && delivery.Sequence == (ulong)Answer.Sequence
        && delivery.LeafHashes.Count == LeafHashes.Count
        && delivery.LeafHashes.Zip(LeafHashes).All(pair => pair.First.Span.SequenceEqual(pair.Second));

    private static bool MayHaveParts(Fact.KindOneofCase answer) => answer is Fact.KindOneofCase.SuccessionNoted or Fact.KindOneofCase.PaymentMade
        or Fact.KindOneofCase.ClawbackRecorded or Fact.KindOneofCase.ClawbackWithdrawalReceived;

    private static bool Answers(Fact.KindOneofCase sent, Fact answer) =>
        // A refusal without a reason would be recorded as none.
        answer.DeliveryRefused is { Reason: not DeliveryRefusal.Unspecified } || (sent, answer.KindCase) is
            (Fact.KindOneofCase.AgreementProposed, Fact.KindOneofCase.AgreementProposalReceived)
            or (Fact.KindOneofCase.AgreementAccepted, Fact.KindOneofCase.AgreementConcluded)
            or (Fact.KindOneofCase.AgreementSuspended, Fact.KindOneofCase.AgreementSuspensionReceived)
            or (Fact.KindOneofCase.AgreementResumed, Fact.KindOneofCase.AgreementResumptionReceived)
            or (Fact.KindOneofCase.AgreementEnded, Fact.KindOneofCase.AgreementEndReceived)
            or (Fact.KindOneofCase.AwardOffered, Fact.KindOneofCase.AwardOfferReceived)
            or (Fact.KindOneofCase.AwardAccepted, Fact.KindOneofCase.AwardCommitted)
            or (Fact.KindOneofCase.AwardDeclined, Fact.KindOneofCase.AwardDeclineReceived)
            or (Fact.KindOneofCase.AwardAmendmentOffered, Fact.KindOneofCase.AwardAmendmentOfferReceived)
            or (Fact.KindOneofCase.AwardAmendmentAccepted, Fact.KindOneofCase.AwardAmended)
            or (Fact.KindOneofCase.AwardAmendmentAccepted, Fact.KindOneofCase.AwardAmendmentLapsed)
            or (Fact.KindOneofCase.AwardAmendmentDeclined, Fact.KindOneofCase.AwardAmendmentDeclineReceived)
            or (Fact.KindOneofCase.CustodyProposed, Fact.KindOneofCase.CustodyProposalReceived)
            or (Fact.KindOneofCase.CustodyAccepted, Fact.KindOneofCase.CustodyConcluded)
            or (Fact.KindOneofCase.CustodyEnded, Fact.KindOneofCase.CustodyEndReceived)
            or (Fact.KindOneofCase.PaymentInstructed, Fact.KindOneofCase.InstructionReceived)
            or (Fact.KindOneofCase.InstructionExecuted, Fact.KindOneofCase.PaymentMade)
            or (Fact.KindOneofCase.InstructionRefused, Fact.KindOneofCase.InstructionRefusalReceived)
            or (Fact.KindOneofCase.RefusalAppealed, Fact.KindOneofCase.AppealReceived)
            or (Fact.KindOneofCase.AppealDecided, Fact.KindOneofCase.AppealDecisionReceived)
            or (Fact.KindOneofCase.ClawbackClaimed, Fact.KindOneofCase.ClawbackRecorded)
            or (Fact.KindOneofCase.ClawbackWithdrawn, Fact.KindOneofCase.ClawbackWithdrawalReceived)
            or (Fact.KindOneofCase.ReportSubmitted, Fact.KindOneofCase.ReportReceived)
            or (Fact.KindOneofCase.ClosingAsked, Fact.KindOneofCase.BodyClosed)
            or (Fact.KindOneofCase.ClosingTold, Fact.KindOneofCase.ClosingNoted)
            or (Fact.KindOneofCase.SuccessionOrdered, Fact.KindOneofCase.SuccessionReceived)
            or (Fact.KindOneofCase.HandOverBegun, Fact.KindOneofCase.HandOverExpected)
            or (Fact.KindOneofCase.SuccessionTold, Fact.KindOneofCase.SuccessionNoted)
            or (Fact.KindOneofCase.AgreementContinued, Fact.KindOneofCase.AgreementContinuationReceived)
            or (Fact.KindOneofCase.AwardContinued, Fact.KindOneofCase.AwardContinuationReceived)
            or (Fact.KindOneofCase.HandedOver, Fact.KindOneofCase.TakenOver);

    /// <summary>A body asks to be closed with the last answer of those that it told, and seals its journal with the answer to that: nothing else can come between.</summary>
    private IEnumerable<Fact> AndThen(Books books) => Answer.First.KindCase switch
    {
        Fact.KindOneofCase.BodyClosed => [new Fact { JournalSealed = new JournalSealed() }],
        Fact.KindOneofCase.ClosingNoted when books.Deliveries.Awaiting.Sum(body => books.Deliveries.AllUnanswered(body).Count()) == 1
            && books.Deliveries.ExpectedSequence(Answer.Sender, Answer.FirstId.Epoch) > (long)Answer.First.ClosingNoted.LastSequence => CloseBody.GoOn(books, Answer.Sender),
        _ => [],
    };

    /// <summary>What of a claim the recipient had sent back before. Of what is no claim: nothing. Below zero: it recorded what was never claimed.</summary>
    private long LeftOff(Books books, SentDelivery sent) => Answer.First.ClawbackRecorded is not { } recorded ? 0
        : Pence.IsAmount(recorded.AmountPence) ? books.Clawbacks[sent.Subject].AmountPence - recorded.AmountPence
        : -1;

    private Fact Settled(Books books, long leftOff) => new()
    {
        DeliverySettled = new DeliverySettled
        {
            Delivery = new Addressed { Body = Answer.Sender, Sequence = (ulong)Answer.Sequence },
            Answer = ToAnswerRef(Answer),
            Refusal = Answer.First.AwardAmendmentLapsed is not null ? DeliveryRefusal.AmendmentLapsed : Answer.First.DeliveryRefused?.Reason ?? DeliveryRefusal.Unspecified,
            LeftOffPence = leftOff,
            LastSequence = LastSequence,
            Epoch = IsEarlier(books) ? Epoch!.Value : 0,
        },
    };

    internal static AnswerRef ToAnswerRef(Delivery answer) => new()
    {
        Entry = answer.FirstId.ToRef(),
        LeafHashes = { answer.Entries.Select(entry => Google.Protobuf.ByteString.CopyFrom(entry.LeafHash)) },
    };

    private Decision Contradicts() => Decision.Refuse(
        RecordAnswerRefusal.AnswerContradicts, $"What {Answer.Sender} answered to delivery {Answer.Sequence} does not answer what was sent.",
        ("sequence", $"{Answer.Sequence}"));
}
