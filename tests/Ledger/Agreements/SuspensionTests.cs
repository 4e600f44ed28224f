namespace FundingFlows.Ledger.Tests;

/// <summary>What passes along an agreement that is suspended or has ended, and what does not.</summary>
public sealed class SuspensionTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Suspension_ByBoth_LastsUntilBothHaveResumed()
    {
        Step(stage.Council, new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
        Step(stage.Government, new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
        Step(stage.Council, new ResumeAgreement(stage.CouncilAgreement, Write.Reason));
        Assert.All(Both(), agreement => Assert.Equal((AgreementStage.Suspended, "GOV"), (agreement.State, Assert.Single(agreement.SuspendedBy))));

        Step(stage.Government, new ResumeAgreement(stage.CouncilAgreement, Write.Reason));

        Assert.All(Both(), agreement => Assert.Equal(AgreementStage.Active, agreement.State));
        Assert.All(Both(), agreement => Assert.Equal(
            [(AgreementChange.Suspended, stage.Council.Id), (AgreementChange.Suspended, "GOV"), (AgreementChange.Resumed, stage.Council.Id), (AgreementChange.Resumed, "GOV")],
            agreement.Steps.Select(step => (step.Change, step.At.Body))));
        stage.Federation.Releases(stage.Government, stage.CouncilAward, Stage.Capital, 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Agreement_SuspendedOrEnded_LetsPassWhatIsOnItsWayAndWhatGoesBack(bool ends)
    {
        // The money and the offer left before the funder heard of anything.
        var sent = stage.Government.Sends(stage.CouncilAward, Stage.Capital, 500);
        stage.Council.Do(ends ? new EndAgreement(stage.CouncilAgreement, Write.Reason) : new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
        stage.Federation.Settle();
        Assert.Equal(TransferStage.Settled, stage.Government.Books.Transfers.Find(sent)!.State);

        var back = stage.Federation.Repays(stage.Council, stage.CouncilAward, 700);
        Assert.Equal(TransferStage.Settled, stage.Council.Books.Transfers.Find(back)!.State);
        var report = stage.Council.Do(new SubmitReport(stage.Fund, "GOV"));
        stage.Federation.Settle();
        Assert.True(stage.Council.Books.Reports.Find(report)!.IsAcknowledged);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Offer_ThatCrossedASuspension_WaitsUntilItIsResumed()
    {
        var award = stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 100)]));
        stage.Council.Do(new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
        stage.Federation.Settle();
        Refused.MustBe(AnswerAwardRefusal.AgreementNotActive, stage.Council.Decide(new AnswerAward(award, true)));

        Step(stage.Council, new ResumeAgreement(stage.CouncilAgreement, Write.Reason));
        Step(stage.Council, new AnswerAward(award, true));

        Assert.Equal(AwardStage.Accepted, stage.Government.Books.Awards.Find(award)!.State);
    }

    [Fact]
    public void Offer_ThatCrossedTheEnd_IsRefusedForGood()
    {
        var award = stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 100)]));
        stage.Council.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
        stage.Federation.Settle();

        Assert.Null(stage.Council.Books.Awards.Find(award));
        Assert.Equal(AwardStage.Refused, stage.Government.Books.Awards.Find(award)!.State);
    }

    [Fact]
    public void End_OfAnAgreement_TakesDownWhatIsPromisedAndNotReleased()
    {
        Assert.Equal(56_000, stage.Government.Books.Awards.CommittedPence("GOV", stage.Fund));

        Step(stage.Government, new EndAgreement(stage.CouncilAgreement, Write.Reason));

        Assert.Equal((0, 0), (stage.Government.Books.Awards.CommittedPence("GOV", stage.Fund), stage.Government.Books.Awards.PromisedPence("GOV", stage.Fund)));
        Assert.Equal(9_000, stage.Council.Books.Awards.CommittedPence(stage.Council.Id, stage.Fund));
    }

    [Fact]
    public void End_ThatCrossedTheAcceptance_Stands()
    {
        var agreement = stage.Government.Do(new ProposeAgreement(stage.Stranger.Id));
        stage.Federation.Settle();
        stage.Stranger.Do(new AcceptAgreement(agreement));
        stage.Stranger.Do(new SuspendAgreement(agreement, Write.Reason));
        stage.Government.Do(new EndAgreement(agreement, Write.Reason));
        stage.Federation.Settle();

        Assert.All([stage.Government, stage.Stranger], body => Assert.Equal(AgreementStage.Ended, body.Books.Agreements.Find(agreement)!.State));
        Assert.Empty(stage.Stranger.Books.Deliveries.Awaiting.Concat(stage.Government.Books.Deliveries.Awaiting));
    }

    [Fact]
    public void Agreement_Ended_CanBeMadeAgain()
    {
        Step(stage.Council, new EndAgreement(stage.CouncilAgreement, Write.Reason));

        var again = stage.Federation.Agrees(stage.Government, stage.Council);

        Assert.Equal(again, stage.Council.Books.Agreements.Active("GOV", stage.Council.Id)!.Id);
        Refused.MustBe(ReleaseFundsRefusal.AgreementEnded, stage.Government.Decide(stage.Government.Release(stage.CouncilAward, Stage.Capital, 1)));
    }

    [Fact]
    public void Books_ReadAgainFromTheJournal_KnowTheSameAgreements()
    {
        Step(stage.Council, new SuspendAgreement(stage.CouncilAgreement, Write.Reason));
        Step(stage.Council, new ResumeAgreement(stage.CouncilAgreement, Write.Reason));
        Step(stage.Forum, new EndAgreement(stage.ForumAgreement, Write.Reason));

        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
    }

    private void Step(TestBody body, ICommand command)
    {
        body.Do(command);
        stage.Federation.Settle();
    }

    private IEnumerable<FundingAgreement> Both() =>
        [stage.Government.Books.Agreements.Find(stage.CouncilAgreement)!, stage.Council.Books.Agreements.Find(stage.CouncilAgreement)!];
}
