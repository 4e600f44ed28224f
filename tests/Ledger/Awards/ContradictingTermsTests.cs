namespace FundingFlows.Ledger.Tests;

/// <summary>Terms that contradict one another never both count, in whatever order they are offered and accepted.</summary>
public sealed class ContradictingTermsTests
{
    private readonly Stage stage = new();

    [Fact]
    public void LaxOffer_BesideThatOfTheFundsOpener_CannotBeAcceptedAndCanBeDeclined()
    {
        var lax = LaxOffer.ToTheStranger(stage);
        var honest = LaxOffer.HonestFrom(stage.Government, stage);

        Refused.MustBe(AnswerAwardRefusal.TermsContradict, stage.Stranger.Decide(new AnswerAward(lax, true)));
        stage.Stranger.Do(new AnswerAward(lax, false));
        stage.Stranger.Do(new AnswerAward(honest, true));

        MustBeTrue();
    }

    [Fact]
    public void LaxOffer_AfterThatOfTheFundsOpener_IsRefusedForItsTerms()
    {
        LaxOffer.HonestFrom(stage.Government, stage);

        var answer = stage.Stranger.Run(new ReceiveDelivery(LaxOffer.Delivered(stage)));

        Assert.Equal(DeliveryRefusal.TermsContradict, Assert.Single(answer.Facts).DeliveryRefused.Reason);
    }

    [Fact]
    public void Offers_OfTwoThatDidNotOpenTheFund_WaitBesideOneAnotherAndOneIsAccepted()
    {
        var lax = LaxOffer.ToTheStranger(stage);
        var honest = LaxOffer.HonestFrom(stage.Council, stage);

        Assert.Equal(AwardStage.Offered, stage.Stranger.Books.Awards.Find(honest)!.State);
        Assert.NotEmpty(stage.Stranger.Decide(new AnswerAward(lax, true)).Facts);
        stage.Stranger.Do(new AnswerAward(honest, true));

        MustBeTrue();
        Refused.MustBe(AnswerAwardRefusal.TermsContradict, stage.Stranger.Decide(new AnswerAward(lax, true)));
    }

    [Fact]
    public void HonestOffer_WhereOtherTermsWereAccepted_IsRefusedForItsTerms()
    {
        stage.Stranger.Do(new AnswerAward(LaxOffer.ToTheStranger(stage), true));

        var honest = LaxOffer.HonestFrom(stage.Government, stage);

        Assert.Equal(AwardStage.Refused, stage.Government.Books.Awards.Find(honest)!.State);
        Assert.Null(stage.Stranger.Books.Awards.Find(honest));
        var answer = stage.Stranger.AnswerTo(stage.Government, stage.Government.Books.Deliveries.NextSequence(stage.Stranger.Id) - 1);
        Assert.Equal(DeliveryRefusal.TermsContradict, answer.First.DeliveryRefused.Reason);
    }

    /// <summary>A journal that says otherwise is not that of an honest body: it is not applied as if it were.</summary>
    [Fact]
    public void Acceptance_OfOtherTermsThanAreKnown_CannotBeApplied()
    {
        var lax = LaxOffer.ToTheStranger(stage);
        stage.Stranger.Do(new AnswerAward(LaxOffer.HonestFrom(stage.Council, stage), true));

        var forged = new Fact { AwardAccepted = new AwardAccepted { To = new Addressed { Body = stage.Forum.Id, Sequence = 9 }, Award = lax.ToRef() } };

        Assert.Throws<InvalidOperationException>(() => stage.Stranger.Append(forged));
    }

    private void MustBeTrue() => Assert.Equal(stage.Government.Books.Funds.Newest(stage.Fund), stage.Stranger.Books.Funds.Newest(stage.Fund));
}
