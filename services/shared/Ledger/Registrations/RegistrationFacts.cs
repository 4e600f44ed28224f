namespace FundingFlows.Ledger;

internal static class RegistrationFacts
{
    public static void Apply(Books books, BodyRegistered fact) => books.Registrations.Add(fact.Body, new Registrant(fact));

    public static void Apply(Books books, KeyRotated fact) => books.Registrations[fact.Body].Rotate(fact);

    public static void Apply(Books books, EntryId at, ClosingAsked fact)
    {
        books.Ending.IsAsked = true;
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.ClosingAsked, at);
    }

    public static void Apply(Books books, BodyClosed fact) => books.Registrations[fact.Body].IsClosed = true;

    public static void Apply(Books books, JournalSealed _) => books.Ending.IsSealed = true;
}
