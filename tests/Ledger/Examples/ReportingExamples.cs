using static FundingFlows.Ledger.Tests.ExampleTown;

namespace FundingFlows.Ledger.Tests;

/// <summary>The examples of reports.</summary>
public sealed class ReportingExamples
{
    private readonly ExampleTown town = new();

    [Fact]
    [Plays("Reports")]
    public void Reports_ToTwoFunders_DivideTheMoneyBetweenThem()
    {
        town.Federation.Releases(town.Department, town.Promises(town.Department, town.Region, 20_000), 0, Pounds(20_000));
        town.Federation.Releases(town.Region, town.Promises(town.Region, town.Council, 5_000), 0, Pounds(5_000));
        town.Federation.Releases(town.Department, town.Promises(town.Department, town.Council, 3_000), 0, Pounds(3_000));
        var given = Pounds(6_000);
        town.Federation.Releases(town.Council, town.Promises(town.Council, town.Forum, 6_000), 0, given);
        town.Forum.Do(town.Forum.Payment(town.Fund, given, Kind.Capital));
        town.Forum.Do(new SubmitReport(town.Fund, town.Council.Id));
        town.Federation.Settle();
        foreach (var funder in new[] { town.Region, town.Department })
            town.Council.Do(new SubmitReport(town.Fund, funder.Id));
        town.Federation.Settle();

        var region = Assert.Single(town.Region.Books.Reports.Latest(town.Fund));
        var department = Assert.Single(town.Department.Books.Reports.Latest(town.Fund));
        MoneyPage.MustShow(
            "Reports", region.Lines.Sum(line => line.ReceivedPence), department.Lines.Sum(line => line.ReceivedPence), given, region.Totals.SpentPence,
            department.Totals.SpentPence, department.Totals.HeldPence);
        Assert.Equal(0, region.Totals.HeldPence);
    }

    [Fact]
    [Plays("Money that waits for a report")]
    public void Money_WhoseTermsAskForReports_WaitsForOneThatIsOverdue()
    {
        town.Council.Do(Write.Fund("told", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = FundRules.None with { Reporting = new ReportingRule(3, 30) } });
        town.Council.Issues("council.told", Pounds(10_000));
        town.Federation.Agrees(town.Council, town.Forum);
        var award = town.Federation.Awards(town.Council, town.Forum, "council.told", Write.Promise(2026, Kind.Revenue, Pounds(6_000)));
        var (first, more, last) = (Pounds(2_000), Pounds(1_000), Pounds(1_500));
        ReleaseFunds Release(long pence, DateOnly on) => town.Council.Release(award, 0, pence) with { On = on };
        town.Council.Do(Release(first, new DateOnly(2026, 4, 20)));
        town.Council.Do(Release(more, new DateOnly(2026, 7, 30)));
        town.Federation.Settle();
        var refused = town.Council.Decide(Release(last, new DateOnly(2026, 7, 31)));
        town.Forum.Do(new SubmitReport("council.told", town.Council.Id, new DateOnly(2026, 6, 30)));
        town.Federation.Settle();
        town.Council.Do(Release(last, new DateOnly(2026, 8, 4)));
        town.Federation.Settle();

        MoneyPage.MustQuote("Money that waits for a report", refused);
        MoneyPage.MustShow("Money that waits for a report", Pounds(10_000), Pounds(6_000), first, more, last, town.Forum.Balance(Account.Received));
    }
}
