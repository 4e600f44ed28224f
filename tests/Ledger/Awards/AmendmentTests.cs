namespace FundingFlows.Ledger.Tests;

/// <summary>An award is amended by agreement: what it promises at both ends, before, between and after, and what stays readable.</summary>
public sealed class AmendmentTests
{
    private readonly Stage stage = new();

    private TestFederation Federation => stage.Federation;

    [Fact]
    public void Amendment_Accepted_IsWhatBothEndsGoBy()
    {
        var amendment = stage.Amends(Amendments.Raised);
        Assert.Equal([40_000, 20_000, 25_000, 1_000], stage.PromisedAt(stage.Government));
        Assert.Equal(AmendmentStage.Offered, stage.AwardAt(stage.Council).OpenAmendment!.State);

        var acceptance = stage.Accepts(amendment);
        Federation.Settle();

        foreach (var body in new[] { stage.Government, stage.Council })
        {
            Assert.Equal([50_000, 20_000, 25_000, 1_000, 7_000], stage.PromisedAt(body));
            var versions = stage.AwardAt(body).Versions;
            Assert.Equal([(1, stage.CouncilAward), (2, amendment)], versions.Select(version => (version.Number, version.Offered)));
            Assert.Equal(Amendments.AsItIs, versions[0].Promises);
            Assert.Equal(Amendments.Raised, versions[1].Promises);
            Assert.Equal((stage.Council.Id, acceptance), (versions[0].Acceptance!.Value.Body, versions[1].Acceptance));
            Assert.Null(stage.AwardAt(body).OpenAmendment);
        }
        Federation.Releases(stage.Government, stage.CouncilAward, Stage.Capital, 40_000);
        Refused.MustBe(ReleaseFundsRefusal.PromiseExceeded, stage.Government.Decide(stage.Government.Release(stage.CouncilAward, Stage.Capital, 1)));
        Assert.Equal(50_000, stage.AwardAt(stage.Council).Promises[Stage.Capital].ReleasedPence);
        Federation.MustHold();
    }

    [Fact]
    public void Amendment_ThatNamesAPromiseNoMore_LeavesItsPlaceWithNothingInIt()
    {
        stage.Accepts(stage.Amends(Amendments.Lowered));
        Federation.Settle();

        Assert.Equal([40_000, 9_000, 25_000, 0], stage.PromisedAt(stage.Government));
        Assert.Equal([40_000, 9_000, 25_000, 0], stage.PromisedAt(stage.Council));
        Refused.MustBe(ReleaseFundsRefusal.PromiseExceeded, stage.Government.Decide(stage.Government.Release(stage.CouncilAward, Stage.NextYear, 1)));
        Federation.Releases(stage.Government, stage.CouncilAward, Stage.KeptForForums, 13_000);

        stage.Accepts(stage.Amends(Amendments.Raised));
        Federation.Settle();

        Assert.Equal([50_000, 20_000, 25_000, 1_000, 7_000], stage.PromisedAt(stage.Council));
        Assert.Equal([1, 2, 3], stage.AwardAt(stage.Council).Versions.Select(version => version.Number));
        Assert.Equal(Amendments.Lowered, stage.AwardAt(stage.Government).Versions[1].Promises);
        Federation.Releases(stage.Government, stage.CouncilAward, 3, 1_000);
        Federation.MustHold();
    }

    [Fact]
    public void Amendment_Declined_LeavesTheAwardAsItIs()
    {
        var amendment = stage.Amends(Amendments.Raised);
        stage.Council.Do(new AnswerAmendment(stage.CouncilAward, amendment, false));
        Federation.Settle();

        foreach (var body in new[] { stage.Government, stage.Council })
        {
            Assert.Equal([40_000, 20_000, 25_000, 1_000], stage.PromisedAt(body));
            Assert.Equal(AmendmentStage.Declined, stage.AwardAt(body).FindAmendment(amendment)!.State);
            Assert.Single(stage.AwardAt(body).Versions);
        }
        Assert.NotEmpty(stage.Government.Decide(new AmendAward(stage.CouncilAward, Amendments.Lowered)).Facts);
    }

    /// <summary>The funder may not hear of the acceptance before it releases: the award is still as it was.</summary>
    [Fact]
    public void Acceptance_AfterMoreWasReleased_LapsesAtBothEnds()
    {
        var amendment = stage.Amends([.. Amendments.Lowered, Write.Promise(2028, Kind.Revenue, 5)]);
        stage.Accepts(amendment);
        stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 1_001);
        Assert.Equal(5, stage.PromisedAt(stage.Council).Count);

        Federation.Settle();

