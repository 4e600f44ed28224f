using static FundingFlows.Ledger.Tests.ExampleTown;

namespace FundingFlows.Ledger.Tests;

/// <summary>The examples of money that is paid out, and of what comes back of it.</summary>
public sealed class PayingExamples
{
    private readonly ExampleTown town = new();

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
