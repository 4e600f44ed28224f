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

    [Fact]
    [Plays("What goes whole to one successor")]
    public void Council_Abolished_HandsOverWholeWhatCannotBeShared()
    {
        const string Heading = "What goes whole to one successor";
        var (council, revenue) = (stage.Council, stage.Council.Books.Lots.All.Where(lot => lot.Line.Kind == Kind.Revenue && lot.Line.Earmarks.Count == 0).Sum(lot => lot.FreePence));
        var paid = council.Do(council.Payment(stage.Fund, 800));
        var aside = council.Do(council.Reservation(stage.Fund, 700));
        var owed = council.Do(council.Liability(stage.Fund, 900));
        council.Do(council.Payment(stage.Fund, 6_000, Kind.Capital));
        var claim = stage.Claims(5_000, Kind.Capital);
        var held = council.Books.Holds.Find(council.Books.Clawbacks.Find(claim)!.RecordedBy!.Value)!.AmountPence;
        stage.Government.Do(stage.Ordering());
        stage.Federation.Ends(council);

        var (first, second) = (stage.Federation["E06000021"], stage.Federation["E06000022"]);
        long[] Both(Func<TestBody, long> of) => [of(first), of(second)];
        long[] table =
        [
            .. Both(body => body.Books.Payments.Find(paid)?.AmountPence ?? 0), .. Both(body => body.Books.Holds.Find(aside)?.AmountPence ?? 0), .. Both(body => body.Books.Holds.Find(owed)?.AmountPence ?? 0),
            .. Both(body => body.Books.Lots.All.Where(lot => lot.Line.Kind == Kind.Revenue && lot.Line.Earmarks.Count == 0).Sum(lot => lot.FreePence)),
        ];
        first.Do(first.Payment(stage.Fund, 900) with { OutOf = owed });
        first.Do(first.Payment(stage.Fund, 500) with { OutOf = aside });
        first.Do(new RefundPayment(paid, null, 300));
        var refused = second.Decide(second.Payment(stage.Fund, 200) with { OutOf = aside });

        MoneyPage.MustShow(
            Heading,
            [
                revenue, 800, 700, 900, .. table, 900, 500, 300, 800, 5_000, held,
                .. stage.Government.Books.Clawbacks.All.Where(one => one.Id != claim).Select(one => one.OwedPence),
            ]);
        MoneyPage.MustQuote(Heading, refused);
        Assert.Equal(held, stage.Government.Balance(Account.Returned));
        Assert.Empty(stage.Federation.InventoryOf(council).Findings());
        stage.Federation.MustHold();
    }

    private static long[] With(long[] shares) => [shares.Sum(), .. shares];
}
