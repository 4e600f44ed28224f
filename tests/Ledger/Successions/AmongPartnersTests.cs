namespace FundingFlows.Ledger.Tests;

/// <summary>Those who take over from a body had agreements with it themselves: they funded it, or it funded them.</summary>
public sealed class AmongPartnersTests
{
    private const string First = "E06000021", Second = "E06000022";
    private readonly Stage stage = new();
    private readonly OrderSuccession order;

    public AmongPartnersTests() => order = stage.Ordering();

    private TestFederation Federation => stage.Federation;

    private TestBody Council => stage.Council;

    /// <summary>None of the two comes to fund the other: what they were given is still told, and goes back.</summary>
    [Fact]
    public void Agreements_OfTheOldBodyWithItsOwnSuccessors_GoOnAsEndedOnes()
    {
        var awards = new[] { First, Second }.Select(body => Gives(Council, Federation[body], stage.Fund, 1_000)).ToList();
        stage.Government.Do(order);
        Federation.Ends(Council);

        foreach (var (body, other, award) in new[] { (First, Second, awards[0]), (Second, First, awards[1]) })
        {
            foreach (var end in new[] { Federation[body].Books, Federation[other].Books })
                Assert.Equal((other, true, AgreementStage.Ended), (end.Awards.Find(award)!.Funder, end.Awards.Find(award)!.IsOver, end.Agreements.Find(end.Awards.Find(award)!.Agreement)!.State));
            Federation[body].Do(Federation[body].Payment(stage.Fund, 400, Kind.Capital));
            Federation[body].Do(new SubmitReport(stage.Fund, other));
            Federation.Repays(Federation[body], award, 600);
        }
        MustHold();
    }

    /// <summary>The same where the successors had funded the old body.</summary>
    [Fact]
    public void Agreements_OfTheSuccessorsWithTheOldBody_GoOnAsEndedOnes()
    {
        foreach (var body in new[] { First, Second })
            Gives(Federation[body], Council, Issued(Federation[body]), 1_000);
        stage.Government.Do(order);
        Federation.Ends(Council);

        foreach (var body in new[] { First, Second })
        {
            Assert.DoesNotContain(Federation[body].Books.Agreements.All, agreement => agreement is { IsInForce: true, Funder: First or Second, Recipient: First or Second });
            var award = Federation[body].Books.Awards.All.Single(award => award.Recipient == body && award.Funder != stage.Government.Id);
            Assert.True(award.IsOver);
            Federation.Repays(Federation[body], award.Id, Federation[body].Books.Lots.Under(award.Id).Sum(lot => lot.FreePence));
        }
        MustHold();
    }

    /// <summary>It takes over what it gave, and that is neither given out nor owed to it any more.</summary>
    [Fact]
    public void Funder_ThatSucceedsWhomItFundedAlone_CanEndLikeAnyOther()
    {
        var here = Federation[First];
        var award = Gives(here, Council, Issued(here), 1_000);
        Council.Do(Council.Payment(here.Id + ".own", 200, Kind.Capital));
        Council.Do(Council.Reservation(here.Id + ".own", 100, Kind.Capital));
        var passed = Federation.Awards(Council, stage.Forum, here.Id + ".own", Write.Promise(2026, Kind.Capital, 300));
        Federation.Releases(Council, passed, 0, 300);
        here.Do(new ClaimClawback(award, Kind.Capital, EarmarkSet.None, Write.Digest("Not as agreed."), 900));
        stage.Government.Do(order with { Successors = Abolished.Terms(Council.Id, (First, 10_000)).Successors });
        Federation.Ends(Council);

        Assert.All(here.Books.Clawbacks.All, claim => Assert.Equal(0, claim.OwedPence));
        Assert.Equal([(stage.Forum.Id, 6_300L)], GivenOut.Of(here.Books).GroupBy(given => given.Recipient).Select(given => (given.Key, given.Sum(one => one.AmountPence))));
        Federation.Repays(stage.Forum, passed, 300);
        Federation.Repays(stage.Forum, stage.ForumAward, 6_000);
        Assert.Empty(GivenOut.Of(here.Books));
        var fromGovernment = here.Books.Awards.All.Single(one => one.Recipient == First);
        Assert.All(here.Books.Lots.All.Where(lot => lot.RemainingPence > 0), lot => Assert.Contains(lot.Award, new[] { (EntryId?)null, fromGovernment.Id }));
        MustHold();

        here.Do(new ReleaseReservation(here.Books.Reservations.All[0].Id, 100));
        Federation.Repays(here, fromGovernment.Id, here.Books.Lots.Under(fromGovernment.Id).Sum(lot => lot.FreePence));
        here.Do(new SurrenderMoney(here.Id + ".own", here.Source(), here.Balance(Account.Cash)));
        foreach (var agreement in here.Books.Agreements.All.Where(agreement => agreement.IsOpen).ToList())
            here.Do(new EndAgreement(agreement.Id, Write.Reason));
        Federation.Settle();
        here.Do(new CloseBody(Abolished.Day));
        MustHold();
    }

