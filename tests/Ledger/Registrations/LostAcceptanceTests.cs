namespace FundingFlows.Ledger.Tests;

/// <summary>
/// A body has accepted something and lost that with an epoch of its journal. It accepts it again; who holds it as accepted takes that as said before, and what was
/// sent under it waits until then.
/// </summary>
public sealed class LostAcceptanceTests
{
    private readonly Stage stage = new();

    private TestFederation Federation => stage.Federation;

    private TestBody Government => stage.Government;

    [Fact]
    public void Award_WhoseAcceptanceIsLost_IsAcceptedAgainAndItsMoneyComesAgain()
    {
        var award = Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 500)]));
        Federation.Settle();
        var kept = stage.Council.Journal.Count;
        var first = stage.Council.Do(new AnswerAward(award, true));
        Federation.Settle();
        var sent = Federation.Releases(Government, award, 0, 100);
        var council = Federation.Loses(stage.Council, kept);
        Waits(council);
        Assert.Equal((AwardStage.Offered, first), (council.Books.Awards.Find(award)!.State, Government.Books.Awards.Find(award)!.Acceptance));

        var again = council.Do(new AnswerAward(award, true));
        Federation.Settle();

        Assert.Equal((1u, 2u), (first.Epoch, again.Epoch));
        Assert.Equal((AwardStage.Accepted, again), (Government.Books.Awards.Find(award)!.State, Government.Books.Awards.Find(award)!.Acceptance));
        Assert.Equal(AwardStage.Accepted, council.Books.Awards.Find(award)!.State);
        Assert.Empty(Federation.ShowAgain(council));
        Assert.NotNull(council.Books.Transfers.FindReceived(sent));
        Federation.Releases(Government, award, 0, 200);
        HoldsWith(council);
    }

    [Fact]
    public void Agreement_WhoseAcceptanceIsLost_IsAcceptedAgainAndTheOfferUnderItComesAgain()
    {
        var agreement = Government.Do(new ProposeAgreement(stage.Stranger.Id));
        Federation.Settle();
        var kept = stage.Stranger.Journal.Count;
        stage.Stranger.Do(new AcceptAgreement(agreement));
        Federation.Settle();
        Government.Do(new SuspendAgreement(agreement, Write.Reason));
        Government.Do(new ResumeAgreement(agreement, Write.Reason));
        var award = Government.Do(new OfferAward(stage.Stranger.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 500)]));
        Federation.Settle();
        var stranger = Federation.Loses(stage.Stranger, kept);
        Waits(stranger);

        var again = stranger.Do(new AcceptAgreement(agreement));
        Federation.Settle();

        Assert.Equal((AgreementStage.Active, again), (Government.Books.Agreements.Find(agreement)!.State, Government.Books.Agreements.Find(agreement)!.Acceptance));
        Assert.Empty(Federation.ShowAgain(stranger));
        Assert.Equal((AgreementStage.Active, AwardStage.Offered), (stranger.Books.Agreements.Find(agreement)!.State, stranger.Books.Awards.Find(award)!.State));
        HoldsWith(stranger);
    }

    [Fact]
    public void Custody_WhoseAcceptanceIsLost_IsAcceptedAgain()
    {
        var custody = stage.Forum.Do(new ProposeCustody(stage.Council.Id));
        Federation.Settle();
        var kept = stage.Council.Journal.Count;
        stage.Council.Do(new AcceptCustody(custody));
        Federation.Settle();
        var council = Federation.Loses(stage.Council, kept);

        var again = council.Do(new AcceptCustody(custody));
        Federation.Settle();

        Assert.Equal((CustodyStage.Active, again), (stage.Forum.Books.Custodies.Find(custody)!.State, stage.Forum.Books.Custodies.Find(custody)!.Acceptance));
        Assert.Equal(CustodyStage.Active, council.Books.Custodies.Find(custody)!.State);
        HoldsWith(council);
    }

    /// <summary>An agreement that was ended since stays ended, also at who accepts it again.</summary>
    [Fact]
    public void Agreement_ThatWasEndedSince_StaysEnded()
    {
        var agreement = Government.Do(new ProposeAgreement(stage.Stranger.Id));
        Federation.Settle();
        var kept = stage.Stranger.Journal.Count;
        stage.Stranger.Do(new AcceptAgreement(agreement));
        Federation.Settle();
        Government.Do(new EndAgreement(agreement, Write.Reason));
        Federation.Settle();
        var stranger = Federation.Loses(stage.Stranger, kept);

        stranger.Do(new AcceptAgreement(agreement));
        Federation.Settle();

        Assert.Empty(Federation.ShowAgain(stranger));
        Assert.All(new[] { Government, stranger }, body => Assert.Equal(AgreementStage.Ended, body.Books.Agreements.Find(agreement)!.State));
        HoldsWith(stranger);
    }

    [Fact]
    public void Answer_ThatIsAnotherThanTheOneThatWasLost_IsRefused()
    {
        var award = Government.Do(new OfferAward(stage.Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 500)]));
        Federation.Settle();
        var kept = stage.Council.Journal.Count;
        stage.Council.Do(new AnswerAward(award, true));
        Federation.Settle();
        var council = Federation.Loses(stage.Council, kept);

        council.Do(new AnswerAward(award, false));
        Federation.Settle();

        Assert.Equal(AwardStage.Accepted, Government.Books.Awards.Find(award)!.State);
        Assert.Equal(DeliveryRefusal.Malformed, Entry.Parser.ParseFrom(council.Journal[^1]).Fact.DeliverySettled.Refusal);
    }

    [Fact]
    public void Acceptance_GivenAgainByABodyThatFundsOthersByThen_IsTakenWithThem()
    {
        var agreement = Government.Do(new ProposeAgreement(stage.Stranger.Id));
        Federation.Settle();
        var kept = stage.Stranger.Journal.Count;
        stage.Stranger.Do(new AcceptAgreement(agreement));
        Federation.Settle();
        var stranger = Federation.Loses(stage.Stranger, kept);
        Federation.Agrees(stranger, Federation.Add("forum-9", Tier.NeighbourhoodForum));

        stranger.Do(new AcceptAgreement(agreement));
        Federation.Settle();

        Assert.Equal(DeliveryRefusal.Unspecified, Entry.Parser.ParseFrom(stranger.Journal[^1]).Fact.DeliverySettled.Refusal);
        Assert.Equal((AgreementStage.Active, AgreementStage.Active), (Government.Books.Agreements.Find(agreement)!.State, stranger.Books.Agreements.Find(agreement)!.State));
        Assert.Equal(["forum-9"], Government.Books.Agreements.Find(agreement)!.RecipientsBelow);
    }

    /// <summary>Who never lost anything, or another than who accepted, cannot accept a second time.</summary>
    [Fact]
    public void Acceptance_InTheSameEpochOrOfAnother_IsRefused()
    {
        var fact = new Fact { AwardAccepted = new AwardAccepted { To = new Addressed(), Award = stage.CouncilAward.ToRef() } };
        foreach (var (sender, epoch) in new[] { (stage.Council, 1u), (stage.Stranger, 2u) })
        {
            var forged = Answers.Forged(sender, Government, fact.Clone());
            var sequence = Government.Books.Deliveries.ExpectedSequence(sender.Id, epoch);
            forged.First.AwardAccepted.To.Sequence = (ulong)sequence;
            var answer = Assert.Single(Government.Decide(new ReceiveDelivery(forged with { Epoch = epoch, Sequence = sequence })).Facts);
            Assert.Equal(DeliveryRefusal.Malformed, answer.DeliveryRefused.Reason);
        }
    }

    /// <summary>What was sent under what it had accepted cannot be decided yet.</summary>
    private void Waits(TestBody body) =>
        Assert.Equal(Refusal.ReasonOf(ReceiveDeliveryRefusal.NotAcceptedAgain), Assert.Single(Federation.ShowAgain(body)).Reason);

    private void HoldsWith(TestBody body)
    {
        Assert.Empty(body.Books.Deliveries.Awaiting);
        Federation.MustHold();
        Assert.All(Federation.Bodies, one => Assert.Equal(Dump.Of(one.Books), Dump.Of(Replay.Of(one))));
    }
}
