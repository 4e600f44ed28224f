namespace FundingFlows.Ledger.Tests;

/// <summary>A year closes by entries. What may not be carried forward goes back the way it came.</summary>
public sealed class CloseYearTests
{
    private readonly ClosingTown town = new();

    [Fact]
    public void Year_ClosedProvisionally_TakesNoNewSpending()
    {
        var payment = town.Forum.Payment(town.Fund, 100);
        town.Forum.Do(new CloseYearProvisionally(2026));

        Refused.MustBe(MakePaymentRefusal.YearClosed, town.Forum.Decide(payment));
        Refused.MustBe(ReserveRefusal.YearClosed, town.Forum.Decide(town.Forum.Reservation(town.Fund, 100)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, town.Forum.Decide(payment.In(2027)));
        town.Forum.Do(new CloseYear(2026));
        town.Forum.Do(payment.In(2027));
        Assert.Equal(20_000 - 100, town.Forum.Balance(Account.Cash));
    }

    [Fact]
    public void Money_OfAYearThatIsNotClosed_IsUsedInNoLaterOne()
    {
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, town.Council.Decide(town.Council.Payment(town.Fund, 1).In(2027)));
        Refused.MustBe(ReserveRefusal.KeptForSomethingElse, town.Council.Decide(town.Council.Reservation(town.Fund, 1).In(2027)));
        Refused.MustBe(ReleaseFundsRefusal.KeptForSomethingElse, town.Council.Decide(town.Council.Release(town.ForumAward, 1, 1)));

        ClosingTown.Closes(town.Council);

        town.Council.Do(town.Council.Payment(town.Fund, 1).In(2027));
        town.Council.Do(town.Council.Reservation(town.Fund, 1).In(2027));
        town.Federation.Releases(town.Council, town.ForumAward, 1, 1);
        town.Federation.MustHold();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Money_OnItsWayWhileItsYearCloses_IsReceivedAllTheSame(bool forGood)
    {
        var sent = town.Government.Sends(town.CouncilAward, 0, 10_000);
        town.Council.Do(new CloseYearProvisionally(2026));
        if (forGood)
            town.Council.Do(new CloseYear(2026));

        town.Federation.Settle();

        Assert.Equal(TransferStage.Settled, town.Government.Books.Transfers.Find(sent)!.State);
        Assert.Equal(60_000, town.Council.Balance(Account.Received));
        town.Federation.MustHold();
    }

    [Fact]
    public void Year_ClosedForGood_CarriesTheCeilingAndHoldsTheRest()
    {
        town.Forum.Do(town.Forum.Payment(town.Fund, 5));

        var hold = ClosingTown.Closes(town.Forum);

        // A tenth of £199.95 is £19.995, rounded down.
        var year = town.Forum.Books.Years.Find(2026)!;
        Assert.Equal((19_995, 1_999), (year.UnspentPence, year.CarriedPence));
        Assert.Equal((HoldKind.Return, 17_996), (hold.Kind, hold.AmountPence));
        Assert.NotEmpty(town.Forum.Decide(town.Forum.Payment(town.Fund, 1_999).In(2027)).Facts);
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, town.Forum.Decide(town.Forum.Payment(town.Fund, 2_000).In(2027)));
        town.Federation.MustHold();
        Assert.Equal(Dump.Of(town.Forum.Books), Dump.Of(Replay.Of(town.Forum)));
    }

    [Fact]
    public void Close_OfManyLots_ReturnsThoseDrawnLastInPartsAsOne()
    {
        var lots = 3 * Parts.MostPieces;
        town.Council.Do(Write.Fund("levy", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = new FundRules([], CarryForwardBasisPoints: 5_000) });
        for (var i = 0; i < lots; i++)
            town.Council.Issues("E06000001.levy", 1);

        var hold = ClosingTown.Closes(town.Council);

        var kept = town.Council.Books.Lots.Remaining("E06000001.levy").Where(lot => lot.FreePence > 0).ToList();
        Assert.Equal(town.Council.Books.Lots.Remaining("E06000001.levy").Take(lots / 2), kept);
        Assert.Equal((lots / 2) + 27_000, hold.AmountPence);
        Assert.Equal(2, town.Council.Facts(hold.Id).Count);
        Assert.Equal(Dump.Of(town.Council.Books), Dump.Of(Replay.Of(town.Council)));
    }

    [Fact]
    public void Close_OfTheLastYear_CarriesNothing()
    {
        var last = new ClosingTown(new Years(2026, 2026));

        Assert.Equal(20_000, ClosingTown.Closes(last.Forum).AmountPence);
        Assert.Equal(0, last.Forum.Books.Years.Find(2026)!.CarriedPence);
    }

    [Fact]
    public void Close_OfAYearBeforeTheWindow_LeavesMoneyAsItIs()
    {
        var early = town.Government.Books.Next;
        town.Government.Do(Write.Fund("later", [Write.Share(Kind.Revenue, 10_000)]) with { Years = new Years(2028, 2029), Rules = new FundRules([], CarryForwardBasisPoints: 0) });
        town.Government.Issues("GOV.later", 700);

        ClosingTown.Closes(town.Government);

        Assert.Equal(700, town.Government.Books.Lots.Remaining("GOV.later").Sum(lot => lot.FreePence));
        Assert.True(early.Index > 0);
    }

