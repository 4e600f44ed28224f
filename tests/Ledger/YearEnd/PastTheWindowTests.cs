namespace FundingFlows.Ledger.Tests;

/// <summary>An escape that is closed: money carried past its window, or above its ceiling.</summary>
public sealed class PastTheWindowTests
{
    private readonly ClosingTown town = new(new Years(2026, 2026));

    [Fact]
    public void Money_OfAWindowThatIsOver_CanBeSpentSetAsideOrPassedOnByNobody()
    {
        ClosingTown.Closes(town.Council);

        Refused.MustBe(MakePaymentRefusal.YearClosed, town.Council.Decide(town.Council.Payment(town.Fund, 1)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, town.Council.Decide(town.Council.Payment(town.Fund, 1).In(2027)));
        Refused.MustBe(ReserveRefusal.YearClosed, town.Council.Decide(town.Council.Reservation(town.Fund, 1)));
        Refused.MustBe(OfferAwardRefusal.YearOutsideTerms, town.Council.Decide(new OfferAward(town.Forum.Id, town.Fund, [Write.Promise(2027, Kind.Revenue, 1)])));
        Refused.MustBe(SurrenderMoneyRefusal.KeptForSomethingElse, town.Council.Decide(new SurrenderMoney(town.Fund, Write.Vote(), 1)));
    }

    [Fact]
    public void Money_RepaidAfterTheFundersClose_IsHeldForItsWayBack()
    {
        ClosingTown.Closes(town.Council);
        town.Federation.Repays(town.Council, town.CouncilAward, 30_000);

        // The forum has not closed its year, and sends back what it says is merely unspent.
        town.Federation.Repays(town.Forum, town.ForumAward, 20_000);

        Assert.Equal((20_000, 0), (ClosingTown.ToReturn(town.Council), town.Council.Books.Lots.Remaining(town.Fund).Sum(lot => lot.FreePence)));
        town.Federation.Repays(town.Council, town.CouncilAward, 20_000);
        town.Federation.MustHold();
    }

    [Fact]
    public void Money_ThatComesDownOnceItsLastYearIsClosedBelow_CanOnlyGoBack()
    {
        town.Government.Do(Write.Fund("short", [Write.Share(Kind.Revenue, 10_000)]) with { Years = new Years(2026, 2026) });
        town.Government.Issues("GOV.short", 1_000);
        var award = town.Federation.Awards(town.Government, town.Council, "GOV.short", Write.Promise(2026, Kind.Revenue, 1_000));
        var before = ClosingTown.Closes(town.Council).AmountPence;

        town.Federation.Releases(town.Government, award, 0, 400);

        Assert.Equal((before + 400, 0), (ClosingTown.ToReturn(town.Council), town.Council.Books.Lots.Remaining("GOV.short").Sum(lot => lot.FreePence)));
        town.Federation.Repays(town.Council, award, 400);
        Assert.Equal(before, ClosingTown.ToReturn(town.Council));
        town.Federation.MustHold();
        Assert.Equal(Dump.Of(town.Council.Books), Dump.Of(Replay.Of(town.Council)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Money_ThatComesDownOnceItsYearIsClosedBelow_IsFreeOnlyIfItWasCarriedAbove(bool carried)
    {
        var twoYears = new ClosingTown();
        twoYears.Forum.Do(twoYears.Forum.Payment(twoYears.Fund, 20_000));
        var more = twoYears.Federation.Awards(twoYears.Council, twoYears.Forum, twoYears.Fund, Write.Promise(2026, Kind.Revenue, 3_000));
        ClosingTown.Closes(twoYears.Forum);
        if (carried)
            ClosingTown.Closes(twoYears.Council);
        // Of the promise a tenth is left once the council has closed the year.
        twoYears.Federation.Releases(twoYears.Council, more, 0, 300);

        Assert.Equal(carried ? 0 : 300, ClosingTown.ToReturn(twoYears.Forum));
        Assert.Equal(carried, twoYears.Forum.Decide(twoYears.Forum.Payment(twoYears.Fund, 300).In(2027)).Refusal is null);
        twoYears.Federation.MustHold();
    }

    [Fact]
    public void Money_ThatComesUpOnceItsYearIsClosedAbove_CanOnlyGoOn()
    {
        var twoYears = new ClosingTown();
        ClosingTown.Closes(twoYears.Council);
        twoYears.Federation.Repays(twoYears.Council, twoYears.CouncilAward, 27_000);

        // The forum has not closed its year: nobody has looked how much of this may be carried forward.
        twoYears.Federation.Repays(twoYears.Forum, twoYears.ForumAward, 20_000);

        Assert.Equal(20_000, ClosingTown.ToReturn(twoYears.Council));
        twoYears.Federation.MustHold();
        Assert.Equal(Dump.Of(twoYears.Council.Books), Dump.Of(Replay.Of(twoYears.Council)));
    }

    [Fact]
    public void Money_AboveTheCeilingSurrendered_CannotBeIssuedAgain()
    {
        var twoYears = new ClosingTown();
        var (government, fund) = (twoYears.Government, twoYears.Fund);
        Assert.Equal(45_000, ClosingTown.Closes(government).AmountPence);
        government.Do(new SurrenderMoney(fund, Write.Vote(), 45_000));

        Refused.MustBe(IssueMoneyRefusal.YearClosed, government.Decide(new IssueMoney(fund, Write.Vote(), 45_000)));
    }

    [Fact]
    public void Money_ThatIsRaisedAfterTheClose_IsIssuedOnlyWhereAllIsCarriedForward()
    {
        var council = new ClosingTown().Council;
        OpenFund Levy(string name, int first, uint? carried) =>
            Write.Fund(name, [Write.Share(Kind.Revenue, 10_000)]) with { Years = new Years(first, 2027), Rules = new FundRules([], CarryForwardBasisPoints: carried) };
        council.Do(Levy("capped", 2026, ClosingTown.Tenth));
        council.Do(Levy("whole", 2026, null));
        council.Do(Levy("later", 2027, ClosingTown.Tenth));
        ClosingTown.Closes(council);

        Refused.MustBe(IssueMoneyRefusal.YearClosed, council.Decide(new IssueMoney($"{council.Id}.capped", council.Source(), 1)));
        council.Issues($"{council.Id}.whole", 100);
        council.Issues($"{council.Id}.later", 100);
        ClosingTown.Closes(council, 2027);
        Refused.MustBe(IssueMoneyRefusal.YearClosed, council.Decide(new IssueMoney($"{council.Id}.whole", council.Source(), 1)));
    }

    [Fact]
    public void Money_AboveTheCeilingSentUp_CannotComeDownAgain()
    {
        var twoYears = new ClosingTown();
        ClosingTown.Closes(twoYears.Forum);
        twoYears.Council.Do(twoYears.Council.Payment(twoYears.Fund, 30_000));
        twoYears.Federation.Repays(twoYears.Forum, twoYears.ForumAward, 18_000);

        Refused.MustBe(ReleaseFundsRefusal.KeptForSomethingElse, twoYears.Council.Decide(twoYears.Council.Release(twoYears.ForumAward, 1, 1)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, twoYears.Council.Decide(twoYears.Council.Payment(twoYears.Fund, 1)));
        twoYears.Federation.MustHold();
    }
}
