namespace FundingFlows.Ledger.Tests;

/// <summary>Money that goes up and comes down again keeps every ring-fence on the way, and restores no promise.</summary>
public sealed class RepaidAndReleasedAgainTests
{
    private readonly Stage stage = new();

    public RepaidAndReleasedAgainTests() => stage.Federation.Repays(stage.Forum, stage.ForumAward, 6_000);

    [Fact]
    public void MoneyForForums_RepaidToACouncil_CannotBeSpentByIt()
    {
        stage.Council.Do(stage.Council.Payment(stage.Fund, 8_000));

        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Run(stage.Council.Payment(stage.Fund, 1)));
    }

    [Fact]
    public void MoneyForForums_RepaidToTheTop_CannotComeDownWithoutItsEarmark()
    {
        stage.Federation.Repays(stage.Council, stage.CouncilAward, 30_000);
        // All that is left of what was issued as revenue for anybody goes elsewhere first.
        stage.Federation.Agrees(stage.Government, stage.Stranger);
        var other = stage.Federation.Awards(stage.Government, stage.Stranger, stage.Fund, Write.Promise(2026, Kind.Revenue, 100_000));
        stage.Federation.Releases(stage.Government, other, 0, 25_000);

        Refused.MustBe(ReleaseFundsRefusal.KeptForSomethingElse, stage.Government.Run(stage.Government.Release(other, 0, 1)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Promise_OfWhichMoneyCameBack_IsNotRestored()
    {
        stage.Federation.Releases(stage.Council, stage.ForumAward, 0, 9_000);

        Refused.MustBe(ReleaseFundsRefusal.PromiseExceeded, stage.Council.Run(stage.Council.Release(stage.ForumAward, 0, 1)));
    }

    [Fact]
    public void Window_OfMoneyThatCameBack_IsAsItWasIssued()
    {
        var back = stage.Council.Books.Lots.All[^1];

        Assert.Equal(Write.ThreeYears, back.Line.Years);
        Assert.Equal(EarmarkSet.Of([Write.Led]), back.Line.Earmarks);
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Run(stage.Council.Payment(stage.Fund, 100).In(2029)));
    }
}
