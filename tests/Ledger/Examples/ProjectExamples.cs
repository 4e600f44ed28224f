using static FundingFlows.Ledger.Tests.ExampleTown;

namespace FundingFlows.Ledger.Tests;

/// <summary>The examples of a project that changes, of what is ordered for one, and of a body that is closed.</summary>
public sealed class ProjectExamples
{
    private readonly ExampleTown town = new();

    [Fact]
    [Plays("When a project changes")]
    public void Change_OfAProject_IsDecidedBySomebodyElseAndLeavesWhatWasReached()
    {
        var forum = town.Forum;
        var description = Write.Project();
        var project = forum.Do(new RegisterProject(description));
        var larger = description.Clone();
        larger.MatchMoney[0].AmountPence = Pounds(80);
        var change = forum.Do(new RequestProjectChange(project, larger, Write.Reason));
        var bySame = forum.Decide(new DecideProjectChange(change, true, null));
        var before = forum.Books.Projects.Find(project)!.Description.MatchMoney[0].AmountPence;
        forum.DoAs(Preparing.Second, new DecideProjectChange(change, true, null));
        var after = forum.Books.Projects.Find(project)!.Description.MatchMoney[0].AmountPence;
        forum.Do(new ReachMilestone(project, 1, Write.Day, Write.Reason));
        var other = larger.Clone();
        other.Milestones[0].Title = "The roof is nearly on";

        MoneyPage.MustShow("When a project changes", description.MatchMoney[0].AmountPence, larger.MatchMoney[0].AmountPence, before, after);
        MoneyPage.MustQuote("When a project changes", bySame, forum.Decide(new RequestProjectChange(project, other, Write.Reason)));
    }

    [Fact]
    [Plays("What is ordered")]
    public void Order_OfTheCouncil_IsKeptForItsSupplier()
    {
        town.SendsRevenue(12_000);
        var council = town.Council;
        var reserved = council.Reservation(town.Fund, Pounds(3_000));
        var order = council.Do(reserved with { For = reserved.For with { Supplier = Write.Organisation() } });
        var hold = council.Books.Holds.Find(order)!;
        var ordered = hold.AmountPence;
        var free = council.Books.Lots.Remaining(town.Fund).Sum(lot => lot.FreePence);
        var bill = council.Payment(town.Fund, Pounds(2_900)) with { OutOf = order };
        var another = council.Decide(bill with { Payee = Write.Organisation("GB-CHC-7654321") });
        council.Do(bill);
        var left = hold.AmountPence;
        council.Do(new ReleaseReservation(order, left));

        MoneyPage.MustShow(
            "What is ordered", Pounds(12_000), ordered, free, bill.Charge.AmountPence, left, council.Books.Lots.Remaining(town.Fund).Sum(lot => lot.FreePence));
        MoneyPage.MustQuote("What is ordered", another);
    }

    [Fact]
    [Plays("When a body is closed")]
    public void Forum_ThatHoldsNothing_IsClosed()
    {
        var award = town.SendsDown();
        var forum = town.Forum;
        var closing = new CloseBody(new DateOnly(2027, 3, 31));
        var had = forum.Balance(Account.Cash);
        var holding = forum.Decide(closing);
        forum.Do(forum.Payment(town.Fund, Pounds(8_000), Kind.Revenue));
        forum.Do(new RepayUnderspend(award, null, Pounds(1_000)));
        town.Federation.Settle();
        var agreed = forum.Decide(closing);
        forum.Do(new EndAgreement(forum.Books.Agreements.All[0].Id, Write.Reason));
        town.Federation.Settle();
        var back = town.Council.Balance(Account.Cash);
        forum.Do(closing);

        MoneyPage.MustShow("When a body is closed", had, forum.Balance(Account.Spent), had - forum.Balance(Account.Spent), back);
        MoneyPage.MustQuote("When a body is closed", holding, agreed);
    }
}
