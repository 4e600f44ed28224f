using static FundingFlows.Ledger.Tests.ExampleTown;

namespace FundingFlows.Ledger.Tests;

/// <summary>The examples of money that goes down, and comes back from where it went.</summary>
public sealed class MovingExamples
{
    private readonly ExampleTown town = new();

    [Fact]
    [Plays("Issue and split")]
    public void Issue_OfMoney_IsSplitAtOnce()
    {
        var lots = town.Department.Books.Lots.All;

        MoneyPage.MustShow("Issue and split", [town.Department.Balance(Account.Issued), .. lots.Select(lot => lot.AmountPence)]);
        Assert.All(lots, lot => MoneyPage.MustSay("Issue and split", $"`{lot.Id}`"));
    }

    [Fact]
    [Plays("Agreement and award")]
    public void Award_Accepted_IsACommitment()
    {
        var promise = town.Department.Books.Awards.Find(town.Promises(town.Department, town.Region, 20_000))!.Promises[0];

        MoneyPage.MustShow("Agreement and award", promise.AmountPence, promise.LeftPence, promise.ReleasedPence);
    }

    [Fact]
    [Plays("Who may send money to whom")]
    public void Council_ThatLeadsForANeighbour_SendsNothingOnceItHasSuspended()
    {
        var neighbour = town.Federation.Add("neighbour", Tier.Council);
        town.SendsRevenue(12_000);
        var agreement = town.Federation.Agrees(town.Council, neighbour, AgreementBasis.LeadAuthority);
        var award = town.Federation.Awards(town.Council, neighbour, town.Fund, Write.Promise(2026, Kind.Revenue, Pounds(5_000)));
        town.Federation.Releases(town.Council, award, 0, Pounds(2_000));
        var round = neighbour.Decide(new ProposeAgreement(town.Council.Id));
        town.Council.Do(new SuspendAgreement(agreement, Write.Reason));
        var more = town.Council.Decide(town.Council.Release(award, 0, Pounds(1_000)));
        town.Council.Do(new EndAgreement(agreement, Write.Reason));
        town.Federation.Settle();

        var promise = town.Council.Books.Awards.Find(award)!.Promises[0];
        MoneyPage.MustShow(
            "Who may send money to whom", town.Council.Balance(Account.Received), promise.AmountPence, promise.ReleasedPence, Pounds(1_000),
            promise.AmountPence - promise.ReleasedPence, neighbour.Balance(Account.Cash));
        MoneyPage.MustQuote("Who may send money to whom", round, more);
        Refused.MustBe(ReleaseFundsRefusal.AgreementEnded, town.Council.Decide(town.Council.Release(award, 0, Pounds(1_000))));
    }

    [Fact]
    [Plays("Who keeps a forum's money")]
    public void Club_WithoutALegalForm_TakesMoneyOnceACouncilIsAccountableForIt()
    {
        town.SendsRevenue(12_000);
        var club = town.Federation.Add("allotments", Tier.NeighbourhoodForum, LegalForm.Unincorporated);
        var neighbour = town.Federation.Add("neighbour", Tier.Council);
        var first = town.Council.Do(new ProposeAgreement(club.Id));
        town.Federation.Settle();
        var alone = club.Decide(new AcceptAgreement(first));
        town.Council.Do(new EndAgreement(first, Write.Reason));
        town.Federation.Keeps(neighbour, club);
        var second = town.Council.Do(new ProposeAgreement(club.Id, AccountableBody: neighbour.Id));
        town.Federation.Settle();
        club.Do(new AcceptAgreement(second));
        town.Federation.Settle();
        var award = town.Federation.Awards(town.Council, club, town.Fund, Write.Promise(2026, Kind.Revenue, Pounds(2_000)));
        town.Federation.Releases(town.Council, award, 0, Pounds(2_000));

        MoneyPage.MustShow("Who keeps a forum's money", town.Council.Books.Awards.Find(award)!.Promises[0].AmountPence, club.Balance(Account.Cash));
        MoneyPage.MustQuote("Who keeps a forum's money", alone);
    }

