namespace FundingFlows.Ledger.Tests;

/// <summary>What was received and is not paid for counts as spent in its year, and is settled also after the year has closed.</summary>
public sealed class LiabilityTests
{
    private readonly ClosingTown town = new();

    private Books Books => town.Forum.Books;

    [Fact]
    public void Liability_Recorded_HoldsItsPiecesAndCountsAsIncurred()
    {
        var liability = town.Forum.Do(town.Forum.Liability(town.Fund, 5_000));

        var line = Assert.Single(Figures.Lines(Books, town.Fund));
        Assert.Equal((20_000, 0, 5_000, 0), (line.CashPence, line.SpentPence, line.LiabilitiesPence, line.ReservedPence));
        Assert.Equal((HoldKind.Liability, 5_000), (Books.Holds.Find(liability)!.Kind, Books.Holds.Find(liability)!.AmountPence));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, town.Forum.Decide(town.Forum.Payment(town.Fund, 15_001)));
        town.Federation.MustHold();
    }

    [Fact]
    public void Payments_ThatWait_AreShownAndLeaveALiabilityWhatItIs()
    {
        var fund = town.Forum.Guarded();
        var liability = town.Forum.Do(town.Forum.Liability(fund, 2_000));
        var bill = town.Forum.Do(town.Forum.Payment(fund, 600) with { OutOf = liability });
        town.Forum.Do(town.Forum.Payment(fund, 700));
        MustShow(2_000, 700, 0);

        town.Forum.DoAs(Preparing.Second, new ApprovePayment(bill));
        MustShow(1_400, 700, 600);

        town.Federation.Keeps(town.Council, town.Forum);
        town.Forum.Do(town.Forum.Payment(fund, 400) with { OutOf = liability, Reference = "INV-2" });
        var told = town.Forum.Do(town.Forum.Payment(fund, 300) with { Reference = "INV-3" });
        MustShow(1_400, 1_000, 600);

        town.Federation.Settle();
        town.Council.Do(Instructed.Refusing(told));
        town.Federation.Settle();
        MustShow(1_400, 700, 600);

        void MustShow(long owed, long waiting, long spent)
        {
            var line = Assert.Single(Figures.Lines(Books, fund));
            Assert.Equal((owed, waiting, spent), (line.LiabilitiesPence, line.WaitingPence, line.SpentPence));
        }
    }

    [Fact]
    public void Liability_MetFromAReservation_TakesOverItsPieces()
    {
        var reserve = town.Forum.Reservation(town.Fund, 6_000);
        var reservation = town.Forum.Do(reserve with { For = reserve.For with { Supplier = Write.Organisation() } });

        var liability = town.Forum.Do(town.Forum.Liability(town.Fund, 5_000) with { Reservation = reservation });

        Assert.Equal((1_000, 5_000), (Books.Holds.Find(reservation)!.AmountPence, Books.Holds.Find(liability)!.AmountPence));
        Assert.Equal(14_000, Books.Lots.Remaining(town.Fund).Sum(lot => lot.FreePence));
        Assert.Equal(Dump.Of(Books), Dump.Of(Replay.Of(town.Forum)));
        town.Federation.MustHold();
    }

    [Fact]
    public void Close_OfItsYear_LeavesALiabilityWhole()
    {
        var liability = town.Forum.Do(town.Forum.Liability(town.Fund, 5_000));

        var hold = ClosingTown.Closes(town.Forum);

        // Of the £150 that nothing is owed for, a tenth is carried.
        Assert.Equal((13_500, 5_000), (hold.AmountPence, Books.Holds.Find(liability)!.AmountPence));
    }

    [Fact]
    public void Liability_ReceivedBeforeTheYearClosesForGood_IsRecordedAfterItClosedProvisionally()
    {
        town.Forum.Do(new CloseYearProvisionally(2026));
        town.Forum.Do(town.Forum.Liability(town.Fund, 5_000));
        town.Forum.Do(new CloseYear(2026));

        Refused.MustBe(RecordLiabilityRefusal.YearClosed, town.Forum.Decide(town.Forum.Liability(town.Fund, 1)));
    }

    [Fact]
    public void Correction_InAnOpenYear_MakesMoneyFree()
    {
        var liability = town.Forum.Do(town.Forum.Liability(town.Fund, 5_000));

        town.Forum.Do(new ReduceLiability(liability, Write.Digest("A discount."), 2_000));

        Assert.Equal((3_000, 2_000), (Books.Holds.Find(liability)!.AmountPence, Books.Liabilities.Find(liability)!.ReducedPence));
        Assert.Equal(17_000, Books.Lots.Remaining(town.Fund).Sum(lot => lot.FreePence));
    }

    [Fact]
    public void Correction_OfAClosedYear_MayOnlyGoBack()
    {
        var liability = town.Forum.Do(town.Forum.Liability(town.Fund, 5_000));
        ClosingTown.Closes(town.Forum);

        town.Forum.Do(new ReduceLiability(liability, Write.Digest("It was never owed."), 5_000));

        Assert.Equal((18_500, 1_500), (ClosingTown.ToReturn(town.Forum), Books.Lots.Remaining(town.Fund).Sum(lot => lot.FreePence)));
        town.Federation.Repays(town.Forum, town.ForumAward, 18_500);
        town.Federation.MustHold();
        Assert.Equal(Dump.Of(Books), Dump.Of(Replay.Of(town.Forum)));
    }
}
