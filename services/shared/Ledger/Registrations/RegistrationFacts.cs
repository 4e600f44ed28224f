namespace FundingFlows.Ledger;

/// <summary>What facts about registrations of bodies, their keys and the end of their journals change in the books.</summary>
internal static class RegistrationFacts
{
    public static void Apply(Books books, BodyRegistered fact) => books.Registrations.Add(fact.Body, new Registrant(fact));

    public static void Apply(Books books, KeyRotated fact) => books.Registrations[fact.Body].Rotate(fact);

    public static void Apply(Books books, EntryId at, ClosingAsked fact)
    {
        (books.Ending.IsAsked, books.Ending.LastDay) = (true, Dates.From(fact.LastDay));
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.ClosingAsked, at);
    }

    public static void Apply(Books books, EntryId at, ClosingTold fact)
    {
        (books.Ending.HasTold, books.Ending.LastDay) = (true, Dates.From(fact.LastDay));
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.ClosingTold, at);
    }

    public static void Apply(Books books, ClosingNoted fact) => books.Closed.Add(fact.Delivery.Entry.Body);

    public static void Apply(Books books, BodyClosed fact) => books.Registrations[fact.Body].IsClosed = true;

    public static void Apply(Books books, JournalSealed _) => books.Ending.IsSealed = true;
}