    [Fact]
    [Plays("Release and transfer")]
    public void Release_OfMoney_GoesInTwoSteps()
    {
        var award = town.Promises(town.Department, town.Region, 20_000);
        long[] Row() =>
        [
            town.Department.Balance(Account.Cash), town.Department.Balance(Account.InTransit), town.Department.Balance(Account.Granted), town.Region.Balance(Account.Cash),
        ];
        var before = Row();
        var transfer = town.Department.Sends(award, 0, Pounds(20_000));
        var sent = Row();
        var sequence = town.Department.Books.Transfers.Find(transfer)!.Sequence;
        town.Federation.Deliver(town.Department, town.Region.Id, sequence);
        var arrived = Row();
        town.Federation.Answer(town.Department, town.Region.Id, sequence);

        var lot = town.Region.Books.Lots.All[0];
        MoneyPage.MustShow("Release and transfer", [Pounds(20_000), .. before, .. sent, .. arrived, .. Row(), lot.AmountPence, Pounds(1)]);
        MoneyPage.MustQuote("Release and transfer", town.Department.Decide(town.Department.Release(award, 0, Pounds(1))));
        Assert.Equal(town.Department.Books.Lots.All[ForForums].Id, lot.Parent);
    }

    [Fact]
    [Plays("An award is amended")]
    public void Award_Amended_PromisesWhatBothHaveAgreed()
    {
        var award = town.Promises(town.Department, town.Region, 20_000);
        town.Federation.Releases(town.Department, award, 0, Pounds(15_000));
        var (promised, released) = (Now(town.Region, award)[0].AmountPence, Now(town.Region, award)[0].ReleasedPence);
        Amends(award, [Led(2026, 16_000), Led(2027, 8_000)], () => { });
        long[] amended = [.. Now(town.Region, award).Select(promise => promise.AmountPence), .. Now(town.Department, award).Select(promise => promise.LeftPence)];
        var below = town.Department.Decide(new AmendAward(award, [Led(2026, 14_000), Led(2027, 8_000)]));
        Amends(award, [Led(2026, 15_500), Led(2027, 8_000)], () => town.Department.Sends(award, 0, Pounds(600)));

        MoneyPage.MustShow(
            "An award is amended", promised, released, amended[0], amended[1], amended[2], amended[3], Pounds(14_000), Pounds(15_500), Pounds(600), Now(town.Region, award)[0].ReleasedPence,
            Now(town.Region, award)[0].AmountPence);
        MoneyPage.MustQuote("An award is amended", below);
        Assert.Equal([AmendmentStage.InForce, AmendmentStage.Lapsed], town.Region.Books.Awards.Find(award)!.Amendments.Select(one => one.State));
    }

    private static Promise Led(int year, long pounds) => Write.Promise(year, Kind.Either, Pounds(pounds), Write.Led);

    private static IReadOnlyList<AwardPromise> Now(TestBody body, EntryId award) => body.Books.Awards.Find(award)!.Promises;

    /// <param name="meanwhile">What the department does before it hears that the region has accepted.</param>
    private void Amends(EntryId award, Promise[] promises, Action meanwhile)
    {
        var amendment = town.Department.Do(new AmendAward(award, promises));
        town.Federation.Settle();
        town.Region.Do(new AnswerAmendment(award, amendment, true));
        meanwhile();
        town.Federation.Settle();
    }

