namespace FundingFlows.Ledger.Tests;

/// <summary>That another body pays lets no money out of its ring-fence, and lets nobody pay what the forum could not.</summary>
public sealed class UnderCustodyTests
{
    private readonly Stage stage = new();

    private TestBody Forum => stage.Forum;

    private TestBody Council => stage.Council;

    public UnderCustodyTests() => stage.Keeps();

    [Fact]
    public void Payment_ToTheAccountableBodyItself_IsRefused() => Refused.MustBe(
        MakePaymentRefusal.PayeeIsABody, Forum.Run(stage.Paying() with { Payee = Write.Organisation(TestFederation.OrganisationOf(Council.Id)) }));

    [Fact]
    public void Payment_ToABodyThatWasNoneWhenItWasInstructed_IsNotMade()
    {
        var instruction = stage.Instructs(stage.Paying() with { Payee = Write.Organisation(TestFederation.OrganisationOf("E06000099")) });
        stage.Federation.Add("E06000099", Tier.Council);

        Refused.MustBe(ExecuteInstructionRefusal.PayeeIsABody, Council.Run(Instructed.Executing(instruction)));
        stage.Refuses(instruction, RefusalGround.Ineligible);

        Assert.Equal(6_000, Forum.Balance(Account.Cash));
        stage.Federation.MustHold();
    }

    [Fact]
    public void MoneyOfAnotherRingFence_IsNotInstructed()
    {
        var fund = Forum.Opens("hall", Write.Share(Kind.Capital, 10_000));
        Forum.Issues(fund, 1_000);

        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, Forum.Run(Forum.Payment(fund, 100)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, Forum.Run(stage.Paying().In(2029)));
    }

    [Fact]
    public void InstructedMoney_CannotBeUsedForAnythingElseMeanwhile()
    {
        stage.Instructs(6_000);

        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, Forum.Run(stage.Paying(1)));
        Refused.MustBe(ReserveRefusal.KeptForSomethingElse, Forum.Run(Forum.Reservation(stage.Fund, 1)));
        Refused.MustBe(RepayUnderspendRefusal.KeptForSomethingElse, Forum.Run(new RepayUnderspend(stage.ForumAward, null, 1)));
    }

    [Fact]
    public void MoneyThatMayOnlyGoBack_IsNotInstructedAndNotMadeFreeByARefusal()
    {
        var fund = Forum.Opens("brief", Write.Share(Kind.Revenue, 10_000));
        Forum.Issues(fund, 1_000);
        Forum.Do(Write.Fund("half", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = FundRules.None with { CarryForwardBasisPoints = 0 } });
        Forum.Issues($"{Forum.Id}.half", 1_000);
        var instruction = stage.Instructs(Forum.Payment($"{Forum.Id}.half", 400));
        Forum.Do(new CloseYearProvisionally(2026));
        Refused.MustBe(CloseYearRefusal.MoneySetAside, Forum.Run(new CloseYear(2026)));
        stage.Refuses(instruction);
        Forum.Do(new CloseYear(2026));

        // What was instructed has come back in time to be counted with the rest: all of it may only go back.
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, Forum.Run(Forum.Payment($"{Forum.Id}.half", 1).In(2027)));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Project_ThatIsPaidFor_IsNotClosedMeanwhile()
    {
        var instruction = stage.Instructs();
        var project = Forum.Books.Projects.All[0].Id;
        Refused.MustBe(CloseProjectRefusal.PaymentWaits, Forum.Run(new CloseProject(project, Write.Day, null)));

        stage.Executes(instruction);
        Forum.Do(new CloseProject(project, Write.Day, null));

        Refused.MustBe(MakePaymentRefusal.ProjectClosed, Forum.Run(stage.Paying()));
    }

    [Fact]
    public void Appeal_ThatWasAllowed_OpensNoOtherRingFence()
    {
        var payment = stage.Overturned().Payment;
        Forum.Do(new CloseYearProvisionally(2026));

        Refused.MustBe(MakePaymentRefusal.YearClosed, Forum.Run(payment));
        Refused.MustBe(MakePaymentRefusal.CannotBeRepeated, Forum.Run(payment with { Payee = Write.Organisation("GB-CHC-9") }));
    }

    [Fact]
    public void Forum_WhoseCustodyEnded_CannotPayIfItIsNobodyInLaw()
    {
        var club = stage.Federation.Add("forum-2", Tier.NeighbourhoodForum, LegalForm.Unincorporated);
        var custody = stage.Federation.Keeps(Council, club);
        var fund = club.Guarded();
        Assert.NotNull(club.Decide(club.Payment(fund, 100)).Facts[0].PaymentInstructed);
        Council.Do(new EndCustody(custody, Write.Reason));
        stage.Federation.Settle();

        Refused.MustBe(MakePaymentRefusal.AccountableBodyNeeded, club.Run(club.Payment(fund, 100)));
    }

    [Fact]
    public void Council_WithoutAnInstruction_CannotSpendWhatItKeeps() =>
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, Council.Run(Council.Payment(stage.Fund, 8_001)));
}
