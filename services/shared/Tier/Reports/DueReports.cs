using FundingFlows.Contracts.Reports.V1;

namespace FundingFlows.Tiers;

/// <summary>What reports that are due look like to who asks for them.</summary>
public static class DueReports
{
    /// <summary>The day that was asked about. Where none was, today: it decides nothing, for rules of money are told their day.</summary>
    public static DateOnly Day(Fields fields, Google.Type.Date? asked, TimeProvider time) =>
        asked is null ? DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime) : fields.Date("on", asked);

    /// <summary>In the order in which a body's come. No name has a character as low as a space.</summary>
    public static string Key(OwedReport owed) => $"{owed.Fund} {owed.Body}";

    public static ReportDue View(OwedReport owed) => new()
    {
        Fund = owed.Fund,
        Body = owed.Body,
        FirstDay = owed.Next.First.ToDate(),
        LastDay = owed.Next.Last.ToDate(),
        DueOn = owed.Next.DueOn.ToDate(),
        Overdue = owed.IsOverdue,
        HoldsBack = owed.HoldsBack,
        ToldUpTo = owed.ToldUpTo?.ToDate(),
    };
}
