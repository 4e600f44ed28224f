namespace FundingFlows.Ledger.Tests;

/// <summary>What a body is told when an amount cannot be drawn.</summary>
public sealed class ShortageTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Shortage_OfMoneyThatIsNotHere_SaysHowMuchCouldBeUsed()
    {
        var refusal = stage.Council.Decide(stage.Council.Payment(stage.Fund, 24_001)).Refusal!;

        Assert.Equal("There is not enough money: £80 of Better Places could be used; £240.01 was asked for.", refusal.Sentence);
        Assert.Equal(new Dictionary<string, string> { ["usable_pence"] = "8000", ["wanted_pence"] = "24001" }, refusal.Details);
        Assert.True(refusal.LaterMayHelp);
    }

    [Fact]
    public void Shortage_OfMoneyKeptForSomethingElse_NamesTheLargestRingFence()
    {
        var refusal = stage.Council.Decide(stage.Council.Payment(stage.Fund, 24_000)).Refusal!;

        Assert.Equal(
            "£100 of Better Places is kept for capital (things that last), so it cannot be used for this. £80 could be used; £240 was asked for.", refusal.Sentence);
        Assert.Equal("kind", refusal.Details["ring_fence"]);
        Assert.Equal("10000", refusal.Details["kept_pence"]);
    }

    [Fact]
    public void Shortage_OfMoneyKeptForForums_SaysSo()
    {
        stage.Council.Do(stage.Council.Payment(stage.Fund, 10_000, Kind.Capital));

        var refusal = stage.Council.Decide(stage.Council.Payment(stage.Fund, 8_001)).Refusal!;

        Assert.Equal(
            "£60 of Better Places is kept for neighbourhood-led (neighbourhood forums), so it cannot be used for this. £80 could be used; £80.01 was asked for.",
            refusal.Sentence);
        Assert.Equal(Write.Led, refusal.Details["ring_fence"]);
    }

    [Fact]
    public void Shortage_OfMoneyInAnotherFund_SaysHowMuchIsThere()
    {
        stage.Council.Issues(stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000)), 5_000);

        var refusal = stage.Council.Decide(stage.Council.Payment(stage.Fund, 29_000)).Refusal!;

        Assert.Equal(
            "£50 that is held here is kept for other funds, so it cannot be used for Better Places. £80 could be used; £290 was asked for.", refusal.Sentence);
        Assert.Equal("fund", refusal.Details["ring_fence"]);
        Refused.MustBe(MakePaymentRefusal.NotEnoughMoney, stage.Council.Decide(stage.Council.Payment(stage.Fund, 29_001)));
    }

    [Fact]
    public void Forum_WithMoneyKeptForForums_SpendsIt()
    {
        var payment = stage.Forum.Do(stage.Forum.Payment(stage.Fund, 6_000));

        Assert.Equal(6_000, Assert.Single(stage.Forum.Books.Payments.Find(payment)!.Pieces).AmountPence);
        stage.Federation.MustHold();
    }
}
