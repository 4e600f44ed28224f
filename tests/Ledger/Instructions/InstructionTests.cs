namespace FundingFlows.Ledger.Tests;

/// <summary>What a forum whose money a council keeps decides, and the council pays or refuses to.</summary>
public sealed class InstructionTests
{
    private readonly Stage stage = new();

    private TestBody Forum => stage.Forum;

    private TestBody Council => stage.Council;

    [Fact]
    public void Payment_UnderCustody_IsInstructedAndMovesNoMoney()
    {
        var payment = stage.Paying();
        var before = (Forum.Balance(Account.Cash), Forum.Balance(Account.Spent), Council.Balance(Account.Cash), Council.Balance(Account.Spent));

        var instruction = stage.Instructs(payment);

        Assert.Empty(Forum.Books.Payments.All);
        Assert.Equal(before, (Forum.Balance(Account.Cash), Forum.Balance(Account.Spent), Council.Balance(Account.Cash), Council.Balance(Account.Spent)));
        Assert.Equal((HoldKind.Instruction, 600), (Forum.Books.Holds.Find(instruction)!.Kind, Forum.Books.Holds.Find(instruction)!.AmountPence));
        Assert.All(Both(instruction), one => Assert.Equal((InstructionStage.Open, Forum.Id, Council.Id), (one.Stage, one.Principal, one.Agent)));
        Assert.Equal(Both(instruction)[0].Payment, Both(instruction)[1].Payment);
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, Forum.Decide(stage.Paying(5_401)));
        MustHold();
    }

    [Fact]
    public void Execution_OfAnInstruction_IsSpentByTheForumAndNotByTheCouncil()
    {
        var payment = stage.Paying();
        var instruction = stage.Instructs(payment);
        var council = Council.Balance(Account.Cash);

        var paid = stage.Executes(instruction);

        Assert.Equal((5_400, 600), (Forum.Balance(Account.Cash), Forum.Balance(Account.Spent)));
        Assert.Equal((council, 0), (Council.Balance(Account.Cash), Council.Balance(Account.Spent)));
        var expected = Forum.Facts(instruction)[0].PaymentInstructed.Payment.Clone();
        expected.PaidOn = Write.Day.AddDays(2).ToDate();
        (expected.Instruction, expected.Delivery, expected.BankEvidence) = (instruction.ToRef(), paid.Made.Delivery, Instructed.Bank);
        Assert.Equal(expected, paid.Made);
        Assert.All(Both(instruction), one => Assert.Equal((InstructionStage.Executed, Write.Day.AddDays(2), Instructed.Bank), (one.Stage, one.PaidOn, one.BankEvidence)));
        Assert.Equal(0, Forum.Books.Lots.All.Sum(lot => lot.HeldPence));
        MustHold();
    }

    [Fact]
    public void Execution_ThatWasRefunded_IsLikeAnyPayment()
    {
        var paid = stage.Executes(stage.Instructs());

        Forum.Do(new RefundPayment(paid.Id, null, 250));

        Assert.Equal((350, 5_650), (Forum.Balance(Account.Spent), Forum.Books.Lots.Remaining(stage.Fund).Sum(lot => lot.FreePence)));
        // The forum alone records what came back: what the council says that it paid is before refunds.
        Assert.Equal(600, Assert.Single(Council.Books.Instructions.PaidAsAgent(stage.Fund)).PaidPence);
        MustHold();
    }

    [Fact]
    public void Refusal_OfAnInstruction_GivesBackWhatWasHeld()
    {
        var instruction = stage.Instructs();

        stage.Refuses(instruction, RefusalGround.FailedDueDiligence);

        Assert.Equal((6_000, 0), (Forum.Books.Lots.Remaining(stage.Fund).Sum(lot => lot.FreePence), Forum.Balance(Account.Spent)));
        Assert.All(Both(instruction), one => Assert.Equal(
            (InstructionStage.Refused, RefusalGround.FailedDueDiligence, Write.Day.AddDays(1), Instructed.Full, Instructed.Public),
            (one.Stage, one.Refusal!.Ground, one.Refusal.On, one.Refusal.Reasons, one.Refusal.PublicText)));
        Assert.Equal((Council.Actor, ""), (Both(instruction)[1].Refusal!.Refuser, Both(instruction)[0].Refusal!.Refuser));
        MustHold();
    }

    [Fact]
    public void Refusal_OfWhatWasReserved_IsReservedAgain()
    {
        stage.Keeps();
        var reservation = Forum.Do(Forum.Reservation(stage.Fund, 1_000));
        var instruction = stage.Instructs(stage.Paying() with { OutOf = reservation });
        Assert.Equal(400, Forum.Books.Holds.Find(reservation)!.AmountPence);

        stage.Refuses(instruction);

        Assert.Equal(1_000, Forum.Books.Holds.Find(reservation)!.AmountPence);
        stage.Executes(stage.Instructs(stage.Paying(1_000) with { OutOf = reservation }));
        Assert.Equal(0, Forum.Books.Holds.Find(reservation)!.AmountPence);
        MustHold();
    }

    [Fact]
    public void Liability_OfAYearThatIsClosed_IsSettledByTheCouncilAfterIt()
    {
        stage.Keeps();
        var liability = Forum.Do(Forum.Liability(stage.Fund, 600));
        Forum.Do(new CloseYearProvisionally(2026));
        Forum.Do(new CloseYear(2026));
        var instruction = stage.Instructs(stage.Paying() with { OutOf = liability, PaidOn = Write.Day.AddYears(1) });

        Council.Do(Instructed.Executing(instruction) with { PaidOn = Write.Day.AddYears(1) });
        stage.Federation.Settle();

        Assert.Equal((600, 0), (Forum.Balance(Account.Spent), Forum.Books.Holds.Find(liability)!.AmountPence));
        MustHold();
    }

    [Fact]
    public void Liability_ThatTheCouncilRefusesToPay_IsOwedStill()
    {
        stage.Keeps();
        var liability = Forum.Do(Forum.Liability(stage.Fund, 600));
        var instruction = stage.Instructs(stage.Paying() with { OutOf = liability });
        Forum.Do(new CloseYearProvisionally(2026));

        stage.Refuses(instruction);
        Forum.Do(new CloseYear(2026));

        Assert.Equal(600, Forum.Books.Holds.Find(liability)!.AmountPence);
        MustHold();
    }

    [Fact]
    public void Approval_UnderCustody_InstructsExactlyWhatWasPrepared()
    {
        stage.Keeps();
        var preparation = Forum.Prepares();
        var instruction = Forum.DoAs(Preparing.Second, new ApprovePayment(preparation));
        stage.Federation.Settle();

        Assert.Equal((0, 600), (Forum.Books.Holds.Find(preparation)!.AmountPence, Forum.Books.Holds.Find(instruction)!.AmountPence));
        Assert.Equal((true, (EntryId?)instruction), (Forum.Books.Preparations.Find(preparation)!.IsApproved, Forum.Books.Preparations.Find(preparation)!.DecidedBy));
        var paid = stage.Executes(instruction);

        Assert.Equal((preparation.ToRef(), 600), (paid.Made.Preparation, Forum.Balance(Account.Spent)));
        Assert.Equal(0, Forum.Books.Lots.All.Sum(lot => lot.HeldPence));
        MustHold();
    }

    [Fact]
    public void Payment_InstructedAgainByMistake_NeedsASecondPerson()
    {
        var payment = stage.Paying();
        var instruction = stage.Instructs(payment);
        var again = Forum.Do(payment);
        Assert.Equal(instruction.ToRef(), Forum.Books.Preparations.Find(again)!.Prepared.PossibleDuplicateOf);
        Forum.Do(new RejectPayment(again, null));

        var paid = stage.Executes(instruction);

        Assert.Equal(paid.Id.ToRef(), Forum.Decide(payment).Facts[0].PaymentPrepared.PossibleDuplicateOf);
    }

    [Fact]
    public void Refusal_OfAPayment_LeavesNothingThatALaterOneRepeats()
    {
        var payment = stage.Paying();
        stage.Refuses(stage.Instructs(payment));

        Assert.NotNull(Forum.Decide(payment).Facts[0].PaymentInstructed);
    }

    [Fact]
    public void Instruction_OfManyPieces_IsPaidInTheSameParts()
    {
        const int Most = Parts.MostParts * Parts.MostPieces;
        var fund = Pieces.Pennies(Forum, Most);
        var instruction = stage.Instructs(Forum.Payment(fund, Most));

        var paid = stage.Executes(instruction);

        Assert.Equal(Enumerable.Repeat(Parts.MostPieces, Parts.MostParts), Forum.Facts(paid.Id).Select(fact => fact.PaymentMade.Pieces.Count));
        Assert.Equal(Forum.Facts(instruction).Select(fact => fact.PaymentInstructed.Payment.Pieces), Forum.Facts(paid.Id).Select(fact => fact.PaymentMade.Pieces));
        Assert.Equal((0, Most), (Forum.Books.Lots.RemainingPence(fund), paid.AmountPence));
        MustHold();
    }

    [Fact]
    public void Instruction_OfTheMostThatThereIs_IsPaidToThePenny()
    {
        var fund = Forum.Opens("rich", Write.Share(Kind.Revenue, 10_000));
        Forum.Issues(fund, Pence.Most);

        var paid = stage.Executes(stage.Instructs(Forum.Payment(fund, Pence.Most)));

        Assert.Equal((Pence.Most, Pence.Most), (paid.AmountPence, Forum.Balance(Account.Spent)));
        MustHold();
    }

    [Fact]
    public void Loan_UnderCustody_IsLentByTheCouncilBeforeItIsToBeRepaid()
    {
        Forum.Do(Write.Fund("loans", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = FundRules.None with { RecyclingYears = 1 } });
        Forum.Issues($"{Forum.Id}.loans", 1_000);
        var instruction = stage.Instructs(Forum.Payment($"{Forum.Id}.loans", 800) with { RepayableBy = Write.Day.AddDays(30) });
        Refused.MustBe(ExecuteInstructionRefusal.DayNotAllowed, Council.Decide(Instructed.Executing(instruction) with { PaidOn = Write.Day.AddDays(31) }));

        var lent = stage.Executes(instruction);
        Forum.Do(new RecordLoanRepayment(lent.Id, Write.Day.AddDays(30), 300));

        Assert.Equal((500, 500), (Forum.Balance(Account.Spent), lent.AmountPence - lent.RefundedPence));
        MustHold();
    }

    [Fact]
    public void Appeal_ThatIsAllowed_LetsTheForumInstructItAgainAndItIsPaid()
    {
        var (payment, refused) = stage.Overturned();

        var again = stage.Instructs(payment);
        var paid = stage.Executes(again);

        Assert.All(Both(refused), one => Assert.Equal((AppealStage.Allowed, (EntryId?)again), (one.Appeal!.Stage, one.RepeatedBy)));
        Assert.Equal(refused.ToRef(), paid.Made.AfterAppeal);
        MustHold();
    }

    [Fact]
    public void Appeal_ThatIsUpheld_LeavesTheRefusal()
    {
        var refused = stage.Decides(stage.Appeals(stage.Refuses(stage.Instructs())), false);

        Assert.All(Both(refused), one => Assert.Equal((InstructionStage.Refused, AppealStage.Upheld), (one.Stage, one.Appeal!.Stage)));
        MustHold();
    }

    [Fact]
    public void Payment_ThatMayNotBeRefusedOnOneGround_MayBeOnAnother()
    {
        var again = stage.Instructs(stage.Overturned(RefusalGround.Unlawful).Payment);

        stage.Refuses(again, RefusalGround.NoFunds);

        Assert.Equal(RefusalGround.NoFunds, Both(again)[0].Refusal!.Ground);
        stage.Appeals(again);
        MustHold();
    }

    [Fact]
    public void Payment_OfAYearThatEnded_MayBeInstructedInTheNextAfterItsAppeal()
    {
        var fund = Forum.Opens("long", Write.Share(Kind.Revenue, 10_000));
        Forum.Issues(fund, 1_000);
        var payment = Forum.Payment(fund, 600);
        var refused = stage.Decides(stage.Appeals(stage.Refuses(stage.Instructs(payment))), true);
        Forum.Do(new CloseYearProvisionally(2026));
        Forum.Do(new CloseYear(2026));

        var instruction = stage.Instructs(payment.In(2027) with { AfterAppeal = refused, Evidence = Write.Digest("The same, and a letter.") });
        Council.Do(Instructed.Executing(instruction) with { PaidOn = Write.Day.AddYears(1) });
        stage.Federation.Settle();

        Assert.Equal(600, Forum.Balance(Account.Spent));
        MustHold();
    }

    [Fact]
    public void Executor_WithAnInterestBeforeItCame_Pays()
    {
        Council.Do(new DeclareInterest(Write.Organisation()));
        Council.Do(new EndInterest(Write.Organisation()));

        stage.Executes(stage.Instructs());
    }

    [Fact]
    public void Suspension_OfTheAgreement_StopsNoPayment()
    {
        var instruction = stage.Instructs();
        Council.Do(new SuspendAgreement(stage.ForumAgreement, Write.Reason));
        stage.Federation.Settle();

        stage.Executes(instruction);

        MustHold();
    }

    private Instruction[] Both(EntryId instruction) => [Forum.Books.Instructions.Find(instruction)!, Council.Books.Instructions.Find(instruction)!];

    private void MustHold()
    {
        stage.Federation.MustHold();
        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
    }
}
