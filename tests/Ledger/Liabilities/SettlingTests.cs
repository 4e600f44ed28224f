namespace FundingFlows.Ledger.Tests;

/// <summary>Payments out of what was set aside, and of what is owed, also when the year has closed since.</summary>
public sealed class SettlingTests
{
    private readonly ClosingTown town = new();

    private Books Books => town.Forum.Books;

    [Fact]
    public void Payment_OutOfAReservation_UsesItsPiecesAlone()
    {
        var reservation = town.Forum.Do(town.Forum.Reservation(town.Fund, 5_000));

        town.Forum.Do(town.Forum.Payment(town.Fund, 3_000) with { OutOf = reservation });

        Assert.Equal((2_000, 15_000), (Books.Holds.Find(reservation)!.AmountPence, Books.Lots.Remaining(town.Fund).Sum(lot => lot.FreePence)));
        Assert.Equal(3_000, town.Forum.Balance(Account.Spent));
        Refused.MustBe(MakePaymentRefusal.NotEnoughMoney, town.Forum.Decide(town.Forum.Payment(town.Fund, 2_001) with { OutOf = reservation }));
        Assert.Equal(Dump.Of(Books), Dump.Of(Replay.Of(town.Forum)));
        town.Federation.MustHold();
    }

    [Fact]
    public void Liability_SettledAfterItsYearHasClosed_CountsInThatYear()
    {
        var liability = town.Forum.Do(town.Forum.Liability(town.Fund, 5_000));
        ClosingTown.Closes(town.Forum);

        var payment = town.Forum.Do(town.Forum.Payment(town.Fund, 4_000) with { OutOf = liability, PaidOn = new DateOnly(2027, 5, 20) });

        Assert.Equal((2026, 1_000), (Books.Payments.Find(payment)!.Made.FinancialYear, Books.Holds.Find(liability)!.AmountPence));
        Refused.MustBe(MakePaymentRefusal.YearClosed, town.Forum.Decide(town.Forum.Payment(town.Fund, 1)));
        Refused.MustBe(MakePaymentRefusal.NotEnoughMoney, town.Forum.Decide(town.Forum.Payment(town.Fund, 1_001) with { OutOf = liability }));
        town.Federation.MustHold();
        Assert.Equal(Dump.Of(Books), Dump.Of(Replay.Of(town.Forum)));
    }

    [Fact]
    public void Payment_OfALiabilityThatIsRejected_LeavesItOwed()
    {
        var liability = town.Forum.Do(town.Forum.Liability(town.Fund, 5_000));
        var payment = town.Forum.Payment(town.Fund, 2_000) with { OutOf = liability };
        town.Forum.Do(payment);
        var prepared = town.Forum.Do(payment);
        Assert.Equal((1_000, 2_000), (Books.Holds.Find(liability)!.AmountPence, Books.Holds.Find(prepared)!.AmountPence));

        town.Forum.Do(new RejectPayment(prepared, Write.Digest("It was paid.")));

        Assert.Equal((3_000, 0), (Books.Holds.Find(liability)!.AmountPence, Books.Holds.Find(prepared)!.AmountPence));
        Assert.Equal(Dump.Of(Books), Dump.Of(Replay.Of(town.Forum)));
        town.Federation.MustHold();
    }

    [Fact]
    public void Close_WithAPaymentThatWaits_IsRefused()
    {
        var payment = town.Forum.Payment(town.Fund, 2_000);
        town.Forum.Do(payment);
        town.Forum.Do(payment);
        town.Forum.Do(new CloseYearProvisionally(2026));

        Refused.MustBe(CloseYearRefusal.MoneySetAside, town.Forum.Decide(new CloseYear(2026)));
    }

    [Fact]
    public void Close_WithASettlementThatWaits_LetsItBeApprovedAfterwards()
    {
        var liability = town.Forum.Do(town.Forum.Liability(town.Fund, 5_000));
        var payment = town.Forum.Payment(town.Fund, 2_000) with { OutOf = liability };
        town.Forum.Do(payment);
        var prepared = town.Forum.Do(payment);
        ClosingTown.Closes(town.Forum);

        town.Forum.DoAs(Preparing.Second, new ApprovePayment(prepared));

        Assert.Equal((4_000, 1_000), (town.Forum.Balance(Account.Spent), Books.Holds.Find(liability)!.AmountPence));
        town.Federation.MustHold();
        Assert.Equal(Dump.Of(Books), Dump.Of(Replay.Of(town.Forum)));
    }

    [Fact]
    public void Refund_OfAYearThatIsClosed_MayOnlyGoBack()
    {
        var payment = town.Forum.Do(town.Forum.Payment(town.Fund, 5_000));
        ClosingTown.Closes(town.Forum);

        town.Forum.Do(new RefundPayment(payment, null, 3_000));

        Assert.Equal(13_500 + 3_000, ClosingTown.ToReturn(town.Forum));
        town.Federation.MustHold();
        Assert.Equal(Dump.Of(Books), Dump.Of(Replay.Of(town.Forum)));
    }
}
