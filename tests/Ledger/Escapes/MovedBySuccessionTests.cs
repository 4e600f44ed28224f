namespace FundingFlows.Ledger.Tests;

/// <summary>Money does not leave its ring-fence by moving to a successor: neither what is free nor what was set aside, owed, lent or paid.</summary>
public sealed class MovedBySuccessionTests
{
    private const string First = "E06000021", Second = "E06000022";
    private readonly Stage stage = new();

    private TestBody Here => stage.Federation[First];

    [Fact]
    public void Money_ThatWasKeptForForums_IsKeptForThemAtTheSuccessors()
    {
        Abolish();
        foreach (var body in new[] { First, Second })
            Refused.MustBe(
                MakePaymentRefusal.KeptForSomethingElse,
                stage.Federation[body].Decide(stage.Federation[body].Payment(stage.Fund, Free(stage.Federation[body], lot => lot.Line.Kind == Kind.Revenue))));
    }

    [Fact]
    public void Capital_ThatWasMoved_IsNotRevenue()
    {
        Abolish();
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, Here.Decide(Here.Payment(stage.Fund, Free(Here, lot => lot.Line.Kind == Kind.Capital) + 1)));
    }

    [Fact]
    public void Reservation_ThatWasMoved_IsForNothingElse()
    {
        var reservation = stage.Council.Do(stage.Council.Reservation(stage.Fund, 700));
        Abolish();
        var elsewhere = Here.Payment(stage.Fund, 100) with { OutOf = reservation, Category = "parks" };
        Refused.MustBe(MakePaymentRefusal.NotWhatItIsHeldFor, Here.Decide(elsewhere));
        Refused.MustBe(MakePaymentRefusal.NothingHeld, stage.Federation[Second].Decide(stage.Federation[Second].Payment(stage.Fund, 100) with { OutOf = reservation }));
    }

    [Fact]
    public void Refund_OfWhatThePredecessorPaid_IsOfTheKindAndEarmarksThatItWas()
    {
        var paid = stage.Council.Do(stage.Council.Payment(stage.Fund, 5_000, Kind.Capital));
        Abolish();
        Here.Do(new RefundPayment(paid, null, 5_000));
        Refused.MustBe(
            MakePaymentRefusal.KeptForSomethingElse, Here.Decide(Here.Payment(stage.Fund, Free(Here, lot => lot.Line.Kind == Kind.Revenue && lot.Line.Earmarks.Count == 0) + 1)));
        Refused.MustBe(SurrenderMoneyRefusal.KeptForSomethingElse, Here.Decide(new SurrenderMoney(stage.Fund, Write.Vote(), 5_000)));
    }

    [Fact]
    public void Loan_RepaidTooLateToTheSuccessor_MayOnlyGoBack()
    {
        var loan = stage.Council.Lends(600);
        Abolish();
        Here.Do(new RecordLoanRepayment(loan, Write.Day.AddYears(3), 600));
        Assert.Equal(600, Here.Books.Lots.All.Sum(lot => lot.HeldFor(HoldKind.Return)));
    }

    [Fact]
    public void MoneyThatMayOnlyGoBack_MovedToTheSuccessors_MayOnlyGoBack()
    {
        var loan = stage.Council.Lends(600);
        stage.Council.Do(new RecordLoanRepayment(loan, Write.Day.AddYears(3), 600));
        Abolish();
        Assert.Equal([360L, 240L], new[] { First, Second }.Select(body => stage.Federation[body].Books.Lots.All.Sum(lot => lot.HeldFor(HoldKind.Return))));
        Refused.MustBe(
            MakePaymentRefusal.KeptForSomethingElse, Here.Decide(Here.Payment($"{stage.Council.Id}.loans", Here.Books.Lots.Remaining($"{stage.Council.Id}.loans").Sum(lot => lot.RemainingPence))));
    }

    [Fact]
    public void MergedMoney_MovedToASuccessor_ObeysAllTermsThatItEverCameUnder()
    {
        stage.Council.Do(Write.Fund("old", [Write.Share(Kind.Either, 10_000)]) with { Rules = FundRules.None with { MergeInto = [$"{stage.Council.Id}.new"], SecondApprovalAbovePence = 100 } });
        stage.Council.Do(Write.Fund("new", [Write.Share(Kind.Either, 10_000)]));
        stage.Council.Issues($"{stage.Council.Id}.old", 1_000);
        stage.Council.Do(new MergePots($"{stage.Council.Id}.old", $"{stage.Council.Id}.new", null, 10));
        Abolish();
        Assert.NotNull(Assert.Single(Here.Decide(Here.Payment($"{stage.Council.Id}.new", 101)).Facts).PaymentPrepared);
    }

    [Fact]
    public void MoneyHeldForAClaim_MovesToWhoClaimedItAndIsNotFreeAtASuccessor()
    {
        stage.Claims(5_000);
        Abolish();
        Assert.Equal(5_000, stage.Government.Balance(Account.Returned));
        Assert.Equal(30_000 - 6_000 - 5_000, Here.Balance(Account.Cash) + stage.Federation[Second].Balance(Account.Cash));
    }

    private static long Free(TestBody body, Predicate<Lot> which) => body.Books.Lots.All.Where(lot => which(lot)).Sum(lot => lot.FreePence);

    private void Abolish()
    {
        stage.Government.Do(stage.Ordering());
        stage.Federation.Ends(stage.Council);
        stage.Federation.MustHold();
    }
}
