namespace FundingFlows.Ledger;

/// <summary>What facts about interests in payees change in the books.</summary>
internal static class InterestFacts
{
    public static void Declare(Books books, EntryId at, Entry entry) =>
        books.Interests.Declare(new Interest(at, entry.Actor, entry.Fact.InterestDeclared.Payee));

    public static void End(Books books, EntryId at, Entry entry) => books.Interests.End(at, entry.Actor, entry.Fact.InterestEnded.Payee);
}