    [Fact]
    public void Promise_OfAClosedYear_LapsesAboveTheCeiling()
    {
        town.Government.Do(new CloseYearProvisionally(2026));

        // £100.05 was left of the promise, of which a tenth may still be released; the promise for 2027-28 stands.
        var award = town.Government.Books.Awards.Find(town.CouncilAward)!;
        Assert.Equal((1_000, 10_000), (award.Promises[0].LeftPence, award.Promises[1].LeftPence));
        Refused.MustBe(ReleaseFundsRefusal.PromiseExceeded, town.Government.Decide(town.Government.Release(town.CouncilAward, 0, 1_001)));
        town.Federation.Releases(town.Government, town.CouncilAward, 0, 1_000);
        town.Federation.MustHold();
    }

    /// <summary>What was on its way while the year closed, and comes back, is carried forward no further than what had stayed.</summary>
    [Theory]
    [InlineData(10_005)]
    [InlineData(4_000)]
    public void Promise_WhoseMoneyComesBackAfterTheClose_LapsesAsIfItHadStayed(long sent)
    {
        var transfer = town.Government.Sends(town.CouncilAward, 0, sent);
        town.Government.Do(new CloseYearProvisionally(2026));

        town.Federation.Refuses(town.Council, town.Government, transfer);

        // A tenth of each part, rounded down.
        var left = (sent / 10) + ((10_005 - sent) / 10);
        var promise = town.Government.Books.Awards.Find(town.CouncilAward)!.Promises[0];
        Assert.Equal((50_000, left), (promise.ReleasedPence, promise.LeftPence));
        Assert.Equal(Dump.Of(town.Government.Books), Dump.Of(Replay.Of(town.Government)));
        ClosingTown.Closes(town.Government);
        Refused.MustBe(ReleaseFundsRefusal.PromiseExceeded, town.Government.Decide(town.Government.Release(town.CouncilAward, 0, left + 1)));
        town.Federation.MustHold();
    }

    [Fact]
    public void Promise_OfTheLastYearWhoseMoneyComesBackAfterTheClose_LapsesWhole()
    {
        var last = new ClosingTown(new Years(2026, 2026));
        var transfer = last.Government.Sends(last.CouncilAward, 0, 10_005);
        last.Government.Do(new CloseYearProvisionally(2026));

        last.Federation.Refuses(last.Council, last.Government, transfer);

        Assert.Equal(0, last.Government.Books.Awards.Find(last.CouncilAward)!.Promises[0].LeftPence);
    }

    [Fact]
    public void MoneyToReturn_GoesUpToItsSourceAndNowhereElse()
    {
        ClosingTown.Closes(town.Forum);
        town.Federation.Repays(town.Forum, town.ForumAward, 18_000);
        Assert.Equal((0, 18_000), (ClosingTown.ToReturn(town.Forum), ClosingTown.ToReturn(town.Council)));

        ClosingTown.Closes(town.Council);
        Assert.Equal(18_000 + 27_000, ClosingTown.ToReturn(town.Council));
        town.Federation.Repays(town.Council, town.CouncilAward, 45_000);
        ClosingTown.Closes(town.Government);
        Assert.Equal(45_000 + 45_000, ClosingTown.ToReturn(town.Government));
        town.Government.Do(new SurrenderMoney(town.Fund, Write.Vote(), 90_000));

        Assert.Equal((90_000, 5_000), (town.Government.Balance(Account.Surrendered), town.Government.Balance(Account.Cash)));
        Assert.Equal((0, 3_000, 2_000), (ClosingTown.ToReturn(town.Government), town.Council.Balance(Account.Cash), town.Forum.Balance(Account.Cash)));
        town.Federation.MustHold();
        Assert.All(town.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
    }

    [Fact]
    public void Repayment_OfMoreThanMayOnlyGoBack_TakesFreeMoneyAfterIt()
    {
        var hold = ClosingTown.Closes(town.Forum);

        var pieces = town.Forum.PiecesOf(town.Federation.Repays(town.Forum, town.ForumAward, 18_500));

        Assert.Equal([(18_000, true), (500, false)], pieces.Select(piece => (piece.AmountPence, piece.MustReturn)));
        Assert.Equal(0, hold.AmountPence);
        Assert.Equal(18_000, ClosingTown.ToReturn(town.Council));
        town.Federation.MustHold();
    }

    [Fact]
    public void Repayment_ThatIsRefused_ComesBackToBeRepaidAgain()
    {
        ClosingTown.Closes(town.Forum);
        var transfer = town.Forum.Do(new RepayUnderspend(town.ForumAward, null, 18_000));

        town.Federation.Refuses(town.Council, town.Forum, transfer);

        Assert.Equal((18_000, 20_000), (ClosingTown.ToReturn(town.Forum), town.Forum.Balance(Account.Cash)));
        Assert.Equal(Dump.Of(town.Forum.Books), Dump.Of(Replay.Of(town.Forum)));
    }

    [Fact]
    public void Surrender_OfFreeMoney_NeedsNoClose()
    {
        town.Government.Do(new SurrenderMoney(town.Fund, Write.Vote(), 50_000));

        Assert.Equal((50_000, 0), (town.Government.Balance(Account.Surrendered), town.Government.Balance(Account.Cash)));
        town.Federation.MustHold();
    }
}
