using static FundingFlows.Audit.Tests.ForgedFederation;

namespace FundingFlows.Audit.Tests;

/// <summary>Lies in reports: totals, lines, roots, sizes, and what is said of reports below.</summary>
internal static class ReportLies
{
    public static IReadOnlyDictionary<string, ToldLie> All { get; } = new Dictionary<string, ToldLie>
    {
        ["a report with another total"] = new(federation => Report(federation, report => report.Totals.SpentPence++), [Check.ReportsRecomputed]),
        ["a report with another line"] = new(federation => Report(federation, report => report.Lines[0].CashPence++), [Check.ReportsRecomputed]),
        ["a report that owes another amount"] = new(federation => Report(federation, report => report.OwedPence++), [Check.ReportsRecomputed]),
        ["a report without a line"] = new(federation => Report(federation, report => report.Lines.RemoveAt(0)), [Check.ReportsRecomputed]),
        ["a report that divides its money among other lots"] = new(federation => Report(federation, report => report.Lots[0].Lot.Index++), [Check.ReportsRecomputed]),
        ["a report over another root"] = new(federation => Report(federation, report => report.JournalRoot = report.JournalRoot.Altered()), [Check.ReportsRecomputed]),
        ["a report over another size"] = new(federation => Report(federation, report => report.JournalSize--), [Check.ReportsRecomputed]),
        ["a report that names an agent that there is not"] = new(federation => Report(federation, report => report.Agent = Central), [Check.ReportsRecomputed]),
        ["a report of what was never paid as agent"] = new(
            federation => Report(federation, report => report.PaidAsAgent.Add(new PaidAsAgent { Principal = Forum, PaidPence = 1 })), [Check.ReportsRecomputed]),
        ["a report that hides what was paid as agent"] = new(HiddenAgency, [Check.ReportsRecomputed]),
        ["a report that makes a report below it say more"] = new(FalseChild, [Check.ReportsRecomputed]),
        ["a report of another report below it"] = new(OtherChild, [Check.ReportsRecomputed]),
    };

    private static string Report(ForgedFederation federation, Action<ReportSubmitted> change)
    {
        federation.PlayFourTiers();
        var report = federation[Council].Write(new SubmitReport(FundId, Region), fact => change(fact.ReportSubmitted));
        federation.Carry();
        return $"Report {report} ";
    }

    private static string HiddenAgency(ForgedFederation federation)
    {
        federation.PlayFourTiers();
        federation.Execute(federation.Instruct(10_00));
        federation.Carry();
        var report = federation[Council].Write(new SubmitReport(FundId, Region), fact => fact.ReportSubmitted.PaidAsAgent.Clear());
        federation.Carry();
        return $"Report {report} ";
    }

    private static string FalseChild(ForgedFederation federation) => Child(federation, child => child.Totals.SpentPence++, report => report.Totals.SpentPence++);

    private static string OtherChild(ForgedFederation federation) => Child(federation, child => child.LeafHash = child.LeafHash.Altered(), _ => { });

    private static string Child(ForgedFederation federation, Action<ChildReport> change, Action<ReportSubmitted> accordingly)
    {
        federation.PlayFourTiers();
        var below = federation[Forum].Do(new SubmitReport(FundId, Council));
        federation.Carry();
        federation[Council].Write(new SubmitReport(FundId, Region), fact =>
        {
            change(fact.ReportSubmitted.Children.Single());
            accordingly(fact.ReportSubmitted);
        });
        federation.Carry();
        return $"contains {below} otherwise";
    }
}
