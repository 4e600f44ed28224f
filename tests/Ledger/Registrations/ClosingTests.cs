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

    /// <summary>The funder's last release and the end of the agreement cross: the money is refused and goes back, and no seal stands over it.</summary>
    [Fact]
    public void Money_OnItsWayToABodyThatIsToBeClosed_GoesBack()
    {
        Register();
        var (agreement, award) = Given(5_000);
        stage.Government.Sends(award, 0, 5_000);
        var sequence = stage.Government.Books.Deliveries.NextSequence(stage.Stranger.Id) - 1;
        stage.Stranger.Do(new EndAgreement(agreement, Write.Reason));
        Carry(stage.Stranger, stage.Government);
        stage.Stranger.Do(Closing);
        Assert.False(stage.Stranger.Books.Ending.IsAsked);
        Carry(stage.Stranger, stage.Government);

        Refused.MustBe(CloseBodyRefusal.OnItsWay, stage.Stranger.Decide(Closing));
        stage.Federation.Deliver(stage.Government, stage.Stranger.Id, sequence);
        stage.Federation.Answer(stage.Government, stage.Stranger.Id, sequence);
        Assert.Equal(0, stage.Stranger.Balance(Account.Cash));
        stage.Stranger.Do(Closing);
        stage.Federation.Settle();

        Assert.True(stage.Stranger.Books.Ending.IsSealed);
        Assert.Equal(0, stage.Government.Balance(Account.InTransit));
        Assert.Empty(stage.Government.Books.Deliveries.Awaiting);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Claim_OnItsWayToABodyThatIsToBeClosed_IsRefused()
    {
        Register();
        var (agreement, award) = Given(5_000);
        stage.Federation.Releases(stage.Government, award, 0, 5_000);
        stage.Stranger.Do(stage.Stranger.Payment(stage.Fund, 5_000, Kind.Capital));
        stage.Federation.Settle();
        stage.Stranger.Do(new EndAgreement(agreement, Write.Reason));
        stage.Federation.Settle();
        stage.Stranger.Do(Closing);
        var claim = stage.Government.Do(Claiming(award));
        stage.Federation.Settle();

        Assert.True(stage.Government.Books.Clawbacks.Find(claim)!.IsRefused);
        Assert.True(stage.Stranger.Books.Ending.IsSealed);
        Refused.MustBe(ClaimClawbackRefusal.RecipientClosed, stage.Government.Decide(Claiming(award)));
        Refused.MustBe(ProposeAgreementRefusal.RecipientGone, stage.Government.Decide(new ProposeAgreement(stage.Stranger.Id)));
        stage.Federation.MustHold();
    }

    /// <summary>A builder pays back what a funder gave that is no more: the money goes to its source, and the year can be closed.</summary>
    [Fact]
    public void Money_OfAFunderThatWasClosed_IsSurrendered()
    {
        Register();
        var award = stage.Gives();
        var fund = stage.Stranger.Books.Awards.Find(award)!.Terms.Fund;
        var source = stage.Stranger.Source();
        var payment = stage.Forum.Do(stage.Forum.Payment(fund, 10_000));
        stage.Forum.Do(new SubmitReport(fund, stage.Stranger.Id));
        stage.Federation.Settle();
        stage.Stranger.Do(Closing);
        stage.Federation.Settle();
        Assert.True(stage.Stranger.Books.Ending.IsSealed);
        stage.Forum.Do(new RefundPayment(payment, null, 3_000));

        Refused.MustBe(RepayUnderspendRefusal.FunderClosed, stage.Forum.Decide(new RepayUnderspend(award, null, 3_000)));
        Refused.MustBe(SubmitReportRefusal.FunderClosed, stage.Forum.Decide(new SubmitReport(fund, stage.Stranger.Id)));
        stage.Forum.Do(new SurrenderMoney(fund, source, 3_000));
        Assert.Empty(stage.Forum.Books.Deliveries.Awaiting);
        stage.Federation.MustHold();
        Assert.Equal(Dump.Of(stage.Forum.Books), Dump.Of(Replay.Of(stage.Forum)));
    }

    /// <summary>Its registrar knows what is still to come to it, and the body itself need not.</summary>
    [Fact]
    public void Successor_ThatIsStillTakingOver_IsNotClosedAndTakesWhatComes()
    {
        var order = stage.Ordering();
        var successor = stage.Federation[order.Successors[0].Body];
        var agreement = stage.Federation.Agrees(stage.Government, successor);
        stage.Government.Do(order);
        successor.Do(new EndAgreement(agreement, Write.Reason));
        Carry(successor, stage.Government);
        successor.Do(Closing);
        Carry(successor, stage.Government);
        Carry(successor, stage.Government);

        Assert.True(successor.Books.Ending is { HasTold: true, IsAsked: false, IsSealed: false });
        stage.Federation.Ends(stage.Council);
        Assert.True(stage.Council.Books.Ending.IsSealed);
        Refused.MustBe(CloseBodyRefusal.MoneyHeld, successor.Decide(Closing));
        stage.Federation.MustHold();
    }

    /// <summary>A body that was funded by one that is no more is itself abolished: its payment, and what of it came back, go over like all else.</summary>
    [Fact]
    public void Money_OfAFunderThatWasClosed_GoesToSuccessors()
    {
        Register();
        var order = stage.Ordering();
        var fund = stage.Stranger.Opens("gifts", Write.Share(Kind.Revenue, 10_000));
        stage.Stranger.Issues(fund, 10_000);
        var agreement = stage.Federation.Agrees(stage.Stranger, stage.Council);
        stage.Federation.Releases(stage.Stranger, stage.Federation.Awards(stage.Stranger, stage.Council, fund, Write.Promise(2026, Kind.Revenue, 10_000)), 0, 10_000);
        var payment = stage.Council.Do(stage.Council.Payment(fund, 10_000));
        stage.Council.Do(new SubmitReport(fund, stage.Stranger.Id));
        stage.Stranger.Do(new EndAgreement(agreement, Write.Reason));
        stage.Federation.Settle();
        stage.Stranger.Do(Closing);
        stage.Federation.Settle();
        Assert.True(stage.Stranger.Books.Ending.IsSealed);
        stage.Council.Do(new RefundPayment(payment, null, 3_000));
        stage.Government.Do(order);
        stage.Federation.Ends(stage.Council);

        Assert.True(stage.Council.Books.Ending.IsSealed);
        Assert.Empty(stage.Federation.InventoryOf(stage.Council).Findings());
        var first = stage.Federation[order.Successors[0].Body];
        var held = first.Books.Lots.Remaining(fund).Sum(lot => lot.FreePence);
        Assert.InRange(held, 1, 3_000);
        first.Do(new SurrenderMoney(fund, stage.Stranger.Source(), held));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Body_ThatHasToldOfItsEnd_BeginsNothingAndTakesBackWhatItGaveToOthers()
    {
        Register();
        var (agreement, _) = Given(5_000);
        stage.Stranger.Do(new EndAgreement(agreement, Write.Reason));
        stage.Federation.Settle();
        stage.Stranger.Do(Closing);

        Refused.MustBe(BodyRefusal.Closing, stage.Stranger.Decide(new ProposeAgreement(stage.Forum.Id)));
        Refused.MustBe(BodyRefusal.Closing, stage.Stranger.Decide(new IssueMoney("E06000009.none", stage.Stranger.Source(), 1)));
        Assert.False(stage.Stranger.Books.Ending.IsAsked);
        Assert.Equal(DeliveryRefusal.BodyClosing, AnswerToMoneyOf(stage.Government));
        Assert.NotEqual(DeliveryRefusal.BodyClosing, AnswerToMoneyOf(stage.Forum));

        DeliveryRefusal AnswerToMoneyOf(TestBody sender) => stage.Stranger.Run(new ReceiveDelivery(Answers.Forged(sender, stage.Stranger, new Fact
        {
            TransferSent = new TransferSent { To = new Addressed(), Purpose = TransferPurpose.Repayment, Award = agreement.ToRef(), AmountPence = 1 },
        }))).Facts[0].TransferRefused.Reason;
    }

    /// <summary>One of those that it had to do with is abolished while it tells them: who stands in its place is told too, before anything is sealed.</summary>
    [Fact]
    public void Partner_ThatComesAfterTheTelling_IsToldToo()
    {
        Register();
        var order = stage.Ordering();
        var agreements = new[] { stage.Federation.Agrees(stage.Stranger, stage.Council), stage.Federation.Agrees(stage.Stranger, stage.Forum) };
        foreach (var agreement in agreements)
            stage.Stranger.Do(new EndAgreement(agreement, Write.Reason));
        stage.Federation.Settle();
        stage.Government.Do(order);
        Carry(stage.Government, stage.Council);
        stage.Stranger.Do(Closing);
        while (!stage.Council.Books.Deliveries.Unanswered(stage.Stranger.Id).Values.Any(sent => sent.Kind == Fact.KindOneofCase.SuccessionTold))
        {
            stage.Council.Do(new HandOver([]));
            foreach (var successor in order.Successors)
                Carry(stage.Council, stage.Federation[successor.Body]);
        }
        Carry(stage.Council, stage.Stranger);
        stage.Federation.Settle();
        stage.Federation.Ends(stage.Council);
        if (!stage.Stranger.Books.Ending.IsAsked)
            stage.Stranger.Do(Closing);
        stage.Federation.Settle();

        Assert.True(stage.Stranger.Books.Ending.IsSealed);
        Assert.All(order.Successors, successor => Assert.Contains(stage.Stranger.Id, stage.Federation[successor.Body].Books.Closed));
        stage.Federation.MustHold();
    }

    /// <summary>Nothing is sent that would never be answered, and stand in the way of the sender's own end.</summary>
    [Fact]
    public void Command_ThatWouldSpeakToAClosedBody_IsRefused()
    {
        Register();
        var fund = stage.Stranger.Opens("gifts", Write.Share(Kind.Revenue, 10_000));
        var agreement = stage.Federation.Agrees(stage.Stranger, stage.Forum);
        var offer = stage.Stranger.Do(new OfferAward(stage.Forum.Id, fund, [Write.Promise(2026, Kind.Revenue, 100)]));
        stage.Stranger.Do(new EndAgreement(agreement, Write.Reason));
        stage.Federation.Settle();
        stage.Stranger.Do(Closing);
        stage.Federation.Settle();
        Assert.True(stage.Stranger.Books.Ending.IsSealed);

        Refused.MustBe(AddresseeRefusal.Closed, stage.Forum.Decide(new AnswerAward(offer, false)));
        Assert.Empty(stage.Forum.Books.Deliveries.Awaiting);
    }

    [Fact]
    public void Answer_WithALastSequenceThatNobodyCanHave_IsNotBelieved()
    {
        Register();
        var (agreement, _) = Given(5_000);
        stage.Stranger.Do(new EndAgreement(agreement, Write.Reason));
        stage.Federation.Settle();
        stage.Stranger.Do(Closing);
        var sequence = stage.Stranger.Books.Deliveries.Unanswered(stage.Government.Id).Keys.Single();
        var told = stage.Stranger.DeliveryTo(stage.Government.Id, sequence);
        var answer = Answers.Of(stage.Government, sequence, new Fact { ClosingNoted = new ClosingNoted { Delivery = told.ToRef(), LastSequence = ulong.MaxValue } });

        Refused.MustBe(RecordAnswerRefusal.AnswerContradicts, stage.Stranger.Run(new RecordAnswer(answer, [.. told.Entries.Select(entry => entry.LeafHash)])));
    }

    [Fact]
    public void Bodies_ThatEndAtOnce_AreBothClosed()
    {
        Register();
        stage.Government.Do(RegisterBodyRefusalTests.Registering(stage.Forum.Id));
        var forum = stage.Federation.Add("forum-9", Tier.NeighbourhoodForum);
        stage.Government.Do(RegisterBodyRefusalTests.Registering(forum.Id));
        var agreement = stage.Federation.Agrees(stage.Stranger, forum);
        stage.Stranger.Do(new EndAgreement(agreement, Write.Reason));
        stage.Federation.Settle();
        stage.Stranger.Do(Closing);
        forum.Do(Closing);
        stage.Federation.Settle();
        // Each was told by the other after it had told it: what was still to come has come now.
        stage.Stranger.Do(Closing);
        stage.Federation.Settle();

        Assert.True(stage.Stranger.Books.Ending.IsSealed && forum.Books.Ending.IsSealed);
    }

    private static CloseBody Closing => new(new DateOnly(2027, 3, 31));

    private static ClaimClawback Claiming(EntryId award) => new(award, Kind.Capital, EarmarkSet.None, Write.Digest("Not as agreed."), 1_000);

    private (EntryId Agreement, EntryId Award) Given(long pence)
    {
        var agreement = stage.Federation.Agrees(stage.Government, stage.Stranger);
        return (agreement, stage.Federation.Awards(stage.Government, stage.Stranger, stage.Fund, Write.Promise(2026, Kind.Capital, pence)));
    }

    /// <summary>What one body has sent another is delivered and answered, and nothing comes the other way.</summary>
    private void Carry(TestBody from, TestBody to)
    {
        foreach (var sequence in from.Books.Deliveries.Unanswered(to.Id).Keys.ToList())
        {
            stage.Federation.Deliver(from, to.Id, sequence);
            stage.Federation.Answer(from, to.Id, sequence);
        }
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
