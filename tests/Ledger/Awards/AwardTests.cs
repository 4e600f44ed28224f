namespace FundingFlows.Ledger.Tests;

/// <summary>How an award becomes a commitment, or does not.</summary>
public sealed class AwardTests
{
    private readonly Stage stage = new();
    private readonly EntryId id;
    private readonly long sequence;

    public AwardTests()
    {
        id = stage.Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2027, Kind.Revenue, 700, Write.Led), Write.Promise(2026, Kind.Capital, 300)]));
        sequence = stage.Government.Books.Deliveries.NextSequence(stage.Council.Id) - 1;
    }

    [Fact]
    public void Award_FromOfferToCommitment_IsAcceptedWhereItIsKnownToBe()
    {
        var before = stage.Government.Books.Awards.CommittedPence("GOV", stage.Fund);
        Assert.Equal((AwardStage.Offered, null), StagesOf());

        stage.Federation.Deliver(stage.Government, stage.Council.Id, sequence);
        stage.Council.Do(new AnswerAward(id, true));
        Assert.Equal((AwardStage.Offered, AwardStage.Accepted), StagesOf());
        Refused.MustBe(ReleaseFundsRefusal.AwardNotAccepted, stage.Government.Decide(stage.Government.Release(id, 1, 1)));
        Assert.Equal(before, stage.Government.Books.Awards.CommittedPence("GOV", stage.Fund));

        stage.Federation.Settle();
        Assert.Equal((AwardStage.Accepted, AwardStage.Accepted), StagesOf());
        Assert.Equal(before + 1_000, stage.Government.Books.Awards.CommittedPence("GOV", stage.Fund));
        stage.Federation.Releases(stage.Government, id, 1, 300);
    }

    [Fact]
    public void Award_Declined_CommitsNothing()
    {
        stage.Federation.Deliver(stage.Government, stage.Council.Id, sequence);
        stage.Council.Do(new AnswerAward(id, false));
        stage.Federation.Settle();

        Assert.Equal((AwardStage.Declined, AwardStage.Declined), StagesOf());
        Refused.MustBe(ReleaseFundsRefusal.AwardNotAccepted, stage.Government.Decide(stage.Government.Release(id, 1, 1)));
        Refused.MustBe(RepayUnderspendRefusal.AwardNotAccepted, stage.Council.Decide(new RepayUnderspend(id, null, 1)));
    }

    [Fact]
    public void Award_RefusedForGood_IsNoOffer()
    {
        stage.Government.Append(new Fact { DeliverySettled = Answers.RefusalOf(stage.Government, stage.Council, sequence) });

        Assert.Equal(AwardStage.Refused, stage.Government.Books.Awards.Find(id)!.State);
        Refused.MustBe(ReleaseFundsRefusal.AwardNotAccepted, stage.Government.Decide(stage.Government.Release(id, 0, 1)));
    }

    [Fact]
    public void Award_Known_IsTheSameAtBothEnds()
    {
        stage.Federation.Settle();

        Assert.All([stage.Government, stage.Council], body =>
        {
            var award = body.Books.Awards.Find(id)!;
            Assert.Equal((stage.CouncilAgreement, "GOV", stage.Council.Id), (award.Agreement, award.Funder, award.Recipient));
            Assert.Equal(stage.Government.Books.Funds.Newest(stage.Fund), award.Terms);
            Assert.Equal(
                [(2027, Kind.Revenue, Write.Led, 700L), (2026, Kind.Capital, "", 300L)],
                award.Promises.Select(promise => (promise.Year, promise.Kind, promise.Earmarks.ToString(), promise.AmountPence)));
            Assert.Equal(new FundLine(stage.Fund, Kind.Revenue, Write.ThreeYears, Write.Kept(Write.Led)), award.LineOf(award.Promises[0]));
        });
    }

    [Fact]
    public void Terms_OfAnAwardThatIsOnlyOffered_AreNotKnownToTheRecipient()
    {
        stage.Federation.Agrees(stage.Government, stage.Stranger);
        var offered = stage.Government.Do(new OfferAward(stage.Stranger.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 1)]));
        stage.Federation.Settle();

        Assert.Null(stage.Stranger.Books.Funds.Newest(stage.Fund));
        stage.Stranger.Do(new AnswerAward(offered, true));
        Assert.Equal(stage.Government.Books.Funds.Newest(stage.Fund), stage.Stranger.Books.Funds.Newest(stage.Fund));
    }

    [Fact]
    public void Promise_WithEarmarksInAnyOrder_IsWrittenWithThemInByteOrder()
    {
        stage.Government.Do(Write.Fund("two", [Write.Share(Kind.Capital, 10_000)], new Earmark { Name = "a" }, new Earmark { Name = "b" }));

        var offer = stage.Government.Do(new OfferAward(stage.Council.Id, "GOV.two", [Write.Promise(2026, Kind.Capital, 1, "b", "a", "b")]));

        Assert.Equal(["a", "b"], stage.Government.Facts(offer)[0].AwardOffered.Promises[0].Earmarks);
    }

    private (AwardStage?, AwardStage?) StagesOf() =>
        (stage.Government.Books.Awards.Find(id)?.State, stage.Council.Books.Awards.Find(id)?.State);
}
