namespace FundingFlows.Ledger.Tests;

/// <summary>Money that a payee gives back is what it was before it was paid, and no more of it than was paid.</summary>
public sealed class RefundedTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Revenue_PaidAndRefunded_IsNotCapital()
    {
        Refund(stage.Council, 8_000);

        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Payment(stage.Fund, 10_001, Kind.Capital)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Payment(stage.Fund, 8_001)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Payment(stage.Fund, 1).In(2029)));
        stage.Federation.MustHold();
    }

    /// <summary>Up to the council it goes as what it was, whoever had it in between.</summary>
    [Fact]
    public void MoneyForForums_PaidRefundedAndRepaid_CannotBeSpentByTheCouncil()
    {
        Refund(stage.Forum, 6_000);
        stage.Federation.Repays(stage.Forum, stage.ForumAward, 6_000);

        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Payment(stage.Fund, 8_001)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Payment_RefundedInFull_IsNotRefundedAgainNorElsewhere()
    {
        var payment = Refund(stage.Council, 500);

        Refused.MustBe(RefundPaymentRefusal.MoreThanPaid, stage.Council.Decide(new RefundPayment(payment, null, 1)));
        Refused.MustBe(RefundPaymentRefusal.PaymentUnknown, stage.Forum.Decide(new RefundPayment(payment, null, 1)));
    }

    private EntryId Refund(TestBody body, long pence)
    {
        var payment = body.Do(body.Payment(stage.Fund, pence));
        body.Do(new RefundPayment(payment, null, pence));
        return payment;
    }
}
