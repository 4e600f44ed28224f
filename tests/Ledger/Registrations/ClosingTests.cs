namespace FundingFlows.Ledger.Tests;

/// <summary>A body that holds nothing is closed by who registered it, and its journal ends.</summary>
public sealed class ClosingTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Body_ThatIsClosed_SealsItsJournalWithTheAnswer()
    {
        Register();
        stage.Stranger.Do(new CloseBody(new DateOnly(2027, 3, 31)));
        stage.Federation.Settle();

        Assert.True(stage.Government.Books.Registrations["E06000009"].IsClosed);
        Assert.True(stage.Stranger.Books.Ending is { IsAsked: true, IsSealed: true });
        Assert.Equal(Fact.KindOneofCase.JournalSealed, Entry.Parser.ParseFrom(stage.Stranger.Journal[^1]).Fact.KindCase);
        Assert.Equal(Dump.Of(stage.Stranger.Books), Dump.Of(Replay.Of(stage.Stranger)));
        Assert.Throws<InvalidOperationException>(() => stage.Stranger.Append(new Fact { KeyAdopted = new KeyAdopted { PublicKey = Write.Key("late") } }));
    }

    [Fact]
    public void Body_ThatItsRegistrarDoesNotKnow_IsNotClosedAndGoesOn()
    {
        stage.Stranger.Do(new CloseBody(new DateOnly(2027, 3, 31)));
        stage.Federation.Settle();

        Assert.True(stage.Stranger.Books.Ending is { IsAsked: false, IsSealed: false });
        stage.Stranger.Opens("levy", Write.Share(Kind.Either, 10_000));
    }

    [Fact]
    public void Proposal_ThatReachesABodyWhichIsBeingClosed_IsRefused()
    {
        Register();
        stage.Stranger.Do(new CloseBody(new DateOnly(2027, 3, 31)));
        var agreement = stage.Council.Do(new ProposeAgreement(stage.Stranger.Id));

        stage.Federation.Deliver(stage.Council, stage.Stranger.Id, 1);
        stage.Federation.Answer(stage.Council, stage.Stranger.Id, 1);
        stage.Federation.Settle();

        Assert.Equal(AgreementStage.Refused, stage.Council.Books.Agreements.Find(agreement)!.State);
        Assert.True(stage.Stranger.Books.Ending.IsSealed);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Delivery_ToASealedJournal_IsAnsweredAsBeforeOrNotAtAll()
    {
        Register();
        stage.Council.Do(new ProposeAgreement(stage.Stranger.Id));
        stage.Stranger.Do(new CloseBody(new DateOnly(2027, 3, 31)));
        var before = stage.Federation.Deliver(stage.Council, stage.Stranger.Id, 1).Facts.Count;
        stage.Federation.Answer(stage.Council, stage.Stranger.Id, 1);
        stage.Federation.Settle();
        var size = stage.Stranger.Books.Size;

        Assert.NotNull(stage.Federation.Deliver(stage.Council, stage.Stranger.Id, 1).Before);
        stage.Council.Do(new ProposeAgreement(stage.Stranger.Id));
        Refused.MustBe(ReceiveDeliveryRefusal.JournalSealed, stage.Federation.Deliver(stage.Council, stage.Stranger.Id, 2));
        Assert.Equal((1, size), (before, stage.Stranger.Books.Size));
    }

    private void Register() => stage.Government.Do(new RegisterBody(new BodyRegistered
    {
        Body = stage.Stranger.Id,
        OfficialName = "Example Council",
        Tier = Tier.Council,
        LegalForm = LegalForm.LocalAuthority,
        Epoch = 1,
        Origin = Names.Origin("test", stage.Stranger.Id, 1),
        PublicKey = Write.Key(stage.Stranger.Id),
    }));
}
