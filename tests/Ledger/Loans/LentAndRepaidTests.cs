namespace FundingFlows.Ledger.Tests;

/// <summary>Escapes that are closed: money lent and repaid to lose its ring-fence, and money issued again as a levy of the body's own.</summary>
public sealed class LentAndRepaidTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Money_OfTermsWithoutLoans_IsNotLent() => Refused.MustBe(
        MakePaymentRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Payment(stage.Fund, 100) with { RepayableBy = Write.YearEnd }));

    [Fact]
    public void Money_LentAndRepaid_IsKeptForWhatItWas()
    {
        var loan = stage.Council.Lends(10_000);
        stage.Council.Do(new RecordLoanRepayment(loan, Write.YearEnd, 10_000));

        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Payment("E06000001.loans", 1, Kind.Capital)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Payment("E06000001.loans", 1).In(2031)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Payment(stage.Fund, 8_001)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Money_Lent_ComesBackNeitherAsARefundNorAsInterest()
    {
        var loan = stage.Council.Lends(10_000);
        var interest = stage.Council.OpensForInterest();

        Refused.MustBe(RefundPaymentRefusal.ItWasLent, stage.Council.Decide(new RefundPayment(loan, null, 10_000)));
        Refused.MustBe(IssueMoneyRefusal.InterestWithoutLoan, stage.Council.Decide(new IssueMoney(interest, new SourceId(SourceKind.LoanInterest, "loan"), 10_000)));
        Refused.MustBe(
            RecordLoanRepaymentRefusal.InterestAboveLoan, stage.Council.Decide(new RecordLoanRepayment(loan, Write.YearEnd, 1, new LoanInterest(interest, 10_001, Write.Reason))));
    }

    [Fact]
    public void Money_OfAnotherBodysFund_IsNotIssuedAgainAsALevy()
    {
        var levy = stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000));
        var source = stage.Council.Source();

        // Into the fund itself, from the levy what was never raised, and out of it by surrendering.
        Refused.MustBe(IssueMoneyRefusal.FundUnknown, stage.Council.Decide(new IssueMoney(stage.Fund, source, 1)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Payment(levy, 1)));
        Refused.MustBe(SurrenderMoneyRefusal.KeptForSomethingElse, stage.Council.Decide(new SurrenderMoney(stage.Fund, Write.Vote(), 1)));
        Refused.MustBe(
            MakePaymentRefusal.PayeeIsABody,
            stage.Council.Decide(stage.Council.Payment(stage.Fund, 1) with { Payee = Write.Organisation(TestFederation.OrganisationOf(stage.Council.Id)) }));
    }
}
