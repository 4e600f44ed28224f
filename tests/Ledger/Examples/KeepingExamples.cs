using static FundingFlows.Ledger.Tests.ExampleTown;

namespace FundingFlows.Ledger.Tests;

/// <summary>The example of a club that decides, and of a council that pays for it.</summary>
public sealed class KeepingExamples
{
    private readonly ExampleTown town = new();
    private readonly TestBody club;
    private readonly TestBody neighbour;

    public KeepingExamples()
    {
        club = town.Federation.Add("allotments", Tier.NeighbourhoodForum, LegalForm.Unincorporated);
        neighbour = town.Federation.Add("neighbour", Tier.Council);
    }

    [Fact]
    [Plays("Shares that are kept")]
    public void Shares_KeptForNeighbourhoodsPlacesAndSkills_AreUsedForThemAlone()
    {
        var (council, forum) = (town.Council, town.Forum);
        council.Do(Write.Fund(
            "kept",
            [
                Write.Share(Kind.Revenue, 6_000), Write.Share(Kind.Revenue, 2_500, Write.Led),
                Write.Share(Kind.Revenue, 1_000, "left-behind-areas"), Write.Share(Kind.Revenue, 500, "capacity-building"),
            ],
            Write.LedByForums(), new Earmark { Name = "left-behind-areas", Places = { "E05000009" } }, new Earmark { Name = "capacity-building", Categories = { "training", "advice" } }));
        const string Fund = "council.kept";
        var issued = council.Issues(Fund, Pounds(10_000)).Sum(lot => lot.AmountPence);
        var (open, led, there, skills, more) = (Pounds(6_000), Pounds(2_500), Pounds(1_000), Pounds(500), Pounds(100));
        council.Do(council.Payment(Fund, open));
        var forForums = council.Decide(council.Payment(Fund, more));
        town.Federation.Agrees(council, forum);
        town.Federation.Releases(council, town.Federation.Awards(council, forum, Fund, Write.Promise(2026, Kind.Revenue, led, Write.Led)), 0, led);
        var forAPlace = council.Decide(council.Payment(Fund, more));
        council.Do(council.Payment(Fund, there) with { Place = "E05000009" });
        var forSkills = council.Decide(council.Payment(Fund, more));
        council.Do(council.Payment(Fund, skills) with { Category = "training" });

        MoneyPage.MustShow("Shares that are kept", issued, open, more, forum.Books.Lots.RemainingPence(Fund), more, there, skills, council.Books.Lots.RemainingPence(Fund));
        MoneyPage.MustQuote("Shares that are kept", forForums, forAPlace, forSkills);
        town.Federation.MustHold();
    }

    [Fact]
    [Plays("When the accountable body pays")]
    public void Payment_OfTheClub_IsMadeByItsNeighbourOrRefusedInPublic()
    {
        town.Federation.Keeps(neighbour, club);
        SendsTheClub(2_000);
        long had = club.Balance(Account.Cash), held = 0;
        Pays(500, instruction => held = club.Books.Holds.Find(instruction)!.AmountPence);
        var (spent, own, told) = (club.Balance(Account.Spent), neighbour.Balance(Account.Spent), Assert.Single(neighbour.Books.Instructions.PaidAsAgent(town.Fund)));

        var shed = club.Payment(town.Fund, Pounds(300));
        var refused = Instructs(shed);
        neighbour.Do(Instructed.Refusing(refused));
        town.Federation.Settle();
        var free = club.Books.Lots.Remaining(town.Fund).Sum(lot => lot.FreePence);
        club.Do(new MakeAppeal(refused, Write.Reason));
        town.Federation.Settle();
        var bySame = neighbour.Decide(new DecideAppeal(refused, true, Write.Reason));
        neighbour.DoAs(Preparing.Second, new DecideAppeal(refused, true, Write.Reason));
        town.Federation.Settle();
        var again = Instructs(shed with { AfterAppeal = refused });
        var asBefore = neighbour.Decide(Instructed.Refusing(again));
        var end = club.Decide(new EndCustody(club.Books.Custodies.All[0].Id, Write.Reason));
        Executes(again);

        MoneyPage.MustShow(
            "When the accountable body pays", had, Pounds(500), held, spent, own, told.PaidPence, shed.Charge.AmountPence, free, shed.Charge.AmountPence,
            club.Balance(Account.Spent), club.Balance(Account.Cash));
        MoneyPage.MustQuote("When the accountable body pays", bySame, asBefore, end);
        town.Federation.MustHold();
    }

    private void SendsTheClub(long pounds)
    {
        var agreement = town.Department.Do(new ProposeAgreement(club.Id, AccountableBody: neighbour.Id));
        town.Federation.Settle();
        club.Do(new AcceptAgreement(agreement));
        town.Federation.Settle();
        town.Federation.Releases(town.Department, town.Federation.Awards(town.Department, club, town.Fund, Write.Promise(2026, Kind.Revenue, Pounds(pounds))), 0, Pounds(pounds));
    }

    private void Pays(long pounds, Action<EntryId> meanwhile)
    {
        var instruction = Instructs(club.Payment(town.Fund, Pounds(pounds)));
        meanwhile(instruction);
        Executes(instruction);
    }

    private EntryId Instructs(MakePayment payment)
    {
        var instruction = club.Do(payment);
        town.Federation.Settle();
        return instruction;
    }

    private void Executes(EntryId instruction)
    {
        neighbour.Do(Instructed.Executing(instruction));
        town.Federation.Settle();
    }
}
