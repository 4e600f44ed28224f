namespace FundingFlows.Ledger.Tests;

/// <summary>A council that keeps a forum's money is abolished: a successor keeps it on.</summary>
public sealed class CustodyPassedOnTests
{
    private const string First = "E06000021", Second = "E06000022";
    private readonly Stage stage = new();

    [Theory]
    [InlineData(First)]
    [InlineData(Second)]
    public void Custody_OfTheOldBody_GoesOnWithTheTakerWhichPaysForTheForum(string taker)
    {
        var custody = stage.Keeps();
        var paid = stage.Executes(stage.Instructs(500));
        Abolish(taker);

        var here = stage.Federation[taker];
        Assert.Equal([taker, taker], new[] { here, stage.Forum }.Select(body => body.Books.Custodies.Find(custody)!.Agent));
        var instruction = stage.Forum.Do(stage.Paying());
        stage.Federation.Settle();
        here.Do(Instructed.Executing(instruction));
        stage.Federation.Settle();
        Assert.Equal((InstructionStage.Executed, 500L + 600), (stage.Forum.Books.Instructions.Find(instruction)!.Stage, stage.Forum.Balance(Account.Spent)));
        // What the old body paid for the forum is the forum's payment, as before.
        stage.Forum.Do(new RefundPayment(paid.Id, null, 500));
        MustHold();
    }

    [Fact]
    public void Instruction_ThatTheOldBodyHasNotPaid_IsGivenBackAndMayBeGivenToTheSuccessor()
    {
        var instruction = stage.Instructs(600);
        Abolish(First);

        Assert.Equal(InstructionStage.Returned, stage.Forum.Books.Instructions.Find(instruction)!.Stage);
        Assert.Equal(6_000, stage.Forum.Books.Lots.All.Sum(lot => lot.FreePence));
        var anew = stage.Forum.Do(stage.Paying());
        stage.Federation.Settle();
        stage.Federation[First].Do(Instructed.Executing(anew));
        stage.Federation.Settle();
        Assert.Equal(600, stage.Forum.Balance(Account.Spent));
        MustHold();
    }

    [Fact]
    public void Instruction_ThatWasOnItsWayToTheOldBody_IsGivenBackToo()
    {
        stage.Keeps();
        stage.Government.Do(stage.Ordering());
        var instruction = stage.Forum.Do(stage.Paying());
        stage.Federation.Ends(stage.Council);

        Assert.Equal((InstructionStage.Returned, 6_000L), (stage.Forum.Books.Instructions.Find(instruction)!.Stage, stage.Forum.Books.Lots.All.Sum(lot => lot.FreePence)));
        MustHold();
    }

    [Fact]
    public void Execution_ThatWasOnItsWayFromTheOldBody_Counts()
    {
        var instruction = stage.Instructs(600);
        stage.Council.Do(Instructed.Executing(instruction));
        stage.Government.Do(stage.Ordering());
        stage.Federation.Ends(stage.Council);

        Assert.Equal((InstructionStage.Executed, 600L), (stage.Forum.Books.Instructions.Find(instruction)!.Stage, stage.Forum.Balance(Account.Spent)));
        MustHold();
    }

    [Fact]
    public void Proposal_ThatTheOldBodyHasNotAccepted_IsOver()
    {
        var custody = stage.Forum.Do(new ProposeCustody(stage.Council.Id));
        stage.Federation.Settle();
        Abolish(First);

        Assert.Equal(CustodyStage.Ended, stage.Forum.Books.Custodies.Find(custody)!.State);
        stage.Forum.Do(new ProposeCustody(First));
        MustHold();
    }

    [Fact]
    public void Forum_ThatIsAbolished_WaitsForWhatItsAccountableBodyIsStillToPay()
    {
        var instruction = stage.Instructs(600);
        Reform();
        Assert.False(stage.Forum.Books.Ending.IsAsked);
        stage.Council.Do(Instructed.Executing(instruction));
        stage.Federation.Ends(stage.Forum);

        Assert.Equal(5_400, stage.Federation["forum-2"].Balance(Account.Cash));
        Assert.Empty(stage.Federation.InventoryOf(stage.Forum).Findings());
        stage.Federation.MustHold();
    }

    [Fact]
    public void Appeal_ThatTheOldBodyHasNotDecided_KeepsNobodyTied()
    {
        var refused = stage.Appeals(stage.Refuses(stage.Instructs(600)));
        Abolish(First);

        Assert.Equal(AppealStage.NotTaken, stage.Forum.Books.Instructions.Find(refused)!.Appeal!.Stage);
        stage.Forum.Do(new EndCustody(stage.Keeps(), Write.Reason));
        MustHold();
    }

