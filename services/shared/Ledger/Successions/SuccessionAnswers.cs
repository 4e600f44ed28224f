namespace FundingFlows.Ledger;

/// <summary>How bodies answer what they are told of a succession. What a predecessor says of its own is believed only as its registrar ordered it.</summary>
internal static class SuccessionAnswers
{
    /// <summary>The predecessor takes the order of the body that registered it, once.</summary>
    public static Decision ToOrder(Books books, Delivery delivery) =>
        delivery.TryFact(fact => fact.SuccessionOrdered, out var ordered)
        && delivery.Sender == books.Registrar && !books.IsEnding
        && Succession.TryFrom(delivery.FirstId.ToRef(), ordered.Terms, out var succession) && succession.Predecessor == books.Body
            ? Decision.Accept(new Fact { SuccessionReceived = new SuccessionReceived { Delivery = delivery.ToRef(), Order = succession.Order.ToRef(), Terms = succession.Terms } })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    public static Decision ToBeginning(Books books, Delivery delivery, Succession? ordered)
    {
        if (ordered is null)
            return NotSeen(books, delivery);
        return delivery.TryFact(fact => fact.HandOverBegun, out var begun)
            && Succession.TryFrom(begun.Order, begun.Terms, out var succession) && succession == ordered
            && succession.Predecessor == delivery.Sender && succession.Successors.Contains(books.Body) && AgreementBook.AreWellFormed(begun.Predecessors)
                ? Decision.Accept(new Fact { HandOverExpected = new HandOverExpected { Delivery = delivery.ToRef(), Order = begun.Order, Terms = begun.Terms, Predecessors = { begun.Predecessors } } })
                : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
    }

    /// <summary>A partner of the predecessor notes who stands in its place; where it funded it, it funds the successors.</summary>
    public static Decision ToTelling(Books books, Delivery delivery, Succession? ordered, EntryId next)
    {
        if (ordered is null)
            return NotSeen(books, delivery);
        if (!delivery.TryFact(fact => fact.SuccessionTold, out var told)
            || !Succession.TryFrom(told.Order, told.Terms, out var succession) || succession != ordered || succession.Predecessor != delivery.Sender
            || (told.Taker.Length > 0 && !succession.Successors.Contains(told.Taker)))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        var noted = new Fact
        {
            SuccessionNoted = new SuccessionNoted
            {
                Delivery = delivery.ToRef(),
                Order = told.Order,
                Terms = told.Terms,
                Taker = told.Taker,
                LastSequence = (ulong)books.Deliveries.NextSequence(delivery.Sender) - 1,
            },
        };
        return Decision.Accept([noted, .. new Continuing(books, delivery, succession, next with { Index = next.Index + 1 }).Facts()]);
    }

    public static Decision ToAgreement(Books books, Delivery delivery) =>
        delivery.TryFact(fact => fact.AgreementContinued, out var continued) && books.Inheritances.ContainsKey(continued.Predecessor)
        && Enum.IsDefined(continued.Basis) && AgreementBook.AreWellFormed(continued.FundersAbove) && books.Agreements.Find(delivery.FirstId) is null
            ? Decision.Accept(new Fact
            {
                AgreementContinuationReceived = new AgreementContinuationReceived
                {
                    Delivery = delivery.ToRef(),
                    Agreement = delivery.FirstId.ToRef(),
                    Basis = continued.Basis,
                    FundersAbove = { continued.FundersAbove },
                    Suspended = continued.Suspended,
                    Ended = continued.Ended,
                },
            })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    public static Decision ToAward(Books books, Delivery delivery)
    {
        if (!delivery.TryFact(fact => fact.AwardContinued, out var continued) || !books.Inheritances.ContainsKey(continued.Predecessor) || !EntryId.TryFrom(continued.Agreement, out var under)
            || !EntryId.TryFrom(continued.Continues, out var before) || books.Awards.ContinuationOf(before) is not null
            || !AwardForm.IsWellFormed(continued.Terms, continued.EarlierTerms, continued.Promises, continued.ReleasedPence))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        if (books.Agreements.Find(under) is not { WasInForce: true } agreement || agreement.Funder != delivery.Sender)
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NoAgreement);
        if (continued.EarlierTerms.Prepend(continued.Terms).Any(terms => BelievedTerms.Contradict(books, terms)))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.TermsContradict);
        return Decision.Accept(new Fact
        {
            AwardContinuationReceived = new AwardContinuationReceived
            {
                Delivery = delivery.ToRef(),
                Award = delivery.FirstId.ToRef(),
                Continues = continued.Continues,
                Agreement = continued.Agreement,
                Terms = continued.Terms,
                EarlierTerms = { continued.EarlierTerms },
                Promises = { continued.Promises },
                ReleasedPence = { continued.ReleasedPence },
            },
        });
    }

    public static Decision ToThing(Books books, Delivery delivery)
    {
        if (!books.Inheritances.ContainsKey(delivery.Sender))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.NoAgreement);
        if (!delivery.TryFact(fact => fact.HandedOver, out var handed) || handed.Thing is not { } thing || !Inheriting.CanTake(books, thing))
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        return thing.ThingCase == InHand.ThingOneofCase.Payment ? InheritedMoney.ToPayment(books, delivery, thing)
            : Inheriting.TermsOf(thing).Any(terms => BelievedTerms.Contradict(books, terms))
            ? DeliveredFacts.Refused(delivery, DeliveryRefusal.TermsContradict)
            : Decision.Accept(new Fact { TakenOver = new TakenOver { Delivery = delivery.ToRef(), Thing = thing } });
    }

    private static Decision NotSeen(Books books, Delivery delivery) => Decision.Refuse(
        ReceiveDeliveryRefusal.SuccessionNotSeen, $"{books.Body} has not seen that others were ordered to take over from {delivery.Sender}.", ("body", delivery.Sender));
}
