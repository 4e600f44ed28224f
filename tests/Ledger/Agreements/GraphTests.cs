namespace FundingFlows.Ledger.Tests;

/// <summary>Agreements are a graph: several funders, past a tier, through neighbours, and never round in a circle.</summary>
public sealed class GraphTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Proposal_OfABodyWithSeveralFunders_NamesAllThatStandAboveIt()
    {
        // The stranger acts for the council, which the government funds; the forum has money of all three, past a tier and round about.
        stage.Federation.Agrees(stage.Council, stage.Stranger, AgreementBasis.LeadAuthority);
        stage.Federation.Agrees(stage.Government, stage.Forum);
        stage.Federation.Agrees(stage.Stranger, stage.Forum);

        Assert.Equal([stage.Council.Id, "GOV"], stage.Stranger.Books.Agreements.FundersAbove(stage.Stranger.Id));
        Assert.Equal([stage.Council.Id, stage.Stranger.Id, "GOV"], stage.Forum.Books.Agreements.FundersAbove(stage.Forum.Id));
        Assert.Equal(["GOV"], stage.Forum.Books.Agreements.Find(stage.ForumAgreement)!.Clauses.FundersAbove);
        Assert.All(
            [stage.Council, stage.Stranger],
            body => Assert.Equal(AgreementBasis.LeadAuthority, body.Books.Agreements.Active(stage.Council.Id, stage.Stranger.Id)!.Clauses.Basis));
    }

    [Fact]
    public void Circle_ThatOneEndAloneCanSee_IsRefusedThere()
    {
        // The council could not know when it proposed to the forum that the stranger would fund it: the forum knows of no circle.
        stage.Federation.Agrees(stage.Stranger, stage.Council);
        Assert.DoesNotContain(stage.Stranger.Id, stage.Forum.Books.Agreements.FundersAbove(stage.Forum.Id));
        var proposal = stage.Forum.Do(new ProposeAgreement(stage.Stranger.Id));
        stage.Federation.Settle();

        Assert.Equal([stage.Council.Id, "forum-1"], stage.Stranger.Books.Agreements.RecipientsBelow(stage.Stranger.Id));
        Refused.MustBe(AcceptAgreementRefusal.Circular, stage.Stranger.Decide(new AcceptAgreement(proposal)));
    }

    [Fact]
    public void Circle_ThatNeitherEndIsNamedIn_IsSeenByWhoIsInTheMiddle()
    {
        // When the forum came to fund the neighbour, nobody told it that the stranger had come to fund the council meanwhile.
        var neighbour = stage.Federation.Add("forum-2", Tier.NeighbourhoodForum);
        stage.Federation.Agrees(stage.Stranger, stage.Council);
        stage.Federation.Agrees(stage.Forum, neighbour);
        var proposal = neighbour.Do(new ProposeAgreement(stage.Stranger.Id));
        stage.Federation.Settle();

        Assert.DoesNotContain(neighbour.Id, stage.Stranger.Books.Agreements.RecipientsBelow(stage.Stranger.Id));
        Assert.DoesNotContain(stage.Stranger.Id, neighbour.Books.Agreements.FundersAbove(neighbour.Id));
        Refused.MustBe(AcceptAgreementRefusal.Circular, stage.Stranger.Decide(new AcceptAgreement(proposal)));
    }

    [Fact]
    public void Circle_OfTwoSharedServices_CarriesAFundOneWayOnly()
    {
        var award = Circle.OfCouncils(stage);
        stage.Federation.Releases(stage.Council, award, 0, 400);

        Refused.MustBe(
            OfferAwardRefusal.Circular, stage.Stranger.Decide(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Revenue, 1)])));
        Assert.Empty(stage.Council.Books.Agreements.FundersAbove(stage.Stranger.Id));

        var levy = stage.Stranger.Opens("levy", Write.Share(Kind.Revenue, 10_000));
        stage.Stranger.Issues(levy, 1_000);
        stage.Federation.Releases(stage.Stranger, stage.Federation.Awards(stage.Stranger, stage.Council, levy, Write.Promise(2026, Kind.Revenue, 700)), 0, 700);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Circle_OfThreeSharedServices_CarriesNoFundRound()
    {
        var neighbour = Circle.OfThreeCouncils(stage);
        stage.Federation.Awards(stage.Council, stage.Stranger, stage.Fund, Write.Promise(2026, Kind.Revenue, 1_000));
        stage.Federation.Awards(stage.Stranger, neighbour, stage.Fund, Write.Promise(2026, Kind.Revenue, 700));

        Assert.Equal([stage.Council.Id, stage.Stranger.Id, "GOV"], neighbour.Books.Awards.FundersAbove(neighbour.Id, stage.Fund));
        Refused.MustBe(OfferAwardRefusal.Circular, neighbour.Decide(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Revenue, 1)])));
    }

    [Fact]
    public void Circle_OfThreeSharedServicesWhoseOffersCrossed_IsClosedByNobody()
    {
        var neighbour = Circle.OfThreeCouncils(stage);
        stage.Federation.Agrees(stage.Government, neighbour);
        stage.Federation.Awards(stage.Government, neighbour, stage.Fund, Write.Promise(2026, Kind.Revenue, 100));
        stage.Federation.Awards(stage.Council, stage.Stranger, stage.Fund, Write.Promise(2026, Kind.Revenue, 1_000));
        var down = stage.Stranger.Do(new OfferAward(neighbour.Id, stage.Fund, [Write.Promise(2026, Kind.Revenue, 700)]));
        var round = neighbour.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Revenue, 1)]));
        stage.Federation.Settle();

        // Each offer came before the other's answer. Who takes the first closes nothing; who would take the second would.
        Refused.MustBe(AnswerAwardRefusal.Circular, neighbour.Decide(new AnswerAward(down, true)));
        stage.Council.Do(new AnswerAward(round, false));
        stage.Federation.Settle();
        Assert.Equal(AwardStage.Declined, neighbour.Books.Awards.Find(round)!.State);
        neighbour.Do(new AnswerAward(down, true));
    }

    [Fact]
    public void Proposals_ThatCrossed_CanBeSettledByWithdrawingOne()
    {
        var here = stage.Stranger.Do(new ProposeAgreement(stage.Council.Id));
        var there = stage.Council.Do(new ProposeAgreement(stage.Stranger.Id));
        stage.Federation.Settle();

        stage.Stranger.Do(new EndAgreement(here, Write.Reason));
        stage.Stranger.Do(new AcceptAgreement(there));
        stage.Federation.Settle();

        Assert.Null(stage.Council.Books.Agreements.Open(stage.Stranger.Id, stage.Council.Id));
        Assert.NotNull(stage.Council.Books.Agreements.Active(stage.Council.Id, stage.Stranger.Id));
    }
}
