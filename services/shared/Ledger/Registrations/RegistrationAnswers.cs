namespace FundingFlows.Ledger;

/// <summary>How a registering body answers what those that it vouches for ask of it.</summary>
internal static class RegistrationAnswers
{
    public static Decision ToClosing(Books books, Delivery delivery) =>
        delivery.TryFacts(fact => fact.ClosingAsked, out var facts) && facts is [{ } asked] && Dates.TryFrom(asked.LastDay, out _)
        && books.Registrations.GetValueOrDefault(delivery.Sender) is { IsClosed: false }
            ? Decision.Accept(new Fact { BodyClosed = new BodyClosed { Delivery = delivery.ToRef(), Body = delivery.Sender, LastDay = asked.LastDay } })
            : DeliveredFacts.Refused(delivery, DeliveryRefusal.Malformed);
}