    [Fact]
    public void Club_WithoutAnAgreementWithTheOldBody_IsPaidForByTheSuccessor()
    {
        var club = stage.Federation.Add("forum-2", Tier.NeighbourhoodForum, LegalForm.Unincorporated);
        stage.Federation.Keeps(stage.Council, club);
        var instruction = club.Do(club.Payment(club.Guarded(), 400));
        stage.Federation.Settle();
        Abolish(First);

        Assert.Equal((InstructionStage.Returned, First), (club.Books.Instructions.Find(instruction)!.Stage, club.Books.Custodies.Of(club.Id)!.Agent));
        var anew = club.Do(club.Payment($"{club.Id}.guarded", 400));
        stage.Federation.Settle();
        stage.Federation[First].Do(Instructed.Executing(anew));
        MustHold();
        Assert.Equal(400, club.Balance(Account.Spent));
    }

    [Fact]
    public void Refusal_OfWhatAForumThatIsAbolishedHadReserved_LeavesNothingBehind()
    {
        stage.Keeps();
        var reservation = stage.Forum.Do(stage.Forum.Reservation(stage.Fund, 1_000));
        var instruction = stage.Instructs(stage.Paying() with { OutOf = reservation });
        Reform();
        stage.Council.Do(Instructed.Refusing(instruction));
        stage.Federation.Ends(stage.Forum);

        Assert.Equal(6_000, stage.Federation["forum-2"].Balance(Account.Cash));
        Assert.Empty(stage.Federation.InventoryOf(stage.Forum).Findings());
        stage.Federation.MustHold();
    }

    /// <summary>The bill is owed whoever stands where, and whatever becomes of what was told to be paid for it.</summary>
    [Theory]
    [InlineData(900)]
    [InlineData(400)]
    public void Refusal_OfWhatAForumThatIsAbolishedOwes_LeavesTheBillToItsSuccessor(long instructed)
    {
        stage.Keeps();
        var liability = stage.Forum.Do(stage.Forum.Liability(stage.Fund, 900));
        var instruction = stage.Instructs(stage.Paying(instructed) with { OutOf = liability });
        Reform();
        stage.Council.Do(Instructed.Refusing(instruction));
        stage.Federation.Ends(stage.Forum);

        var here = stage.Federation["forum-2"];
        Assert.Equal(900, here.Books.Holds.Find(liability)!.AmountPence);
        here.Do(here.Payment(stage.Fund, 900) with { OutOf = liability });
        MustHold(stage.Forum);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public void Payment_MadeForAForumAfterItsAbolitionWasOrdered_IsItsSuccessorsToBeRefunded(int lots)
    {
        stage.Keeps();
        var fund = stage.Forum.Opens("levy", Write.Share(Kind.Revenue, 10_000));
        for (var i = 0; i < lots; i++)
            stage.Forum.Issues(fund, 600 / lots);
        var liability = stage.Forum.Do(stage.Forum.Liability(fund, 600));
        var instruction = stage.Instructs(stage.Forum.Payment(fund, 600) with { OutOf = liability });
        Reform();
        var paid = stage.Executes(instruction).Id;
        stage.Federation.Ends(stage.Forum);

        var here = stage.Federation["forum-2"];
        Assert.Equal((0L, 600L), (stage.Forum.Balance(Account.Spent), here.Balance(Account.Spent)));
        here.Do(new RefundPayment(paid, null, 600));
        MustHold(stage.Forum);
    }

    /// <summary>The forum is abolished, and has handed over all that it can while its accountable body has not decided.</summary>
    private void Reform()
    {
        stage.Federation.Add("forum-2", Tier.NeighbourhoodForum);
        foreach (var body in new[] { stage.Forum, stage.Federation["forum-2"] })
            stage.Government.Do(Abolished.Registering(body));
        stage.Government.Do(new OrderSuccession(stage.Forum.Id, Abolished.Terms(stage.Forum.Id, ("forum-2", 10_000)).Successors, Abolished.Day));
        do
            stage.Federation.Settle();
        while (stage.Forum.HandsOver() > 0);
    }

    private void Abolish(string taker)
    {
        stage.Government.Do(stage.Ordering());
        stage.Federation.Ends(stage.Council, (stage.Forum.Id, taker));
    }

    private void MustHold() => MustHold(stage.Council);

    private void MustHold(TestBody abolished)
    {
        stage.Federation.Settle();
        Assert.Empty(stage.Federation.InventoryOf(abolished).Findings());
        Assert.True(stage.Federation.InventoryOf(abolished).IsComplete);
        stage.Federation.MustHold();
        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
    }
}
