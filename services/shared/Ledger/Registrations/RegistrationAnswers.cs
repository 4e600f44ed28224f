namespace FundingFlows.Ledger;

/// <summary>How a registering body answers what those that it vouches for ask of it.</summary>
internal static class RegistrationAnswers
{
    /// <summary>What a body says of its own end is believed, whoever it is: it binds nobody else.</summary>
    public static Decision ToTelling(Books books, Delivery delivery) =>
        delivery.TryFact(fact => fact.ClosingTold, out var told) && Dates.TryFrom(told.LastDay, out _)
            ? Decision.Accept(new Fact
            {
                ClosingNoted = new ClosingNoted { Delivery = delivery.ToRef(), LastSequence = (ulong)books.Deliveries.NextSequence(delivery.Sender) - 1 },
            })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);

    public static Decision ToClosing(Books books, Delivery delivery)
    {
        if (!delivery.TryFact(fact => fact.ClosingAsked, out var asked) || !Dates.TryFrom(asked.LastDay, out _) || books.Registrations.GetValueOrDefault(delivery.Sender) is not { IsClosed: false })
            return DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
        return books.StillSucceeded(delivery.Sender) is null
            ? Decision.Accept(new Fact { BodyClosed = new BodyClosed { Delivery = delivery.ToRef(), Body = delivery.Sender, LastDay = asked.LastDay } })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.StillTakingOver);
    }
}
