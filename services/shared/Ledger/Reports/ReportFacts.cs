namespace FundingFlows.Ledger;

/// <summary>What facts about reports change in the books.</summary>
internal static class ReportFacts
{
    public static void Apply(Books books, EntryId at, ReportSubmitted fact)
    {
        books.Reports.Add(new SubmittedReport(at, fact));
        books.Deliveries.Sent(at, fact.To, Fact.KindOneofCase.ReportSubmitted, at);
    }

    public static void Apply(Books books, ReportReceived fact) => books.Reports.Add(fact);
}
