namespace FundingFlows.Ledger.Tests;

/// <summary>How a forum comes to an accountable body, and what it may not do without one.</summary>
public sealed class CustodyTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Custody_FromProposalToEnd_IsKnownAtBothEnds()
    {
        var custody = stage.Forum.Do(new ProposeCustody(stage.Council.Id));
        Assert.Null(stage.Forum.Books.Custodies.Of(stage.Forum.Id));
        stage.Federation.Settle();
        stage.Council.Do(new AcceptCustody(custody));
        stage.Federation.Settle();
        Assert.All(Both(custody), one => Assert.Equal((CustodyStage.Active, stage.Forum.Id, stage.Council.Id), (one.State, one.Principal, one.Agent)));
        Assert.Equal(stage.Council.Id, stage.Forum.Books.Custodies.Of(stage.Forum.Id)!.Agent);

        var end = stage.Council.Do(new EndCustody(custody, Write.Reason));
        stage.Federation.Settle();

        Assert.All(Both(custody), one => Assert.Equal((CustodyStage.Ended, end, Write.Reason), (one.State, one.EndedAt, one.Reason)));
        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
        stage.Federation.Keeps(stage.Stranger, stage.Forum);
    }

    [Fact]
    public void End_ThatCrossedTheAcceptance_Stands()
    {
        var custody = stage.Forum.Do(new ProposeCustody(stage.Council.Id));
        stage.Federation.Settle();
        stage.Council.Do(new AcceptCustody(custody));
        stage.Forum.Do(new EndCustody(custody, Write.Reason));
        stage.Federation.Settle();

        Assert.All(Both(custody), one => Assert.Equal(CustodyStage.Ended, one.State));
    }

    [Fact]
    public void Forum_ThatIsUnincorporated_IsFundedOnceSomebodyIsAccountable()
    {
        var forum = stage.Federation.Add("forum-2", Tier.NeighbourhoodForum, LegalForm.Unincorporated);
        var bare = stage.Council.Do(new ProposeAgreement(forum.Id));
        stage.Federation.Settle();
        Refused.MustBe(AcceptAgreementRefusal.AccountableBodyNeeded, forum.Decide(new AcceptAgreement(bare)));

        // The council that funds it is accountable for it too, as most are.
        stage.Federation.Keeps(stage.Council, forum);
        Refused.MustBe(AcceptAgreementRefusal.AccountableBodyDiffers, forum.Decide(new AcceptAgreement(bare)));
        forum.Do(new EndAgreement(bare, Write.Reason));
        stage.Federation.Settle();
        var agreement = stage.Council.Do(new ProposeAgreement(forum.Id, AccountableBody: stage.Council.Id));
        stage.Federation.Settle();
        forum.Do(new AcceptAgreement(agreement));
        stage.Federation.Settle();

        Assert.Equal(stage.Council.Id, stage.Council.Books.Agreements.Active(stage.Council.Id, forum.Id)!.Clauses.AccountableBody);
    }

    private IEnumerable<Custody> Both(EntryId custody) => [stage.Forum.Books.Custodies.Find(custody)!, stage.Council.Books.Custodies.Find(custody)!];
}
