namespace FundingFlows.Ledger.Tests;

/// <summary>What is promised, released and spent for each year, and that it adds up.</summary>
public sealed class SettlementTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Year_OfABodyInTheMiddle_ShowsWhatComesGoesOnAndIsSpent()
    {
        stage.Council.Do(stage.Council.Payment(stage.Fund, 3_000));
        var refunded = stage.Council.Do(stage.Council.Payment(stage.Fund, 2_000));
        stage.Council.Do(new RefundPayment(refunded, null, 500));

        var years = Settlement.Of(stage.Council.Books, stage.Fund);

        Assert.Equal(
            [
                new SettledYear(2026, new PromisedYear(85_000, 30_000, 0), new PromisedYear(15_000, 6_000, 0), 4_500),
                new SettledYear(2027, new PromisedYear(1_000, 0, 0), default, 0),
            ],
            years);
        Assert.Equal((55_000, 9_000), (years[0].ToBody.ToMovePence, years[0].ByBody.ToMovePence));
        AddsUp(stage.Council);
    }

    /// <summary>What one promises is what the other is promised, year by year, also when it was amended; what lapsed with the year is known to who promised.</summary>
    [Fact]
    public void Years_AtBothEndsOfAnAmendedAward_AreTheSame()
    {
        stage.Accepts(stage.Amends(Amendments.Raised));
        stage.Federation.Settle();
        Assert.Equal(Settlement.Of(stage.Government.Books, stage.Fund).Select(year => (year.Year, year.ByBody)), Settlement.Of(stage.Council.Books, stage.Fund).Select(year => (year.Year, year.ToBody)));
        Assert.Equal([2026, 2027, 2028], Settlement.Of(stage.Council.Books, stage.Fund).Select(year => year.Year));

        stage.Council.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
        stage.Federation.Settle();
        foreach (var year in Settlement.Of(stage.Government.Books, stage.Fund))
            Assert.Equal((year.ByBody.PromisedPence - year.ByBody.MovedPence, 0), (year.ByBody.LapsedPence, year.ByBody.ToMovePence));
        AddsUp(stage.Government);
    }

    [Fact]
    public void Years_OfAFundThatIsNotUsed_AreNone() => Assert.Empty(Settlement.Of(stage.Stranger.Books, stage.Fund));

    /// <summary>What went on and was paid is what the accounts of the fund say.</summary>
    private void AddsUp(TestBody body)
    {
        var (years, accounts) = (Settlement.Of(body.Books, stage.Fund), body.Books.Accounts.OfFund(stage.Fund));
        Assert.Equal(accounts[Account.Spent], years.Sum(year => year.SpentPence));
        Assert.Equal(accounts[Account.Granted] + accounts[Account.InTransit], years.Sum(year => year.ByBody.MovedPence));
        Assert.Equal(accounts[Account.Received], years.Sum(year => year.ToBody.MovedPence));
    }
}
