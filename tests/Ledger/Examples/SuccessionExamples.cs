namespace FundingFlows.Ledger.Tests;

/// <summary>The example of a body that is abolished.</summary>
public sealed class SuccessionExamples
{
    private readonly Stage stage = new();

    [Fact]
    [Plays("When a body is abolished")]
    public void Council_Abolished_HandsOverWhatItHoldsAndWhatWasOnItsWay()
    {
        var held = stage.Council.Balance(Account.Cash);
        stage.Government.Do(stage.Ordering());
        stage.Government.Sends(stage.CouncilAward, Stage.Capital, 5_000);
        var coming = stage.Government.Balance(Account.InTransit);
        stage.Federation.Settle();
        var refused = stage.Council.Decide(Write.Fund("late", [Write.Share(Kind.Either, 10_000)]));
        stage.Federation.Ends(stage.Council);

        TestBody[] successors = [stage.Federation["E06000021"], stage.Federation["E06000022"]];
        long Of(TestBody body, Kind kind, bool kept) => body.Books.Lots.All.Where(lot => lot.Line.Kind == kind && lot.Line.Earmarks.Count > 0 == kept).Sum(lot => lot.RemainingPence);
        long[] Row(Kind kind, bool kept) => With([.. successors.Select(body => Of(body, kind, kept))]);
        MoneyPage.MustShow(
            "When a body is abolished",
            [
                held, coming, coming, .. Row(Kind.Revenue, false), .. Row(Kind.Revenue, true), coming, .. Row(Kind.Capital, false),
                .. With([.. successors.Select(body => body.Balance(Account.Cash))]),
            ]);
        MoneyPage.MustQuote("When a body is abolished", refused);
        var inventory = stage.Federation.InventoryOf(stage.Council);
        Assert.Equal((held, held + coming), (inventory.HeldPence, inventory.ReceivedPence));
        Assert.Empty(inventory.Findings());
        stage.Federation.MustHold();
    }

    private static long[] With(long[] shares) => [shares.Sum(), .. shares];
}
