namespace FundingFlows.Ledger;

/// <summary>When who has money of a fund reports to its funder, and what becomes of more money while it has not.</summary>
/// <param name="EveryMonths">How long a period is: 1, 3, 6 or 12 months, from 1 April on. 0: it is not said, though something else is.</param>
/// <param name="WithinDays">How many days after its end the report is due. Null: it is not said.</param>
/// <param name="ReleasesOverdue">Whether more money is released though a report is overdue.</param>
public sealed record ReportingRule(uint EveryMonths, uint? WithinDays, bool ReleasesOverdue = false)
{
    public const uint MostDays = 366;

    /// <summary>The rule as terms state it. Null: they state none.</summary>
    public static ReportingRule? Of(FundTerms terms) => terms.HasReportEveryMonths || terms.HasReportWithinDays || terms.ReleaseWithReportOverdue
        ? new ReportingRule(terms.ReportEveryMonths, terms.HasReportWithinDays ? terms.ReportWithinDays : null, terms.ReleaseWithReportOverdue) : null;

    public bool IsWellFormed => IsPeriod(EveryMonths) && WithinDays <= MostDays;

    /// <summary>Whether periods of so many months make up a financial year.</summary>
    public static bool IsPeriod(uint months) => months is 1 or 3 or 6 or 12;

    /// <summary>The day by which the first period is to be reported on that ends on that day or later.</summary>
    public DueReport DueFrom(DateOnly day)
    {
        var months = (int)EveryMonths;
        var begun = ((day.Month + 8) % 12) / months;
        var first = new DateOnly(Years.Of(day), 4, 1).AddMonths(begun * months);
        var last = first.AddMonths(months).AddDays(-1);
        return new DueReport(first, last, last.AddDays((int)WithinDays!.Value));
    }

    internal void WriteTo(FundTerms terms)
    {
        terms.ReportEveryMonths = EveryMonths;
        if (WithinDays is { } days)
            terms.ReportWithinDays = days;
        terms.ReleaseWithReportOverdue = ReleasesOverdue;
    }
}

/// <summary>A period that is to be reported on, and the day by which.</summary>
/// <param name="First">The period's first day.</param>
/// <param name="Last">Its last day.</param>
public readonly record struct DueReport(DateOnly First, DateOnly Last, DateOnly DueOn);