        foreach (var body in new[] { stage.Government, stage.Council })
        {
            Assert.Equal([40_000, 20_000, 25_000, 1_000], stage.PromisedAt(body));
            Assert.Equal(AmendmentStage.Lapsed, stage.AwardAt(body).FindAmendment(amendment)!.State);
            Assert.Single(stage.AwardAt(body).Versions);
        }
        Assert.Equal(9_001, stage.AwardAt(stage.Council).Promises[Stage.Revenue].ReleasedPence);
        // The place that it would have had is another's.
        stage.Accepts(stage.Amends([.. Amendments.AsItIs, Write.Promise(2028, Kind.Capital, 6)]));
        Federation.Settle();
        Federation.Releases(stage.Government, stage.CouncilAward, 4, 6);
        Assert.Equal((Kind.Capital, 6), (stage.AwardAt(stage.Council).Promises[4].Kind, stage.AwardAt(stage.Council).Promises[4].ReleasedPence));
        Federation.MustHold();
    }

    [Fact]
    public void Acceptance_AfterAsMuchWasReleasedAsItPromises_Counts()
    {
        stage.Accepts(stage.Amends(Amendments.Lowered));
        stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 1_000);

        Federation.Settle();

        Assert.Equal([40_000, 9_000, 25_000, 0], stage.PromisedAt(stage.Council));
        Assert.Equal(0, stage.AwardAt(stage.Government).Promises[Stage.Revenue].LeftPence);
        Federation.MustHold();
    }

    [Fact]
    public void Acceptance_AfterTheYearWasClosed_LapsesWhereItChangesThatYear()
    {
        var changes = stage.Amends(Amendments.Lowered);
        stage.Accepts(changes);
        stage.Government.Do(new CloseYearProvisionally(2026));
        Federation.Settle();
        Assert.Equal(AmendmentStage.Lapsed, stage.AwardAt(stage.Council).FindAmendment(changes)!.State);

        var later = stage.Amends(Amendments.Of(40_000, 20_000, 25_000, 3_000));
        stage.Accepts(later);
        Federation.Settle();
        Assert.Equal([40_000, 20_000, 25_000, 3_000], stage.PromisedAt(stage.Council));
    }

    /// <summary>The funder goes by the new version as soon as it knows; its money may be there before its answer is.</summary>
    [Fact]
    public void Money_ByTheNewVersion_IsTakenBeforeTheRecipientKnowsThatItIsInForce()
    {
        stage.Accepts(stage.Amends(Amendments.Raised));
        stage.CarriesToTheFunder();
        stage.Government.Sends(stage.CouncilAward, Stage.Capital, 40_000);
        stage.Government.Do(new ReleaseFunds(stage.CouncilAward, 2028, Kind.Revenue, Write.Kept(), 6_999));
        Assert.Equal([40_000, 20_000, 25_000, 1_000, 0], stage.PromisedAt(stage.Council));

        stage.Carries(stage.Government, stage.Council);

        Assert.Equal((50_000, 6_999), (stage.AwardAt(stage.Council).Promises[Stage.Capital].ReleasedPence, stage.AwardAt(stage.Council).Promises[4].ReleasedPence));
        Federation.Settle();
        Assert.Equal([50_000, 20_000, 25_000, 1_000, 7_000], stage.PromisedAt(stage.Council));
        Federation.MustHold();
    }

    [Fact]
    public void Money_ByTheOldVersion_IsTakenWhileTheAcceptanceOfLessIsOnItsWay()
    {
        stage.Accepts(stage.Amends(Amendments.Lowered));
        stage.Government.Sends(stage.CouncilAward, Stage.Revenue, 12_000);

        stage.Carries(stage.Government, stage.Council);

        Assert.Equal(20_000, stage.AwardAt(stage.Council).Promises[Stage.Revenue].ReleasedPence);
    }

    [Fact]
    public void Money_ByAnAmendmentThatTheRecipientHasNotAccepted_IsRefused()
    {
        stage.Amends(Amendments.Raised);
        var forged = Letter.Of(stage.Government, stage.Council, stage.Government.Release(stage.CouncilAward, Stage.Capital, 30_000));
        forged.Facts[0].TransferSent.AmountPence++;
        forged.Facts[0].TransferSent.Pieces[0].AmountPence++;

        Assert.Equal(DeliveryRefusal.MoreThanPromised, Assert.Single(stage.Council.Run(new ReceiveDelivery(forged.Seal())).Facts).TransferRefused.Reason);
    }

    [Fact]
    public void Amendment_NobodyHasAnswered_LapsesWithItsAgreement()
    {
        var amendment = stage.Amends(Amendments.Raised);
        stage.Accepts(amendment);
        stage.Government.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
        Federation.Settle();

        foreach (var body in new[] { stage.Government, stage.Council })
            Assert.Equal((AmendmentStage.Lapsed, 4), (stage.AwardAt(body).FindAmendment(amendment)!.State, stage.PromisedAt(body).Count));
        Federation.MustHold();
    }

    [Fact]
    public void Amendment_WhoseOfferCrossesTheEndOfItsAgreement_Lapses()
    {
        var amendment = stage.Government.Do(new AmendAward(stage.CouncilAward, Amendments.Raised));
        stage.Council.Do(new EndAgreement(stage.CouncilAgreement, Write.Reason));
        Federation.Settle();

        Assert.Equal(AmendmentStage.Lapsed, stage.AwardAt(stage.Government).FindAmendment(amendment)!.State);
        Assert.Null(stage.AwardAt(stage.Council).FindAmendment(amendment));
    }

    [Fact]
    public void Amendment_OfWhatAFormulaGave_PromisesLessAndNeverMore()
    {
        var award = stage.AwardsByFormula();
        var amendment = stage.Government.Do(new AmendAward(award, [Write.Promise(2026, Kind.Revenue, 400)]));
        Federation.Settle();
        stage.Council.Do(new AnswerAmendment(award, amendment, true));
        Federation.Settle();

        Assert.Equal(400, stage.Council.Books.Awards.Find(award)!.Promises[0].AmountPence);
        Refused.MustBe(AmendAwardRefusal.ByFormulaOnly, stage.Government.Decide(new AmendAward(award, [Write.Promise(2026, Kind.Revenue, 401)])));
    }

    /// <summary>What an offer could still commit counts against what accounts hold, for other offers too.</summary>
    [Fact]
    public void Amendment_ThatIsOpen_CountsAsPromised()
    {
        var promised = stage.Government.Books.Awards.PromisedPence("GOV", stage.Fund);
        stage.Amends(Amendments.Raised);
        Assert.Equal(promised + 17_000, stage.Government.Books.Awards.PromisedPence("GOV", stage.Fund));
        Assert.Equal(promised, stage.Government.Books.Awards.CommittedPence("GOV", stage.Fund));
    }

    [Fact]
    public void Amendment_WhoseAcceptanceIsLost_IsAcceptedAgainAndItsMoneyComesAgain()
    {
        var amendment = stage.Amends(Amendments.Raised);
        var kept = stage.Council.Journal.Count;
        var first = stage.Accepts(amendment);
        Federation.Settle();
        var sent = Federation.Releases(stage.Government, stage.CouncilAward, Stage.Capital, 40_000);
        var council = Federation.Loses(stage.Council, kept);
        Assert.Equal("RECEIVE_DELIVERY_NOT_ACCEPTED_AGAIN", Assert.Single(Federation.ShowAgain(council)).Reason);

        var again = council.Do(new AnswerAmendment(stage.CouncilAward, amendment, true));
        Federation.Settle();

        Assert.Equal((1u, 2u), (first.Epoch, again.Epoch));
        Assert.Equal(again, stage.AwardAt(stage.Government).FindAmendment(amendment)!.Acceptance);
        Assert.Empty(Federation.ShowAgain(council));
        Assert.NotNull(council.Books.Transfers.FindReceived(sent));
        Assert.Equal([50_000, 20_000, 25_000, 1_000, 7_000], stage.PromisedAt(council));
        Assert.Equal(2, stage.AwardAt(stage.Government).Versions.Count);
    }

    /// <summary>Ten years stand in one award, and not eleven.</summary>
    [Fact]
    public void Award_OverTenYears_IsOfferedAcceptedAndReleased()
    {
        stage.Government.Do(Write.Fund("decade", [Write.Share(Kind.Revenue, 10_000)]) with { Years = new Years(2026, 2040) });
        stage.Government.Issues("GOV.decade", 10_000);
        Promise[] years = [.. Enumerable.Range(2026, 11).Select(year => Write.Promise(year, Kind.Revenue, 1_000))];

        Refused.MustBe(OfferAwardRefusal.TooManyYears, stage.Government.Decide(new OfferAward(stage.Council.Id, "GOV.decade", years)));
        var award = Federation.Awards(stage.Government, stage.Council, "GOV.decade", years[..10]);
        Federation.Releases(stage.Government, award, 9, 1_000);
        Refused.MustBe(AmendAwardRefusal.TooManyYears, stage.Government.Decide(new AmendAward(award, years)));
    }
}
