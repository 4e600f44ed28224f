namespace FundingFlows.Ledger.Tests;

/// <summary>What is lent comes back under its own ring-fences, for as long as its terms say. Only interest is new money.</summary>
public sealed class LoanTests
{
    private const string Fund = "E06000001.loans";
    private readonly TestFederation federation = new();
    private readonly TestBody council;
    private readonly EntryId loan;

    public LoanTests()
    {
        council = federation.Add("E06000001", Tier.Council);
        loan = council.Lends(6_000);
    }

    [Fact]
    public void Loan_Made_IsSpentAndOwedBackByItsDay()
    {
        var payment = council.Books.Payments.Find(loan)!;

        Assert.True(payment.IsLoan);
        Assert.Equal((6_000, 4_000), (council.Balance(Account.Spent), council.Balance(Account.Cash)));
        federation.MustHold();
    }

    [Fact]
    public void Repayment_WithinTheYears_CanBeLentAgain()
    {
        council.Do(new RecordLoanRepayment(loan, new DateOnly(2029, 3, 31), 6_000));

        Assert.Equal((0, 10_000, 10_000), (council.Balance(Account.Spent), council.Balance(Account.Issued), council.Books.Lots.Remaining(Fund).Sum(lot => lot.FreePence)));
        council.Do(council.Payment(Fund, 10_000).In(2028) with { RepayableBy = new DateOnly(2029, 3, 31) });
        federation.MustHold();
    }

    [Fact]
    public void Repayment_TooLate_MayOnlyGoBack()
    {
        council.Do(new RecordLoanRepayment(loan, new DateOnly(2029, 4, 1), 6_000));

        Assert.Equal((6_000, 4_000), (ClosingTown.ToReturn(council), council.Books.Lots.Remaining(Fund).Sum(lot => lot.FreePence)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, council.Decide(council.Payment(Fund, 4_001).In(2029)));
        council.Do(new SurrenderMoney(Fund, council.Source(), 6_000));
        Assert.Equal((6_000, 4_000), (council.Balance(Account.Surrendered), council.Balance(Account.Cash)));
        federation.MustHold();
        Assert.Equal(Dump.Of(council.Books), Dump.Of(Replay.Of(council)));
    }

    [Fact]
    public void Repayment_SaidToBeOfAYearThatIsClosed_CountsInTheFirstThatIsOpen()
    {
        foreach (var year in Enumerable.Range(2026, 3))
            ClosingTown.Closes(council, year);

        council.Do(new RecordLoanRepayment(loan, new DateOnly(2027, 4, 1), 6_000));

        Assert.Equal(6_000, ClosingTown.ToReturn(council));
    }

    [Fact]
    public void Interest_OnALoan_IsIssuedAndNamedAfterIt()
    {
        var interest = council.OpensForInterest();

        var repaid = council.Do(new RecordLoanRepayment(loan, Write.YearEnd, 1_000, new LoanInterest(interest, 300, Write.Reason)));

        var lot = Assert.Single(council.Books.Lots.Remaining(interest));
        Assert.Equal((300, SourceKind.LoanInterest, $"loan-1-{loan.Index}"), (lot.AmountPence, lot.Origin.Source.Kind, lot.Origin.Source.Reference));
        Assert.Equal(Write.Reason, council.Facts(repaid)[1].MoneyIssued.Evidence);
        Assert.Equal((repaid.Index + 1, 300), (lot.Id.Entry.Index, council.Books.Payments.Find(loan)!.InterestPence));
        federation.MustHold();
        Assert.Equal(Dump.Of(council.Books), Dump.Of(Replay.Of(council)));
    }
}