    [Fact]
    [Plays("Passed on at once")]
    public void Release_WithStandingInstructions_GoesDownByItselfUntilOneStops()
    {
        var (toRegion, toCouncil, toForum) = (town.Promises(town.Department, town.Region, 20_000), town.Promises(town.Region, town.Council, 20_000), town.Promises(town.Council, town.Forum, 9_000));
        town.Region.Do(new SetStandingInstruction(Led(toRegion), [new StandingPart(toCouncil, 750_000)]));
        var id = town.Council.Do(new SetStandingInstruction(Led(toCouncil), [new StandingPart(toForum, 500_000)]));
        town.Federation.Releases(town.Department, toRegion, 0, Pounds(1_000) + 1);
        long[] Row(TestBody body) => [body.Balance(Account.Received), body.Balance(Account.Granted), body.Balance(Account.Cash)];
        long[] rows = [.. Row(town.Region), .. Row(town.Council), .. Row(town.Forum)];

        var before = (Council: town.Council.Balance(Account.Received), Forum: town.Forum.Balance(Account.Received));
        town.Federation.Releases(town.Department, toRegion, 0, Pounds(18_000));
        var (went, half) = (town.Council.Balance(Account.Received) - before.Council, town.Forum.Balance(Account.Received) - before.Forum);
        town.Federation.Releases(town.Region, toCouncil, 0, Pounds(4_000));

        MoneyPage.MustShow(
            "Passed on at once", [rows[0], .. rows, town.Council.Books.Awards.Find(toForum)!.Promises[0].AmountPence, Pounds(18_000), went, half, Pounds(4_000)]);
        MoneyPage.MustQuote("Passed on at once", town.Council.Books.Standing.Find(id)!.Stop?.Sentence);
        town.Federation.MustHold();
    }

    private static StandingLine Led(EntryId award) => new(award, Kind.Either, Write.Kept(Write.Led));

    [Fact]
    [Plays("One pound's way")]
    public void Payment_OfAForum_IsWalkedBackToItsSource()
    {
        town.SendsDown();
        var payment = town.Forum.Books.Payments.Find(town.Forum.Do(town.Forum.Payment(town.Fund, Pounds(4_000), Kind.Capital)))!;

        TestBody[] up = [town.Forum, town.Council, town.Region, town.Department];
        var lots = new List<Lot> { town.Forum.Books.Lots.Find(payment.Pieces[0].Lot)! };
        foreach (var body in up.Skip(1))
            lots.Add(body.Books.Lots.Find(lots[^1].Parent!.Value)!);
        Assert.Null(lots[^1].Parent);
        long[] way = [.. lots.Select(lot => lot.AmountPence)];
        MoneyPage.MustShow("One pound's way", [way[1], way[0], payment.AmountPence, .. way]);
    }

    [Fact]
    [Plays("New terms for new money")]
    public void Terms_ForNewMoney_LeaveOtherMoneyAsItIs()
    {
        var before = town.Department.Books.Lots.All.Sum(lot => lot.AmountPence);
        town.Federation.Agrees(town.Department, town.Council);
        var (promised, had, more) = (Pounds(20_000), Pounds(15_000), Pounds(5_000));
        var first = town.Federation.Awards(town.Department, town.Council, town.Fund, Write.Promise(2026, Kind.Revenue, promised));
        town.Federation.Releases(town.Department, first, 0, had);
        town.Department.Do(Write.Revision(town.Fund, [Write.Share(Kind.Revenue, 10_000)]));
        var issued = Assert.Single(town.Department.Issues(town.Fund, Pounds(40_000)));
        Assert.Equal(2u, issued.TermsVersion);
        var refused = town.Department.Decide(town.Department.Release(first, 0, more));
        town.Federation.Releases(town.Department, town.Federation.Awards(town.Department, town.Council, town.Fund, Write.Promise(2026, Kind.Revenue, more)), 0, more);
        long Under(uint version) => town.Council.Books.Lots.All.Where(lot => lot.TermsVersion == version).Sum(lot => lot.RemainingPence);

        MoneyPage.MustShow("New terms for new money", before, issued.AmountPence, promised, had, more, Under(1), Under(2));
        MoneyPage.MustQuote("New terms for new money", refused);
        town.Federation.MustHold();
    }

