using static FundingFlows.Ledger.Tests.ExampleTown;

namespace FundingFlows.Ledger.Tests;

/// <summary>The examples of money that is paid out, and of what comes back of it.</summary>
public sealed class PayingExamples
{
    private readonly ExampleTown town = new();

    [Fact]
    [Plays("Project and payment")]
    public void Payment_WithTax_ChargesWhatDoesNotComeBack()
    {
        town.SendsDown();
        town.SendsRevenue(12_000);
        var paid = town.Forum.Payment(town.Fund, 1) with { Charge = new Charge(Pounds(1_000), Pounds(200), VatRecoverable: false) };
        town.Forum.Do(paid);
        town.Council.Do(town.Council.Payment(town.Fund, 1) with { Charge = paid.Charge with { VatRecoverable = true } });

        var project = town.Forum.Books.Projects.All[0];
        var (whose, cost) = Assert.Single(project.Spent);
        MoneyPage.MustShow(
            "Project and payment", paid.Charge.NetPence, paid.Charge.VatPence, town.Forum.Balance(Account.Spent), town.Council.Balance(Account.Spent),
            cost, project.Description.MatchMoney[0].AmountPence);
        MoneyPage.MustQuote("Project and payment", town.Forum.Decide(paid with { PaidOn = new DateOnly(2027, 4, 1) }));
        Assert.Equal((town.Council.Id, "The library"), (whose.Funder, project.Description.Title));
        Assert.Null(town.Forum.Decide(paid with { PaidOn = new DateOnly(2027, 3, 31) }).Refusal);
        Assert.Null(town.Forum.Decide(paid with { Year = 2027, PaidOn = new DateOnly(2027, 4, 1) }).Refusal);
    }

    [Fact]
    [Plays("A second person")]
    public void Payment_AboveTheAmountOrSeenBefore_WaitsForASecondPerson()
    {
        var council = town.Council;
        var fund = council.Guarded(Pounds(10_000), above: Pounds(500));
        var bill = council.Payment(fund, Pounds(500));
        council.Do(bill);
        var preparation = council.Do(council.Payment(fund, Pounds(800)));
        var (held, spent) = (council.Books.Holds.Find(preparation)!.AmountPence, council.Balance(Account.Spent));
        var bySame = council.Decide(new ApprovePayment(preparation));
        council.DoAs(Preparing.Second, new ApprovePayment(preparation));
        var both = council.Balance(Account.Spent);
        var again = council.Do(bill);
        var twice = council.Books.Holds.Find(again)!.AmountPence;
        council.DoAs(Preparing.Second, new RejectPayment(again, null));
        council.Do(new DeclareInterest(bill.Payee));

        var above = council.Books.Funds.Newest(fund)!.SecondApprovalAbovePence;
        MoneyPage.MustShow(
            "A second person", council.Books.Lots.All[0].AmountPence, above, bill.Charge.AmountPence, held, held, spent, both, twice, council.Balance(Account.Spent));
        MoneyPage.MustQuote("A second person", bySame, council.Decide(council.Payment(fund, Pounds(1))));
        Assert.Equal(0, council.Books.Lots.All.Sum(lot => lot.HeldPence));
    }

    [Fact]
    [Plays("Setting money aside")]
    public void Reservation_OfTheCouncil_HoldsMoneyUntilSomebodyEndsIt()
    {
        town.SendsRevenue(12_000);
        var council = town.Council;
        long Free() => council.Books.Lots.Remaining(town.Fund).Sum(lot => lot.FreePence);
        var reservation = council.Do(council.Reservation(town.Fund, Pounds(5_000)));
        var hold = council.Books.Holds.Find(reservation)!;
        var (had, reserved, free) = (council.Balance(Account.Cash), hold.AmountPence, Free());
        var other = council.Payment(town.Fund, Pounds(8_000));
        var refused = council.Decide(other);
        council.Do(new ReleaseReservation(reservation, Pounds(2_000)));
        var (after, left) = (Free(), hold.AmountPence);
        var early = council.Decide(new ExpireReservation(reservation, new DateOnly(2027, 3, 30)));
        council.Do(new ExpireReservation(reservation, new DateOnly(2027, 3, 31)));

        MoneyPage.MustShow("Setting money aside", had, reserved, council.Balance(Account.Cash), free, other.Charge.AmountPence, Pounds(2_000), after, left);
        MoneyPage.MustQuote("Setting money aside", refused, early);
        Assert.Equal(had, Free());
    }

    [Fact]
    [Plays("Refund")]
    public void Refund_OfAPayment_FillsTheLotDrawnLastFirst()
    {
        var award = town.Promises(town.Department, town.Forum, 6_000);
        foreach (var pounds in new[] { 1_000, 2_000, 3_000 })
            town.Federation.Releases(town.Department, award, 0, Pounds(pounds));
        var lots = town.Forum.Books.Lots.All;
        var payment = town.Forum.Do(town.Forum.Payment(town.Fund, Pounds(5_000)));
        var paid = town.Forum.Books.Payments.Find(payment)!;
        town.Forum.Do(new RefundPayment(payment, null, Pounds(2_500)));

        var had = lots.Select(lot => lot.AmountPence).ToList();
        var rows = lots.Zip(paid.Pieces).SelectMany(row => (long[])[row.First.AmountPence, row.Second.AmountPence, row.First.RemainingPence]);
        MoneyPage.MustShow("Refund", [.. had, paid.AmountPence, paid.RefundedPence, .. rows, town.Forum.Balance(Account.Spent), Pounds(2_500) + 1]);
        MoneyPage.MustQuote("Refund", town.Forum.Decide(new RefundPayment(payment, null, Pounds(2_500) + 1)));
    }
}
