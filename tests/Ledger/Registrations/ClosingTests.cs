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

    /// <summary>Nothing that a recipient still has to send back finds a sealed journal.</summary>
    [Fact]
    public void Body_ThatGaveMoney_IsClosedOnceItCameBackOrIsReportedAsSpent()
    {
        Register();
        var closing = new CloseBody(new DateOnly(2027, 3, 31));
        var award = stage.Gives();
        var fund = stage.Stranger.Books.Awards.Find(award)!.Terms.Fund;
        Assert.Equal("10000", GivenOutPence(closing));

        stage.Forum.Do(stage.Forum.Payment(fund, 6_000));
        Assert.Equal("10000", GivenOutPence(closing));
        stage.Forum.Do(new SubmitReport(fund, stage.Stranger.Id));
        stage.Federation.Settle();
        Assert.Equal("4000", GivenOutPence(closing));
        stage.Federation.Repays(stage.Forum, award, 4_000);

        Refused.MustBe(CloseBodyRefusal.MoneyHeld, stage.Stranger.Decide(closing));
        stage.Stranger.Do(stage.Stranger.Payment(fund, 4_000));
        stage.Stranger.Do(closing);
        stage.Federation.Settle();
        Assert.True(stage.Stranger.Books.Ending.IsSealed);
        stage.Federation.MustHold();
    }

    /// <summary>What one recipient has spent says nothing about what another holds, though it came out of the same lot.</summary>
    [Fact]
    public void Body_ThatGaveTwoBodiesOfOneLot_IsNotClosedForWhatOneSpent()
    {
        Register();
        var fund = stage.Stranger.Opens("gifts", Write.Share(Kind.Revenue, 10_000));
        stage.Stranger.Issues(fund, 10_000);
        foreach (var recipient in new[] { stage.Forum, stage.Council })
        {
            var agreement = stage.Federation.Agrees(stage.Stranger, recipient);
            stage.Federation.Releases(stage.Stranger, stage.Federation.Awards(stage.Stranger, recipient, fund, Write.Promise(2026, Kind.Revenue, 5_000)), 0, 5_000);
            stage.Stranger.Do(new EndAgreement(agreement, Write.Reason));
            stage.Federation.Settle();
        }
        var payment = stage.Forum.Do(stage.Forum.Payment(fund, 5_000));
        stage.Forum.Do(new SubmitReport(fund, stage.Stranger.Id));
        stage.Forum.Do(new RefundPayment(payment, null, 5_000));
        stage.Federation.Settle();
        stage.Federation.Repays(stage.Forum, stage.Stranger.Books.Awards.All[0].Id, 5_000);
        stage.Stranger.Do(stage.Stranger.Payment(fund, 5_000));

        Assert.Equal("5000", GivenOutPence(new CloseBody(new DateOnly(2027, 3, 31))));
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

    private string GivenOutPence(CloseBody closing)
    {
        var decision = stage.Stranger.Decide(closing);
        Refused.MustBe(CloseBodyRefusal.MoneyGivenOut, decision);
        return decision.Refusal!.Details["given_pence"];
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
