using static FundingFlows.Ledger.Tests.ExampleTown;

namespace FundingFlows.Ledger.Tests;

/// <summary>The example of pots that are merged.</summary>
public sealed class MergingExamples
{
    private readonly ExampleTown town = new();

    [Fact]
    [Plays("Merging pots")]
    public void Pots_Merged_KeepWhereTheyCameFromAndMayGoBack()
    {
        var department = town.Department;
        department.Do(Write.Fund("small-grants", [Write.Share(Kind.Revenue, 10_000)]) with { Title = "Small Grants", Rules = new FundRules([town.Fund]) });
        var small = $"{department.Id}.small-grants";
        long[] Row() => [department.Books.Lots.RemainingPence(small), department.Books.Lots.RemainingPence(town.Fund)];
        var issued = department.Issues(small, Pounds(3_000))[0];
        var kept = department.Decide(new MergePots(town.Fund, small, null, 1));
        var before = Row();
        var bill = department.Do(department.Payment(small, Pounds(500)));
        var paid = Row();
        var merged = department.Merges(small, town.Fund)[0];
        var after = Row();
        department.Do(new RefundPayment(bill, null, Pounds(200)));
        var refunded = Row();
        Assert.Equal((issued.Id, small, Kind.Revenue, 2), (merged.Parent!.Value, merged.Origin.Fund, merged.Line.Kind, merged.Terms.Count));
        department.Merges(town.Fund, small);

        MoneyPage.MustShow(
            "Merging pots", [.. before, Pounds(500), .. paid, .. after, Pounds(200), .. refunded, Pounds(200), .. Row()]);
        MoneyPage.MustQuote("Merging pots", kept);
        town.Federation.MustHold();
    }
}
