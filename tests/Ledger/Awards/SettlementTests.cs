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

    /// <summary>What was left at the end of a year is carried forward or goes back, fund by fund as the close recorded it, and is used in the next.</summary>
    [Fact]
    public void Year_ThatIsClosed_ShowsWhatWasCarriedForwardAndWhatGoesBack()
    {
        var government = stage.Government;
        government.Do(Write.Fund("half", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = FundRules.None with { CarryForwardBasisPoints = 5_000 } });
        government.Issues("GOV.half", 10_000);
        var award = stage.Federation.Awards(government, stage.Council, "GOV.half", Write.Promise(2026, Kind.Revenue, 9_000));
        government.Do(government.Release(award, 0, 8_001));
        stage.Federation.Settle();
        stage.Council.Do(stage.Council.Payment("GOV.half", 3_000));
        var council = stage.Council;

        council.Do(new CloseYearProvisionally(2026));
        council.Do(new CloseYear(2026));

        var year = Assert.Single(Settlement.Of(council.Books, "GOV.half"));
        Assert.Equal((5_001, new FundYearEnd(5_001, 2_501)), (year.LeftPence, year.End!.Value));
        Assert.Equal(2_500, year.End.Value.CarriedPence);
        var (closed, all) = (council.Books.Years.Find(2026)!, council.Books.Years.Find(2026)!.ByFund.Values);
        Assert.Equal((closed.UnspentPence, closed.CarriedPence), (all.Sum(fund => fund.UnspentPence), all.Sum(fund => fund.CarriedPence)));
        Assert.True(all.Count > 1);
        AddsUp(council, "GOV.half");
        council.Do(new RepayUnderspend(award, null, 2_501));
        stage.Federation.Settle();
        Assert.Equal(new SettledMoney(2_500, 0, -2_501), AddsUp(council, "GOV.half"));
        council.Do(council.Payment("GOV.half", 2_000) with { Year = 2027, PaidOn = Write.Day.AddYears(1) });
        Assert.Equal([(2026, 5_001L), (2027, -2_000L)], Settlement.Of(council.Books, "GOV.half").Select(one => (one.Year, one.LeftPence)));
        Assert.Equal(Dump.Of(Replay.Of(council)), Dump.Of(council.Books));
    }

    [Fact]
    public void Money_OfWhoIssues_IsIssuedAndGoesOn()
    {
        var money = AddsUp(stage.Government, stage.Fund);

        Assert.Equal(money.HeldPence, money.IssuedPence - Settlement.Of(stage.Government.Books, stage.Fund).Sum(year => year.ByBody.MovedPence));
        Assert.Equal(0, money.OtherwisePence);
    }

    [Fact]
    public void Years_OfAFundThatIsNotUsed_AreNone() => Assert.Empty(Settlement.Of(stage.Stranger.Books, stage.Fund));

    /// <summary>What went on and was paid is what the accounts of the fund say, and what came or went otherwise is all the rest of them.</summary>
    private SettledMoney AddsUp(TestBody body, string? fund = null)
    {
        var (years, accounts) = (Settlement.Of(body.Books, fund ?? stage.Fund), body.Books.Accounts.OfFund(fund ?? stage.Fund));
        Assert.Equal(accounts[Account.Spent], years.Sum(year => year.SpentPence));
        Assert.Equal(accounts[Account.Granted] + accounts[Account.InTransit], years.Sum(year => year.ByBody.MovedPence));
        Assert.Equal(accounts[Account.Received], years.Sum(year => year.ToBody.MovedPence));
        var money = SettledMoney.Of(body.Books, fund ?? stage.Fund, years);
        Assert.Equal((accounts[Account.Cash], accounts[Account.Issued]), (money.HeldPence, money.IssuedPence));
        Assert.Equal(accounts[Account.Returned] + accounts[Account.RelabelledIn] - accounts[Account.RelabelledOut] - accounts[Account.Repaid] - accounts[Account.Surrendered], money.OtherwisePence);
        return money;
    }
}
