namespace FundingFlows.Ledger.Tests;

/// <summary>From a recorded run to awards.</summary>
public sealed class RecordedAllocationTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Run_ThatIsRecorded_PromisesNothingYet()
    {
        var run = stage.Government.Do(Runs.Of(stage.Fund, (stage.Council.Id, 500)));

        var recorded = stage.Government.Books.Allocations.Find(run)!;
        Assert.Equal((stage.Fund, 1u, 1u), (recorded.Fund, recorded.TermsVersion, recorded.Recipients));
        Assert.Equal([Write.Promise(2026, Kind.Revenue, 500)], recorded.PromisesTo(stage.Council.Id));
        Assert.Empty(stage.Government.Books.Awards.Of(run));
        Assert.Single(stage.Government.Books.Awards.All);
    }

    [Fact]
    public void Awards_OfARun_AreOfferedToAllAtOnceAndAcceptedByEachAlone()
    {
        var other = stage.Federation.Agrees(stage.Government, stage.Stranger);
        var run = stage.Government.Do(Runs.Of(stage.Fund, (stage.Council.Id, 500), (stage.Stranger.Id, 301)));

        var first = stage.Government.Do(new AwardAllocation(run, []));
        stage.Federation.Settle();

        var awards = stage.Government.Books.Awards.All.Where(award => award.Allocation == run).ToList();
        Assert.Equal([first, first with { Index = first.Index + 1 }], awards.Select(award => award.Id));
        Assert.Equal([(stage.Council.Id, 500L), (stage.Stranger.Id, 301L)], awards.Select(award => (award.Recipient, award.Promises.Single().AmountPence)));
        Assert.Equal(other, awards[1].Agreement);
        Assert.Equal([run, run], new[] { stage.Council, stage.Stranger }.Select((body, i) => body.Books.Awards.Find(awards[i].Id)!.Allocation!.Value));

        stage.Stranger.Do(new AnswerAward(awards[1].Id, true));
        stage.Council.Do(new AnswerAward(awards[0].Id, false));
        stage.Federation.Settle();

        Assert.Equal([AwardStage.Declined, AwardStage.Accepted], awards.Select(award => stage.Government.Books.Awards.Find(award.Id)!.State));
        Assert.Equal([stage.Stranger.Id], stage.Government.Books.Awards.Of(run));
        Assert.Equal(301, Replay.Of(stage.Government).Awards.Find(awards[1].Id)!.Promises.Single().AmountPence);
    }

    [Fact]
    public void Recipient_ThatDeclined_IsOfferedTheSameAgain()
    {
        var run = stage.Government.Do(Runs.Of(stage.Fund, (stage.Council.Id, 500)));
        var award = stage.Government.Do(new AwardAllocation(run, []));
        stage.Federation.Settle();
        stage.Council.Do(new AnswerAward(award, false));
        stage.Federation.Settle();

        var again = stage.Government.Do(new AwardAllocation(run, [stage.Council.Id]));

        Assert.Equal(run, stage.Government.Books.Awards.Find(again)!.Allocation);
        Assert.Equal([stage.Council.Id], stage.Government.Books.Awards.Of(run));
    }

    /// <summary>Money was released under the award that has ended: a second one would pay the run out twice.</summary>
    [Theory]
    [InlineData(500)]
    [InlineData(0)]
    public void Recipient_WhoseAwardHasEnded_IsOfferedNoneAgainAndHoldsUpNobody(long released)
    {
        stage.Federation.Agrees(stage.Government, stage.Stranger);
        var run = stage.Government.Do(Runs.Of(stage.Fund, (stage.Council.Id, 500), (stage.Stranger.Id, 301)));
        var award = stage.Government.Do(new AwardAllocation(run, [stage.Council.Id]));
        stage.Federation.Settle();
        stage.Council.Do(new AnswerAward(award, true));
        stage.Federation.Settle();
        if (released > 0)
            stage.Federation.Releases(stage.Government, award, 0, released);
        stage.Council.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
        stage.Federation.Settle();

        Assert.Equal(released, stage.Government.Books.Awards.StandingPence(run));
        stage.Government.Do(new AwardAllocation(run, []));
        Assert.Equal(released + 301, stage.Government.Books.Awards.StandingPence(run));
        stage.Federation.Agrees(stage.Government, stage.Council);
        Refused.MustBe(AwardAllocationRefusal.AlreadyAwarded, stage.Government.Decide(new AwardAllocation(run, [])));
        Refused.MustBe(AwardAllocationRefusal.AlreadyAwarded, stage.Government.Decide(new AwardAllocation(run, [stage.Council.Id])));
    }

    [Fact]
    public void Award_OfARunThatIsAmended_StandsWithWhatItPromisesNow()
    {
        var run = stage.Government.Do(Runs.Of(stage.Fund, (stage.Council.Id, 500)));
        var award = stage.Government.Do(new AwardAllocation(run, []));
        stage.Federation.Settle();
        stage.Council.Do(new AnswerAward(award, true));
        stage.Federation.Settle();
        var amendment = stage.Government.Do(new AmendAward(award, [Write.Promise(2026, Kind.Revenue, 900)]));
        stage.Federation.Settle();
        Assert.Equal(500, stage.Government.Books.Awards.StandingPence(run));

        stage.Council.Do(new AnswerAmendment(award, amendment, true));
        stage.Federation.Settle();

        Assert.Equal(900, stage.Government.Books.Awards.StandingPence(run));
    }

    [Fact]
    public void Run_OfMoreRecipientsThanOneEntryHolds_IsRecordedInParts()
    {
        var recipients = stage.Government.FundsMany(600);

        var decision = stage.Government.Decide(Runs.Of(stage.Fund, [.. recipients.Select((recipient, i) => (recipient, i + 1L)).Reverse()]));
        var first = stage.Government.Append([.. decision.Facts]);

        Assert.Equal([256, 256, 88], decision.Facts.Select(fact => fact.AllocationRecorded.Shares.Count));
        var run = stage.Government.Books.Allocations.Find(first)!;
        Assert.Equal(recipients, run.Shares.Keys);
        Assert.Equal(600, run.Shares["b0599"].Single());
    }

    [Fact]
    public void Fund_ByFormulaOnly_IsAwardedByARunAndNoOtherWay()
    {
        var fund = stage.Government.OpensFormal();
        stage.Government.Issues(fund, 1_000);

        Refused.MustBe(OfferAwardRefusal.ByFormulaOnly, stage.Government.Decide(new OfferAward(stage.Council.Id, fund, [Write.Promise(2026, Kind.Revenue, 500)])));
        var award = stage.Government.Do(new AwardAllocation(stage.Government.Do(Runs.Of(fund, (stage.Council.Id, 500))), []));
        stage.Federation.Settle();
        stage.Council.Do(new AnswerAward(award, true));
        stage.Federation.Settle();

        Assert.Equal(AwardStage.Accepted, stage.Government.Books.Awards.Find(award)!.State);
        // The rule goes with the money.
        Refused.MustBe(OfferAwardRefusal.ByFormulaOnly, stage.Council.Decide(new OfferAward(stage.Forum.Id, fund, [Write.Promise(2026, Kind.Revenue, 5)])));
        stage.Council.Do(new AwardAllocation(stage.Council.Do(Runs.Of(fund, (stage.Forum.Id, 5))), []));
    }

    [Fact]
    public void Money_MergedIntoAnOpenFund_StaysByFormulaOnly()
    {
        stage.Government.Do(Write.Fund("formal", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = new FundRules([stage.Fund], AwardsByFormulaOnly: true) });
        stage.Government.Issues("GOV.formal", 1_000);
        stage.Government.Merges("GOV.formal", stage.Fund);

        Refused.MustBe(OfferAwardRefusal.ByFormulaOnly, stage.Government.Decide(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Revenue, 5)])));
    }
}
