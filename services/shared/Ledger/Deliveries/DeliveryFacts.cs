namespace FundingFlows.Ledger;

/// <summary>What facts about deliveries and the answers to them change in the books.</summary>
internal static class DeliveryFacts
{
    /// <summary>The sender has its answer: what was refused is marked so, what was a report is acknowledged.</summary>
    public static void Apply(Books books, DeliverySettled fact)
    {
        var sent = fact.Epoch == 0 ? books.Deliveries.Settled(fact.Delivery.Body, (long)fact.Delivery.Sequence, fact.Answer)
            : books.Deliveries.Settled(fact.Delivery.Body, fact.Epoch, (long)fact.Delivery.Sequence, fact.Answer);
        var refused = fact.Refusal != DeliveryRefusal.Unspecified;
        switch (sent.Kind)
        {
            case Fact.KindOneofCase.AgreementProposed or Fact.KindOneofCase.AgreementAccepted or Fact.KindOneofCase.AgreementContinued when refused:
                books.Agreements[sent.Subject].Refused();
                break;
            case Fact.KindOneofCase.AwardOffered or Fact.KindOneofCase.AwardAccepted or Fact.KindOneofCase.AwardContinued when refused:
                books.Awards[sent.Subject].State = AwardStage.Refused;
                break;
            case Fact.KindOneofCase.AwardAmendmentOffered or Fact.KindOneofCase.AwardAmendmentAccepted:
                AmendmentFacts.Settled(books, sent, refused);
                break;
            case Fact.KindOneofCase.CustodyProposed or Fact.KindOneofCase.CustodyAccepted when refused:
                books.Custodies[sent.Subject].Refused();
                break;
            case Fact.KindOneofCase.PaymentInstructed when refused:
                InstructionFacts.Return(books, books.Instructions[sent.Subject]);
                break;
            case Fact.KindOneofCase.RefusalAppealed when refused:
                books.Instructions[sent.Subject].Appeal!.Stage = AppealStage.NotTaken;
                break;
            case Fact.KindOneofCase.ClosingAsked:
                books.Ending.IsAsked = !refused;
                if (refused && !books.Ending.HasTold)
                    books.Ending.LastDay = null;
                break;
            case Fact.KindOneofCase.ClosingTold:
                books.Ending.Knows(fact.Delivery.Body, fact.Answer.Entry.Epoch, (long)fact.LastSequence);
                break;
            case Fact.KindOneofCase.SuccessionOrdered when refused:
                books.Registrations[fact.Delivery.Body].Succession = null;
                break;
            case Fact.KindOneofCase.SuccessionTold:
                books.Vesting!.Told[fact.Delivery.Body].Last = (fact.Answer.Entry.Epoch, (long)fact.LastSequence);
                break;
            case Fact.KindOneofCase.HandedOver:
                SuccessionFacts.Answered(books, sent.Subject, EntryId.From(fact.Answer.Entry), refused);
                break;
            case Fact.KindOneofCase.ClawbackClaimed:
                var claim = books.Clawbacks[sent.Subject];
                claim.IsRefused = refused;
                claim.WithdrawnPence = Math.Min(claim.AmountPence, claim.WithdrawnPence + fact.LeftOffPence);
                break;
            case Fact.KindOneofCase.ReportSubmitted:
                books.Reports.Answered(sent.Subject, !refused);
                break;
        }
    }
}
