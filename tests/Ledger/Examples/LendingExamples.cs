using static FundingFlows.Ledger.Tests.ExampleTown;

namespace FundingFlows.Ledger.Tests;

/// <summary>The examples of money that is paid later than it is owed, and of money that is lent.</summary>
public sealed class LendingExamples
{
    private readonly ExampleTown town = new();

    [Fact]
    [Plays("Owed for something received")]
    public void Liability_SettledInTheNextYear_CountsInItsOwn()
    {
        town.SendsRevenue(12_000);
        var council = town.Council;
        var reserve = council.Reservation(town.Fund, Pounds(5_000));
        var reservation = council.Do(reserve);
        var liability = council.Do(council.Liability(town.Fund, Pounds(4_200)) with { Reservation = reservation, ReceivedOn = new DateOnly(2027, 3, 20) });
        var (owed, reserved) = (council.Books.Holds.Find(liability)!.AmountPence, council.Books.Holds.Find(reservation)!.AmountPence);
        council.Do(new ExpireReservation(reservation, new DateOnly(2027, 3, 31)));
        ClosingTown.Closes(council);
        var bill = council.Payment(town.Fund, Pounds(4_000)) with { OutOf = liability, PaidOn = new DateOnly(2027, 5, 12) };
        council.Do(bill);
        var left = council.Books.Holds.Find(liability)!.AmountPence;
        council.Do(new ReduceLiability(liability, Write.Digest("One shelf was broken."), left));

        MoneyPage.MustShow("Owed for something received", reserve.AmountPence, owed, reserved, council.Balance(Account.Spent), left);
        MoneyPage.MustQuote("Owed for something received", council.Decide(council.Payment(town.Fund, 1)));
        Assert.Equal((2026, 0), (council.Books.Payments.All[0].Made.FinancialYear, council.Books.Lots.All.Sum(lot => lot.HeldPence)));
        town.Federation.MustHold();
    }

    [Fact]
    [Plays("Lending")]
    public void Loan_Repaid_ComesBackUnderItsLabelWhileItMay()
    {
        var council = town.Council;
        council.Do(Write.Fund("loans", [Write.Share(Kind.Revenue, 10_000)]) with { Years = new Years(2026, 2030), Rules = new FundRules([], RecyclingYears: 2) });
        var (fund, interest) = ($"{council.Id}.loans", council.OpensForInterest());
        var issued = council.Issues(fund, Pounds(10_000))[0];
        var loan = council.Do(council.Payment(fund, Pounds(6_000)) with { RepayableBy = new DateOnly(2028, 3, 31) });
        var (spent, left) = (council.Balance(Account.Spent), issued.FreePence);
        council.Do(new RecordLoanRepayment(loan, new DateOnly(2027, 9, 1), Pounds(2_500), new LoanInterest(interest, Pounds(50), Write.Reason)));
        var free = issued.FreePence;
        var paid = council.Books.Lots.RemainingPence(interest);
        council.Do(new RecordLoanRepayment(loan, new DateOnly(2029, 4, 1), Pounds(3_500)));

        MoneyPage.MustShow(
            "Lending", issued.AmountPence, council.Books.Payments.Find(loan)!.AmountPence, spent, left, Pounds(2_500), paid, Pounds(2_500), free, paid,
            ClosingTown.ToReturn(council));
        Assert.Equal((free, SourceKind.LoanInterest), (issued.FreePence, council.Books.Lots.Remaining(interest).First().Origin.Source.Kind));
        town.Federation.MustHold();
    }
}
