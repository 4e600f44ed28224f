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
}