    [Fact]
    [Plays("Ring-fences hold by themselves")]
    public void Council_ThatSpendsWhatIsKeptForForums_IsRefused()
    {
        town.SendsDown();

        MoneyPage.MustShow("Ring-fences hold by themselves", town.Council.Balance(Account.Cash), Pounds(500));
        MoneyPage.MustQuote("Ring-fences hold by themselves", town.Council.Decide(town.Council.Payment(town.Fund, Pounds(500))));
    }

    [Fact]
    [Plays("A transfer that is refused")]
    public void Transfer_Refused_ComesBackAsANewLot()
    {
        var award = town.Promises(town.Department, town.Region, 20_000);
        var transfer = town.Department.Sends(award, 0, Pounds(5_000));
        var onItsWay = town.Department.Balance(Account.InTransit);
        town.Federation.Refuses(town.Region, town.Department, transfer);

        var back = town.Department.Books.Lots.All[^1];
        MoneyPage.MustShow("A transfer that is refused", Pounds(5_000), onItsWay, town.Department.Balance(Account.InTransit), back.AmountPence);
        Assert.Equal(town.Department.Books.Lots.All[ForForums].Id, back.Parent);
        Assert.Equal(Pounds(20_000), town.Department.Books.Awards.Find(award)!.Promises[0].LeftPence);
    }

    [Fact]
    [Plays("Repayment")]
    public void Repayment_OfAForum_ReturnsToItsCouncil()
    {
        var award = town.SendsDown();
        var had = town.Forum.Balance(Account.Cash);
        var kept = town.Council.Balance(Account.Cash);
        town.Forum.Do(town.Forum.Payment(town.Fund, Pounds(4_000), Kind.Capital));
        town.Federation.Repays(town.Forum, award, Pounds(3_000));

        var promise = town.Council.Books.Awards.Find(award)!.Promises[0];
        MoneyPage.MustShow(
            "Repayment", had, town.Forum.Balance(Account.Spent), town.Forum.Balance(Account.Repaid), town.Forum.Balance(Account.Cash),
            town.Council.Balance(Account.Cash), kept, town.Council.Balance(Account.Returned), promise.AmountPence, promise.LeftPence);
        var (first, back) = (town.Council.Books.Lots.All[0], town.Council.Books.Lots.All[^1]);
        Assert.Equal((first.Line, first.Origin), (back.Line, back.Origin));
    }

    [Fact]
    [Plays("Clawback")]
    public void Clawback_OfWhatIsPartlySpent_IsHeldOwedAndMetLater()
    {
        var award = town.SendsDown();
        var (council, forum) = (town.Council, town.Forum);
        var given = forum.Balance(Account.Received);
        var bill = forum.Do(forum.Payment(town.Fund, Pounds(5_000)));
        var spent = forum.Balance(Account.Spent);
        var claim = council.Do(new ClaimClawback(award, Kind.Either, Write.Kept(Write.Led), Write.Digest("Not as agreed."), Pounds(6_000)));
        town.Federation.Settle();
        var (here, there) = (forum.Books.Clawbacks.Find(claim)!, council.Books.Clawbacks.Find(claim)!);
        var held = forum.Books.Holds.Find(here.RecordedBy!.Value)!.AmountPence;
        var (owed, other) = (here.OwedPence - held, forum.Payment(town.Fund, Pounds(100)));
        var refused = forum.Decide(other);
        forum.Do(new SettleClawback(claim, held));
        forum.Do(new RefundPayment(bill, null, Pounds(1_500)));
        forum.Do(new SettleClawback(claim, Pounds(1_500)));
        town.Federation.Settle();
        var left = there.OwedPence;
        council.Do(new WithdrawClawback(claim, left));
        town.Federation.Settle();

        MoneyPage.MustShow(
            "Clawback", given, spent, here.AmountPence, held, owed, other.Charge.AmountPence, held, Pounds(1_500), left, council.Balance(Account.Returned),
            council.Books.Awards.Find(award)!.Promises[0].LeftPence);
        MoneyPage.MustQuote("Clawback", refused);
        Assert.Equal((0, 0), (here.OwedPence, there.OwedPence));
        town.Federation.MustHold();
    }
}
