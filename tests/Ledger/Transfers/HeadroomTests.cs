namespace FundingFlows.Ledger.Tests;

/// <summary>What is left of a promise: releases use it up, reversals give it back, repayments do not.</summary>
public sealed class HeadroomTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Promise_ReleasedInParts_LeavesWhatWasNotReleased()
    {
        Assert.Equal((10_000, 30_000), Capital(stage.Government));

        stage.Government.Sends(stage.CouncilAward, Stage.Capital, 29_999);
        Assert.Equal((39_999, 1), Capital(stage.Government));
        // The recipient counts what has come.
        Assert.Equal((10_000, 30_000), Capital(stage.Council));
        Refused.MustBe(ReleaseFundsRefusal.PromiseExceeded, stage.Government.Decide(stage.Government.Release(stage.CouncilAward, Stage.Capital, 2)));

        stage.Government.Sends(stage.CouncilAward, Stage.Capital, 1);
        stage.Federation.Settle();
        Assert.Equal((40_000, 0), Capital(stage.Government));
        Assert.Equal((40_000, 0), Capital(stage.Council));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Promise_OfOneYear_LeavesThatOfAnotherAlone()
    {
        stage.Government.Sends(stage.CouncilAward, Stage.NextYear, 1_000);

        var promises = stage.Government.Books.Awards.Find(stage.CouncilAward)!.Promises;
        Assert.Equal([10_000L, 8_000L, 12_000L, 1_000L], promises.Select(promise => promise.ReleasedPence));
        Assert.Equal(40_000 + 20_000 + 25_000 + 1_000 - 31_000, stage.Government.Books.Awards.CommittedPence("GOV", stage.Fund));
    }

    [Fact]
    public void Promise_WhoseMoneyWasRepaid_IsNotRestored()
    {
        stage.Federation.Releases(stage.Government, stage.CouncilAward, Stage.Capital, 30_000);
        stage.Federation.Repays(stage.Council, stage.CouncilAward, 20_000);

        Assert.Equal((40_000, 0), Capital(stage.Government));
        Assert.Equal((40_000, 0), Capital(stage.Council));
        Refused.MustBe(ReleaseFundsRefusal.PromiseExceeded, stage.Government.Decide(stage.Government.Release(stage.CouncilAward, Stage.Capital, 1)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Promise_WhoseMoneyWasRefused_IsRestored()
    {
        stage.Federation.FillsUp(stage.Council);
        stage.Government.Sends(stage.CouncilAward, Stage.Capital, 30_000);
        Assert.Equal((40_000, 0), Capital(stage.Government));

        stage.Federation.Settle();

        Assert.Equal((10_000, 30_000), Capital(stage.Government));
        Assert.Equal((10_000, 30_000), Capital(stage.Council));
        Assert.NotEmpty(stage.Government.Decide(stage.Government.Release(stage.CouncilAward, Stage.Capital, 30_000)).Facts);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Offers_ThatCouldAllBeAccepted_AreCountedAgainstWhatAccountsHold()
    {
        const long Half = Pence.Most / 2;
        OfferAward Offer(long pence) => new(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, pence)]);
        var committed = stage.Government.Books.Awards.CommittedPence("GOV", stage.Fund);

        var first = stage.Government.Do(Offer(Half));
        Refused.MustBe(OfferAwardRefusal.TotalTooLarge, stage.Government.Decide(Offer(Half - committed + 1)));
        Assert.NotEmpty(stage.Government.Decide(Offer(Half - committed)).Facts);
        Assert.Equal(committed, stage.Government.Books.Awards.CommittedPence("GOV", stage.Fund));

        // Declined, it is no promise any more.
        stage.Federation.Settle();
        stage.Council.Do(new AnswerAward(first, false));
        stage.Federation.Settle();
        Assert.NotEmpty(stage.Government.Decide(Offer(Pence.Most - committed)).Facts);
    }

    private (long Released, long Left) Capital(TestBody body)
    {
        var promise = body.Books.Awards.Find(stage.CouncilAward)!.Promises[Stage.Capital];
        return (promise.ReleasedPence, promise.LeftPence);
    }
}
