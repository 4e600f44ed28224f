namespace FundingFlows.Ledger.Tests;

/// <summary>What a council had set aside, owed, prepared and paid goes whole to one successor, and is used there as it could be before.</summary>
public sealed class WholeThingsTests
{
    private const string First = "E06000021", Second = "E06000022";
    private readonly Stage stage = new();

    private TestFederation Federation => stage.Federation;

    private TestBody Council => stage.Council;

    [Theory]
    [InlineData(First)]
    [InlineData(Second)]
    public void Reservation_HandedOver_IsUsedByWhoTakesItsProjectAndByNobodyElse(string taker)
    {
        var reservation = Council.Do(Council.Reservation(stage.Fund, 700));
        Council.Do(new ReleaseReservation(reservation, 100));
        Abolish(taker);

        var (here, other) = (Federation[taker], Federation[taker == First ? Second : First]);
        var taken = here.Books.Reservations.Find(reservation)!;
        Assert.Equal((700L, 100L, 600L), (taken.AmountPence, taken.ReleasedPence, here.Books.Holds.Find(reservation)!.AmountPence));
        Assert.Null(other.Books.Reservations.Find(reservation));
        var free = here.Books.Lots.All.Where(lot => lot.Line.Kind == Kind.Revenue && lot.Line.Earmarks.Count == 0).Sum(lot => lot.FreePence);
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, here.Decide(here.Payment(stage.Fund, free + 1)));
        here.Do(here.Payment(stage.Fund, 250) with { OutOf = reservation });
        here.Do(new ReleaseReservation(reservation, 50));
        here.Do(new ExpireReservation(reservation, Write.YearEnd));
        Assert.Equal(0, here.Books.Holds.Find(reservation)!.AmountPence);
        MustHold();
    }

    [Fact]
    public void Liability_HandedOver_IsSettledAndCorrectedByTheSuccessor()
    {
        var liability = Council.Do(Council.Liability(stage.Fund, 900));
        Council.Do(new ReduceLiability(liability, Write.Digest("One came broken."), 100));
        Abolish(First);

        var here = Federation[First];
        Assert.Equal(800, here.Books.Holds.Find(liability)!.AmountPence);
        here.Do(here.Payment(stage.Fund, 500) with { OutOf = liability });
        here.Do(new ReduceLiability(liability, Write.Digest("Another, too."), 300));
        Assert.Equal(400, here.Books.Liabilities.Find(liability)!.ReducedPence);
        Refused.MustBe(MakePaymentRefusal.NotEnoughMoney, here.Decide(here.Payment(stage.Fund, 1) with { OutOf = liability }));
        MustHold();
    }

    [Fact]
    public void Liability_OfAYearThatIsClosedAtTheSuccessor_IsStillPaidThere()
    {
        var liability = Council.Do(Council.Liability(stage.Fund, 900));
        Order();
        Close(Federation[First], 2026);
        Federation.Ends(Council);

        var here = Federation[First];
        here.Do(here.Payment(stage.Fund, 900) with { OutOf = liability, PaidOn = Write.Day.AddYears(1) });
        MustHold();
    }

    [Fact]
    public void Preparation_HandedOver_IsRejectedByTheSuccessorAndPreparedAnew()
    {
        var guarded = Council.Guarded();
        var prepared = Council.Do(Council.Payment(guarded, 600));
        Abolish(First);

        var here = Federation[First];
        Assert.Equal(600, here.Books.Holds.Find(prepared)!.AmountPence);
        // The same person would be another here: two people would be one.
        Refused.MustBe(ApprovePaymentRefusal.PreparedElsewhere, here.Decide(new ApprovePayment(prepared)));
        var free = here.Books.Lots.Remaining(guarded).Sum(lot => lot.FreePence);
        here.Do(new RejectPayment(prepared, Write.Digest("Prepared anew.")));
        Assert.Equal(free + 600, here.Books.Lots.Remaining(guarded).Sum(lot => lot.FreePence));
        var anew = here.Do(here.Payment(guarded, 600));
        here.DoAs(Preparing.Second, new ApprovePayment(anew));
        MustHold();
    }

    [Fact]
    public void Preparation_ThatIsRejectedBeforeItsMoneyComes_GivesItBackToWhatItWasPaidOutOf()
    {
        var guarded = Council.Guarded();
        var reservation = Council.Do(Council.Reservation(guarded, 700));
        var prepared = Council.Do(Council.Payment(guarded, 600) with { OutOf = reservation });
        Order();
        Federation.Settle();
        while (Federation[First].Books.Preparations.Find(prepared) is null)
        {
            Council.Run(new HandOver([]));
            Federation.Settle();
        }
        Assert.Equal(0, Federation[First].Balance(Account.Cash));
        Federation[First].Do(new RejectPayment(prepared, null));
        Federation.Ends(Council);

        Assert.Equal(700, Federation[First].Books.Holds.Find(reservation)!.AmountPence);
        MustHold();
    }

    [Fact]
    public void Payment_HandedOver_IsRefundedToTheSuccessorAndNoMoreThanWasPaid()
    {
        var paid = Council.Do(Council.Payment(stage.Fund, 800));
        Council.Do(new RefundPayment(paid, null, 100));
        var spent = Council.Balance(Account.Spent);
        Abolish(Second);

        var here = Federation[Second];
        Assert.Equal((0L, spent), (Council.Balance(Account.Spent), here.Balance(Account.Spent)));
        Refused.MustBe(RefundPaymentRefusal.PaymentUnknown, Federation[First].Decide(new RefundPayment(paid, null, 1)));
        Refused.MustBe(RefundPaymentRefusal.MoreThanPaid, here.Decide(new RefundPayment(paid, null, 701)));
        here.Do(new RefundPayment(paid, null, 700));

        var lot = here.Books.Lots.Find(here.Books.Payments.Find(paid)!.Pieces[0].Lot)!;
        var part = Federation[Second].Books.Awards.ContinuationOf(stage.CouncilAward);
        Assert.Equal((Council.Id, 700L, part), (lot.Parent!.Value.Entry.Body, lot.FreePence, lot.Award));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, here.Decide(here.Payment(stage.Fund, here.Balance(Account.Cash), Kind.Capital)));
        Federation.Repays(here, part!.Value, 700);
        MustHold();
    }

    [Fact]
    public void Loan_HandedOver_IsRepaidWithInterestToTheSuccessor()
    {
        var loan = Council.Lends(600);
        Council.Do(new RecordLoanRepayment(loan, Write.Day, 100));
        Abolish(First);

        var here = Federation[First];
        var interest = here.OpensForInterest();
        here.Do(new RecordLoanRepayment(loan, Write.Day, 500, new LoanInterest(interest, 30, Write.Reason)));
        Refused.MustBe(RecordLoanRepaymentRefusal.MoreThanLent, here.Decide(new RecordLoanRepayment(loan, Write.Day, 1)));
        Assert.Equal((0L, 30L), (here.Books.Payments.Find(loan)!.AmountPence - here.Books.Payments.Find(loan)!.RefundedPence, here.Books.Payments.Find(loan)!.InterestPence));
        MustHold();
    }

    [Fact]
    public void Payment_OfMorePiecesThanAFactHolds_IsHandedOverInPartsAndIsOne()
    {
        var fund = Council.Opens("levy", Write.Share(Kind.Revenue, 10_000));
        for (var i = 0; i < 300; i++)
            Council.Issues(fund, 1);
        var paid = Council.Do(Council.Payment(fund, 300));
        Abolish(First);

        var here = Federation[First];
        Assert.Equal((300L, 300), (here.Books.Payments.Find(paid)!.AmountPence, here.Books.Payments.Find(paid)!.Pieces.Count));
        here.Do(new RefundPayment(paid, null, 300));
        MustHold();
    }

    [Fact]
    public void Payment_LikeOneOfThePredecessor_NeedsASecondPersonAtTheSuccessorToo()
    {
        var before = Council.Payment(stage.Fund, 800);
        Council.Do(before);
        Abolish(First);

        var again = Federation[First].Payment(stage.Fund, 800) with { Reference = before.Reference };
        Assert.NotNull(Assert.Single(Federation[First].Decide(again).Facts).PaymentPrepared);
    }

    [Fact]
    public void Project_ThatHasEnded_IsHandedOverEndedWithWhatIsOwedForIt()
    {
        var liability = Council.Do(Council.Liability(stage.Fund, 900));
        var project = Council.Books.Projects.All[0].Id;
        Council.Do(new CloseProject(project, Write.Day, null));
        Abolish(First);

        var here = Federation[First];
        Assert.False(here.Books.Projects.Find(project)!.IsOpen);
        here.Do(here.Payment(stage.Fund, 900) with { OutOf = liability });
        MustHold();
    }

    [Fact]
    public void Money_ThatWasNotCarriedForward_MayOnlyGoBackFromASuccessorThatHasClosedTheYear()
    {
        Council.Do(Write.Fund("half", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = FundRules.None with { CarryForwardBasisPoints = 5_000 } });
        Council.Issues($"{Council.Id}.half", 1_000);
        Order();
        Close(Federation[First], 2026);
        Federation.Ends(Council);

        var here = Federation[First];
        Assert.Equal(600, here.Books.Lots.Remaining($"{Council.Id}.half").Sum(lot => lot.HeldFor(HoldKind.Return)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, here.Decide(here.Payment($"{Council.Id}.half", 600).In(2027)));
        MustHold();
    }

    [Fact]
    public void Things_OfAProject_FollowItWhenItsTakerIsNotNamedAgain()
    {
        foreach (var _ in Enumerable.Range(0, 20))
            Council.Do(Council.Reservation(stage.Fund, 1));
        var project = Council.Books.Projects.All[0].Id;
        Order();
        for (; Council.Books.Vesting?.TakerOf($"project {project}") is null; Federation.Settle())
            Council.Run(new HandOver([($"{project}", Second)]));
        Federation.Ends(Council);

        Assert.Equal(20, Federation[Second].Books.Reservations.All.Count);
        MustHold();
    }

    [Fact]
    public void Payment_OutOfManyLots_IsRefundedByTheSuccessor()
    {
        var payment = Council.Do(Council.Payment(Pieces.Pennies(Council, 200), 200));
        Abolish(First);

        Federation[First].Do(new RefundPayment(payment, null, 200));

        MustHold();
    }

    /// <summary>It stands in a pot of the old body, and under the award that it came by: both go on with it.</summary>
    [Fact]
    public void Money_ThatWasMerged_GoesToTheSuccessorsAndBackTheWayItCame()
    {
        var pot = Council.Opens("pot", Write.Share(Kind.Revenue, 10_000));
        var fund = stage.Government.OpensPot("joint", [pot], Write.Share(Kind.Revenue, 10_000));
        stage.Government.Issues(fund, 1_000);
        var award = Federation.Awards(stage.Government, Council, fund, Write.Promise(2026, Kind.Revenue, 1_000));
        Federation.Releases(stage.Government, award, 0, 1_000);
        Council.Merges(fund, pot);
        Council.Do(Council.Payment(pot, 100));
        Abolish(First);

        var here = Federation[First];
        Assert.Equal(540, here.Books.Lots.Remaining(pot).Sum(lot => lot.FreePence));
        here.Merges(pot, fund);
        Federation.Repays(here, here.Books.Awards.ContinuationOf(award)!.Value, 540);
        MustHold();
    }

    /// <summary>More is held of one lot than a transfer can carry: it goes in as many as it takes, and each part where it belongs.</summary>
    [Fact]
    public void Lot_HeldForMoreThingsThanATransferCarries_GoesInSeveral()
    {
        const int Things = (Parts.MostPieces * Parts.MostParts) + 4;
        var fund = Council.Opens("levy", Write.Share(Kind.Revenue, 10_000));
        Council.Issues(fund, Things + 10);
        for (var i = 0; i < Things; i++)
            Council.Do(Council.Reservation(fund, 1));
        Abolish(Second);

        Assert.Equal((Things, 4L), (Federation[Second].Books.Holds.HeldPence(HoldKind.Reservation, fund), Federation[Second].Books.Lots.Remaining(fund).Sum(lot => lot.FreePence)));
        Assert.Equal(6, Federation[First].Books.Lots.Remaining(fund).Sum(lot => lot.FreePence));
        MustHold();
    }

    private static void Close(TestBody body, int year)
    {
        body.Issues(body.Opens("levy", Write.Share(Kind.Revenue, 10_000)), 1);
        body.Do(new CloseYearProvisionally(year));
        body.Do(new CloseYear(year));
    }

    private void Order() => stage.Government.Do(stage.Ordering());

    private void Abolish(string taker)
    {
        Order();
        Federation.Ends(Council, [.. Council.Books.Projects.All.Select(project => ($"{project.Id}", taker))]);
        Assert.Equal(taker, Federation.Bodies.Single(body => body != Council && body.Books.Projects.All.Any(project => project.Id.Body == Council.Id)).Id);
    }

    private void MustHold()
    {
        var inventory = Federation.InventoryOf(Council);
        Assert.Empty(inventory.Findings());
        Assert.True(inventory.IsComplete);
        Federation.MustHold();
        Assert.All(Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
    }
}