    /// <summary>What the other successor has of it is still given out, and no more.</summary>
    [Fact]
    public void Funder_ThatSucceedsWhomItFundedWithAnother_HasGivenOutWhatTheOtherHas()
    {
        var here = Federation[First];
        Gives(here, Council, Issued(here), 1_000);
        Council.Do(Council.Payment(here.Id + ".own", 200, Kind.Capital));
        stage.Government.Do(order);
        Federation.Ends(Council);

        var left = Federation[Second].Books.Lots.Remaining(here.Id + ".own").Sum(lot => lot.FreePence);
        Assert.InRange(left, 1, 800);
        Assert.Equal(left, GivenOut.Of(here.Books).Where(given => given.Recipient is not "forum-1").Sum(given => given.AmountPence));
        Federation.Repays(Federation[Second], Federation[Second].Books.Awards.All.Single(award => award.Funder == First && award.Recipient == Second).Id, left);
        Assert.DoesNotContain(GivenOut.Of(here.Books), given => given.Recipient is not "forum-1");
        MustHold();
    }

    /// <summary>A claim of the old body on its only successor is on nobody: what was held for it is free.</summary>
    [Fact]
    public void Claim_OnTheOnlySuccessor_IsOver()
    {
        var here = Federation[First];
        var award = Gives(Council, here, stage.Fund, 1_000);
        Council.Do(new ClaimClawback(award, Kind.Capital, EarmarkSet.None, Write.Digest("Not as agreed."), 600));
        Federation.Settle();
        stage.Government.Do(order with { Successors = Abolished.Terms(Council.Id, (First, 10_000)).Successors });
        Federation.Ends(Council);

        Assert.All(here.Books.Clawbacks.All, claim => Assert.Equal(0, claim.OwedPence));
        Assert.Equal(1_000, here.Books.Lots.Under(award).Sum(lot => lot.FreePence));
        MustHold();
    }

    /// <summary>A successor that stands above a funder of the old body: the funder promises it nothing more.</summary>
    [Fact]
    public void Funder_ThatASuccessorFunds_ComesNotToFundIt()
    {
        var above = Federation[First];
        Federation.Agrees(above, stage.Stranger, AgreementBasis.LeadAuthority);
        Gives(stage.Stranger, Council, Issued(stage.Stranger), 1_000);
        stage.Government.Do(order);
        Federation.Ends(Council);

        Assert.Null(stage.Stranger.Books.Agreements.InForce(stage.Stranger.Id, First));
        Assert.NotNull(stage.Stranger.Books.Agreements.InForce(stage.Stranger.Id, Second));
        Assert.All(stage.Stranger.Books.Awards.All.Where(award => award.Recipient == First), award => Assert.All(award.Promises, promise => Assert.Equal(0, promise.LeftPence)));
        MustHold();
    }

    private static string Issued(TestBody body)
    {
        var fund = body.Opens("own", Write.Share(Kind.Capital, 10_000));
        body.Issues(fund, 1_000);
        return fund;
    }

    /// <summary>One council gives another so much capital of a greater award, and answers with that.</summary>
    private EntryId Gives(TestBody funder, TestBody recipient, string fund, long pence)
    {
        Federation.Agrees(funder, recipient, AgreementBasis.LeadAuthority);
        var award = Federation.Awards(funder, recipient, fund, Write.Promise(2026, Kind.Capital, pence + 1_000));
        Federation.Releases(funder, award, 0, pence);
        return award;
    }

    private void MustHold()
    {
        Federation.Settle();
        Assert.Empty(Federation.InventoryOf(Council).Findings());
        Assert.True(Federation.InventoryOf(Council).IsComplete);
        Federation.MustHold();
        Assert.All(Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
    }
}
