namespace FundingFlows.Ledger.Tests;

/// <summary>A payment of a council that was abolished comes back to its successor, and follows the merges of its own money there.</summary>
public sealed class TakenOverRefundTests
{
    private const string Successor = "E06000021";
    private readonly Stage stage = new();

    [Fact]
    public void Refund_OfAPaymentThatWasTakenOver_FollowsOnlyTheMergesSinceItWas()
    {
        var wide = stage.Government.Opens("open", Write.Share(Kind.Revenue, 10_000));
        var pot = stage.Government.OpensPot("pot", [wide], Write.Share(Kind.Revenue, 10_000));
        stage.Government.Issues(pot, 5_000);
        Fund(stage.Council, pot);
        var paid = stage.Council.Do(stage.Council.Payment(pot, 800));
        var order = stage.Ordering();
        var here = stage.Federation[Successor];
        stage.Federation.Agrees(stage.Government, here);
        Fund(here, pot);
        Promise(here, wide);
        while (here.Books.Size <= paid.Index)
            here.Do(new RegisterProject(Write.Project()));
        var before = here.Merges(pot, wide)[0].Id.Entry;
        Assert.True(before.Index > paid.Index);
        stage.Government.Do(order);
        stage.Federation.Ends(stage.Council, [.. stage.Council.Books.Projects.All.Select(project => ($"{project.Id}", Successor))]);
        var free = here.Books.Lots.RemainingPence(pot);

        here.Do(new RefundPayment(paid, null, 300));
        Assert.Equal((free + 300, 1_000), (here.Books.Lots.RemainingPence(pot), here.Books.Lots.RemainingPence(wide)));
        here.Merges(pot, wide);
        here.Do(new RefundPayment(paid, null, 500));

        Assert.Equal((0, 1_000 + free + 800), (here.Books.Lots.RemainingPence(pot), here.Books.Lots.RemainingPence(wide)));
        Assert.Equal([pot, wide], here.Books.Lots.All[^1].Terms.Select(terms => terms.Fund));
        Assert.Equal(Dump.Of(here.Books), Dump.Of(Replay.Of(here)));
        stage.Federation.MustHold();
    }

    /// <summary>£10 of a fund comes to a body.</summary>
    private void Fund(TestBody body, string fund) => stage.Federation.Releases(stage.Government, Promise(body, fund), 0, 1_000);

    private EntryId Promise(TestBody body, string fund) => stage.Federation.Awards(stage.Government, body, fund, Write.Promise(2026, Kind.Revenue, 1_000));
}
