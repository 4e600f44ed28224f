namespace FundingFlows.Ledger.Tests;

/// <summary>What is said of an instruction while the other end says something else, or twice, or is away.</summary>
public sealed class CrossingTests
{
    private readonly Stage stage = new();

    private TestBody Forum => stage.Forum;

    private TestBody Council => stage.Council;

    [Fact]
    public void Instruction_ThatArrivesAfterTheEnd_GivesTheMoneyBack()
    {
        var custody = stage.Keeps();
        var instruction = Forum.Do(stage.Paying());
        Council.Do(new EndCustody(custody, Write.Reason));
        Refused.MustBe(EndCustodyRefusal.InstructionOpen, Forum.Decide(new EndCustody(custody, Write.Reason)));

        stage.Federation.Settle();

        Assert.Equal(InstructionStage.Returned, Forum.Books.Instructions.Find(instruction)!.Stage);
        Assert.Null(Council.Books.Instructions.Find(instruction));
        Assert.Equal((CustodyStage.Ended, 6_000), (Forum.Books.Custodies.Find(custody)!.State, Forum.Books.Lots.Remaining(stage.Fund).Sum(lot => lot.FreePence)));
        // A parish council keeps its own money from here on.
        Assert.NotNull(Forum.Decide(stage.Paying()).Facts[0].PaymentMade);
        MustHold();
    }

    [Fact]
    public void Repetition_ThatArrivedAfterTheEnd_MayBeGivenAgainUnderAnotherCustody()
    {
        var payment = stage.Overturned().Payment;
        var custody = stage.Keeps();
        Forum.Do(payment);
        Council.Do(new EndCustody(custody, Write.Reason));
        stage.Federation.Settle();

        stage.Executes(stage.Instructs(payment));

        Assert.Equal(600, Forum.Balance(Account.Spent));
        MustHold();
    }

    [Fact]
    public void End_ByTheForum_ThatCrossesAnother_IsKnownAtBothEnds()
    {
        var custody = stage.Keeps();
        stage.Executes(stage.Instructs());
        Forum.Do(new EndCustody(custody, Write.Reason));
        Council.Do(new EndCustody(custody, Write.Reason));

        stage.Federation.Settle();

        Assert.All(new[] { Forum, Council }, body => Assert.Equal(CustodyStage.Ended, body.Books.Custodies.Find(custody)!.State));
        MustHold();
    }

    [Fact]
    public void Appeal_AgainstARefusalOfACustodyThatEnded_IsDecidedAllTheSame()
    {
        var refused = stage.Refuses(stage.Instructs());
        Council.Do(new EndCustody(stage.Keeps(), Write.Reason));
        Forum.Do(new MakeAppeal(refused, Write.Reason));
        stage.Federation.Settle();

        stage.Decides(refused, true);

        Assert.Equal(AppealStage.Allowed, Forum.Books.Instructions.Find(refused)!.Appeal!.Stage);
        MustHold();
    }

    [Fact]
    public void Refusal_OnItsWay_ThatTheEndOvertook_ArrivesBeforeIt()
    {
        var instruction = stage.Instructs();
        Council.Do(Instructed.Refusing(instruction));
        Council.Do(new EndCustody(stage.Keeps(), Write.Reason));

        stage.Federation.Settle();

        Assert.Equal(InstructionStage.Refused, Forum.Books.Instructions.Find(instruction)!.Stage);
        MustHold();
    }

    [Fact]
    public void Words_CarriedTwice_AreRecordedOnce()
    {
        stage.Keeps();
        var instruction = Forum.Do(stage.Paying());
        CarryTwice(Forum, Council);
        Council.Do(Instructed.Executing(instruction));
        CarryTwice(Council, Forum);

        Assert.Equal(600, Assert.Single(Forum.Books.Payments.All).AmountPence);
        Assert.Equal(600, Forum.Balance(Account.Spent));
        MustHold();
    }

    [Fact]
    public void YearClosedProvisionally_MeanwhileItWasPaid_CountsItStill()
    {
        var instruction = stage.Instructs();
        Forum.Do(new CloseYearProvisionally(2026));
        Refused.MustBe(CloseYearRefusal.MoneySetAside, Forum.Decide(new CloseYear(2026)));

        stage.Executes(instruction);
        Forum.Do(new CloseYear(2026));

        Assert.Equal(600, Forum.Balance(Account.Spent));
        MustHold();
    }

    [Fact]
    public void Year_WithAnInstructionOfTheNext_CanBeClosed()
    {
        var fund = Forum.Opens("long", Write.Share(Kind.Revenue, 10_000));
        Forum.Issues(fund, 1_000);
        stage.Instructs(Forum.Payment(fund, 600).In(2027));
        Forum.Do(new CloseYearProvisionally(2026));

        Forum.Do(new CloseYear(2026));

        MustHold();
    }

    /// <summary>Everything that is on its way to a body arrives twice, and its sender hears twice of that.</summary>
    private void CarryTwice(TestBody from, TestBody to)
    {
        foreach (var sequence in from.Books.Deliveries.Unanswered(to.Id).Keys.ToList())
        {
            Assert.Null(stage.Federation.Deliver(from, to.Id, sequence).Refusal);
            Assert.NotNull(stage.Federation.Deliver(from, to.Id, sequence).Before);
            Assert.Null(stage.Federation.Answer(from, to.Id, sequence).Refusal);
            Refused.MustBe(RecordAnswerRefusal.AlreadyAnswered, stage.Federation.Answer(from, to.Id, sequence));
        }
    }

    private void MustHold()
    {
        stage.Federation.MustHold();
        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
    }
}
