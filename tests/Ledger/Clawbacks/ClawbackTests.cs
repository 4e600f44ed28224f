namespace FundingFlows.Ledger.Tests;

/// <summary>A funder claims money back: what is there is held and sent, what is not is owed and met later. No lot goes below zero.</summary>
public sealed class ClawbackTests
{
    private readonly Stage stage = new();

    /// <summary>What the newest report says is owed, and held for it, as the funder has recorded it.</summary>
    private (long OwedPence, long HeldPence) Reported()
    {
        stage.Council.Do(new SubmitReport(stage.Fund, stage.Government.Id));
        stage.Federation.Settle();
        var received = Assert.Single(stage.Government.Books.Reports.Latest(stage.Fund));
        Assert.True(received.HasOwedPence);
        return (received.OwedPence, received.Lines.Sum(line => line.ClaimedPence));
    }

    private Clawback AtCouncil(EntryId claim) => stage.Council.Books.Clawbacks.Find(claim)!;

    [Fact]
    public void Claim_OfFreeMoney_HoldsItUntilItIsSent()
    {
        var claim = stage.Claims(5_000);

        var hold = stage.Council.Books.Holds.Find(AtCouncil(claim).RecordedBy!.Value)!;
        Assert.Equal((HoldKind.Claim, 5_000), (hold.Kind, hold.AmountPence));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Payment(stage.Fund, 3_001)));
        Refused.MustBe(RepayUnderspendRefusal.KeptForSomethingElse, stage.Council.Decide(new RepayUnderspend(stage.CouncilAward, (Kind.Revenue, EarmarkSet.None), 3_001)));
        stage.Federation.MustHold();

        stage.Settles(claim, 5_000);

        Assert.Equal((0, 0), (hold.AmountPence, AtCouncil(claim).OwedPence));
        Assert.Equal((5_000, 0), (stage.Government.Books.Clawbacks.Find(claim)!.MetPence, stage.Government.Books.Clawbacks.Find(claim)!.OwedPence));
        Assert.Equal((5_000, 5_000), (stage.Council.Balance(Account.Repaid), stage.Government.Balance(Account.Returned)));
        Assert.Equal(3_000, stage.Council.Books.Lots.Remaining(stage.Fund).First(lot => lot.Line.Kind == Kind.Revenue && lot.Line.Earmarks.Count == 0).FreePence);
        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Claim_OfSpentMoney_IsOwedAndMetLaterFromARefund()
    {
        var payment = stage.Council.Do(stage.Council.Payment(stage.Fund, 7_000));
        stage.Federation.Repays(stage.Council, stage.CouncilAward, 16_000);

        var claim = stage.Claims(6_500);

        Assert.Equal((6_500, 1_000), (AtCouncil(claim).OwedPence, stage.Council.Books.Holds.Find(AtCouncil(claim).RecordedBy!.Value)!.AmountPence));
        stage.Settles(claim, 1_000);
        Refused.MustBe(SettleClawbackRefusal.NotEnoughMoney, stage.Council.Decide(new SettleClawback(claim, 1)));
        stage.Council.Do(new RefundPayment(payment, null, 5_500));
        stage.Settles(claim, 5_500);

        Assert.Equal((0, 0), (AtCouncil(claim).OwedPence, stage.Government.Books.Clawbacks.Find(claim)!.OwedPence));
        Assert.All(stage.Council.Books.Lots.All, lot => Assert.InRange(lot.RemainingPence, 0, lot.AmountPence));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Report_WhileMoneyIsClaimed_SaysWhatIsHeldForItAndWhatIsOwed()
    {
        stage.Council.Do(stage.Council.Payment(stage.Fund, 7_000));
        stage.Federation.Repays(stage.Council, stage.CouncilAward, 16_000);
        Assert.Equal((0, 0), Reported());

        var claim = stage.Claims(6_500);
        Assert.Equal((6_500, 1_000), Reported());
        stage.Settles(claim, 600);

        Assert.Equal((5_900, 400), Reported());
        Assert.Equal((5_900, 5_900, 0), (
            Figures.OwedPence(stage.Council.Books, stage.Fund), Figures.OwedPence(stage.Council.Books, stage.Fund, stage.Government.Id),
            Figures.OwedPence(stage.Council.Books, stage.Fund, stage.Forum.Id)));
        // Whom money is owed owes none.
        Assert.Equal(0, Figures.OwedPence(stage.Government.Books, stage.Fund));
    }

    [Fact]
    public void Claim_OfSpentMoney_IsMetFromTheBodysOwnUnderItsOwnLabel()
    {
        stage.Spends(24_000, Kind.Capital);
        var claim = stage.Claims(4_000, Kind.Capital);
        var levy = stage.Council.Opens("levy", Write.Share(Kind.Either, 10_000));
        stage.Council.Issues(levy, 9_000);

        stage.Settles(claim, 4_000);

        var lot = stage.Government.Books.Lots.All[^1];
        Assert.Equal((levy, 4_000), (lot.Line.Fund, lot.RemainingPence));
        Assert.Null(lot.Award);
        Assert.Equal(levy, lot.Origin.Fund);
        Assert.Equal(stage.Council.Books.Funds.Newest(levy), stage.Government.Books.Funds.Newest(levy));
        Assert.Equal(4_000, stage.Government.Books.Clawbacks.Find(claim)!.OwnPence);
        stage.Government.Do(stage.Government.Payment(levy, 4_000));
        // What was met with other money was given all the same, and is not claimed a second time.
        Refused.MustBe(ClaimClawbackRefusal.MoreThanGiven, stage.Government.Decide(Again(6_001)));
        Assert.NotEmpty(stage.Government.Decide(Again(6_000)).Facts);
        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
        stage.Federation.MustHold();
    }

    /// <summary>What is claimed is held at once, in however many lots of one or several facts it lies, and released again in as many.</summary>
    [Fact]
    public void Claim_OfMoneyInManyLots_HoldsAllOfIt()
    {
        var (award, pence) = Pieces.Scatter(stage, 600);
        stage.Federation.Releases(stage.Government, award, 0, pence);
        var before = stage.Council.Books.Size;

        var claim = stage.Government.Do(new ClaimClawback(award, Kind.Revenue, EarmarkSet.None, Write.Digest("Not as agreed."), pence));
        stage.Federation.Settle();

        var hold = stage.Council.Books.Holds.Find(AtCouncil(claim).RecordedBy!.Value)!;
        Assert.Equal((600, 600, 3), (hold.Pieces.Count, hold.AmountPence, stage.Council.Books.Size - before));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, stage.Council.Decide(stage.Council.Payment(stage.Council.Books.Awards.Find(award)!.Terms.Fund, 1)));

        stage.Settles(claim, 1);
        stage.Government.Do(new WithdrawClawback(claim, 590));
        stage.Federation.Settle();

        Assert.Equal((9, 9), (hold.AmountPence, AtCouncil(claim).OwedPence));
        stage.Settles(claim, 9);
        Assert.Equal((0, 10), (stage.Government.Books.Clawbacks.Find(claim)!.OwedPence, stage.Government.Books.Clawbacks.Find(claim)!.MetPence));
        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
        stage.Federation.MustHold();
    }

    /// <summary>Beyond the lots that one answer can name the rest is owed all the same; of that, as much as was withdrawn, a second claim holds.</summary>
    [Fact]
    public void Claim_OfMoneyInMoreLotsThanAnAnswerNames_HoldsSoManyAndTheRestIsOwed()
    {
        const int Most = Parts.MostParts * Parts.MostPieces;
        var (award, pence) = Pieces.Scatter(stage, Most + 1);
        stage.Federation.Releases(stage.Government, award, 0, Most);
        stage.Federation.Releases(stage.Government, award, 0, 1);

        var claim = stage.Government.Do(new ClaimClawback(award, Kind.Revenue, EarmarkSet.None, Write.Digest("Not as agreed."), pence));
        stage.Federation.Settle();

        Assert.Equal((Most, pence), (stage.Council.Books.Holds.Find(AtCouncil(claim).RecordedBy!.Value)!.AmountPence, AtCouncil(claim).OwedPence));
        stage.Government.Do(new WithdrawClawback(claim, 1));
        stage.Federation.Settle();
        var second = stage.Government.Do(new ClaimClawback(award, Kind.Revenue, EarmarkSet.None, Write.Digest("Not as agreed."), 1));
        stage.Federation.Settle();
        Assert.Equal(1, stage.Council.Books.Holds.Find(AtCouncil(second).RecordedBy!.Value)!.AmountPence);
        stage.Federation.MustHold();
    }

    /// <summary>Both ends count alike what was claimed, whatever kind of money it was met with.</summary>
    [Fact]
    public void Claim_ThatWasMetWithAnotherKind_IsNotMadeASecondTime()
    {
        stage.Council.Do(stage.Council.Payment(stage.Fund, 8_000));
        stage.Settles(stage.Claims(8_000), 8_000);
        // It came out of what was kept for forums, and £20 of it out of capital.
        Assert.Equal((8_000, 8_000), (stage.Council.Balance(Account.Repaid), stage.Government.Books.Transfers.LeftPence(stage.CouncilAward, Kind.Capital, EarmarkSet.None)));

        Refused.MustBe(ClaimClawbackRefusal.MoreThanGiven, stage.Government.Decide(Again(1) with { Kind = Kind.Revenue }));
        Refused.MustBe(ClaimClawbackRefusal.MoreThanGiven, stage.Government.Decide(Again(8_001)));

        // What comes later is other money, and both ends know of it.
        stage.Federation.Releases(stage.Government, stage.CouncilAward, Stage.Revenue, 500);
        Refused.MustBe(ClaimClawbackRefusal.MoreThanGiven, stage.Government.Decide(Again(501) with { Kind = Kind.Revenue }));
        MustBeRecorded(stage.Claims(500));
        MustBeRecorded(stage.Claims(8_000, Kind.Capital));
        stage.Federation.MustHold();
    }

    /// <summary>What was withdrawn too late, because it was on its way, counts as claimed at both ends.</summary>
    [Fact]
    public void Claim_WithdrawnAfterItWasMet_LeavesAsMuchToClaimAtBothEnds()
    {
        var claim = stage.Claims(6_000);
        stage.Council.Do(new SettleClawback(claim, 2_500));
        stage.Government.Do(new WithdrawClawback(claim, 5_000));
        stage.Federation.Settle();

        Refused.MustBe(ClaimClawbackRefusal.MoreThanGiven, stage.Government.Decide(Again(5_501) with { Kind = Kind.Revenue }));
        MustBeRecorded(stage.Claims(5_500));
    }

    private void MustBeRecorded(EntryId claim)
    {
        Assert.NotNull(AtCouncil(claim).RecordedBy);
        Assert.False(stage.Government.Books.Clawbacks.Find(claim)!.IsRefused);
    }

    /// <summary>Money of another funder, and money that the body keeps for something, never pays for a claim.</summary>
    [Fact]
    public void Claim_IsNeverMetWithOtherPeoplesMoney()
    {
        stage.Spends(24_000, Kind.Capital);
        var claim = stage.Claims(4_000, Kind.Capital);
        stage.Council.Issues(stage.Council.Opens("kept", Write.Share(Kind.Either, 10_000, Write.Led)), 9_000);
        var other = stage.Federation.Awards(stage.Government, stage.Council, stage.Fund, Write.Promise(2026, Kind.Capital, 5_000));
        stage.Federation.Releases(stage.Government, other, 0, 5_000);

        Refused.MustBe(SettleClawbackRefusal.NotEnoughMoney, stage.Council.Decide(new SettleClawback(claim, 1)));
    }

    [Fact]
    public void Claim_OfMoneyThatWasMerged_IsOwedUntilItIsTakenOutAgain()
    {
        var own = stage.Council.Opens("own", Write.Share(Kind.Either, 10_000));
        var pot = stage.Government.OpensPot("pot", [own], Write.Share(Kind.Either, 10_000));
        stage.Government.Issues(pot, 300);
        var award = stage.Federation.Awards(stage.Government, stage.Council, pot, Write.Promise(2026, Kind.Either, 300));
        stage.Federation.Releases(stage.Government, award, 0, 300);
        stage.Council.Merges(pot, own);
        var claim = stage.Government.Do(new ClaimClawback(award, Kind.Either, EarmarkSet.None, Write.Digest("Not as agreed."), 300));
        stage.Federation.Settle();

        Refused.MustBe(SettleClawbackRefusal.NotEnoughMoney, stage.Council.Decide(new SettleClawback(claim, 300)));
        stage.Council.Merges(own, pot);
        stage.Settles(claim, 300);

        Assert.Equal(0, stage.Government.Books.Clawbacks.Find(claim)!.OwedPence);
        stage.Federation.MustHold();
    }

    [Fact]
    public void Claim_DoesNotRestoreThePromise()
    {
        var left = stage.Government.Books.Awards.Find(stage.CouncilAward)!.Promises[Stage.Revenue].LeftPence;

        stage.Settles(stage.Claims(8_000), 8_000);

        Assert.Equal(left, stage.Government.Books.Awards.Find(stage.CouncilAward)!.Promises[Stage.Revenue].LeftPence);
        Refused.MustBe(ClaimClawbackRefusal.MoreThanGiven, stage.Government.Decide(Again(1) with { Kind = Kind.Revenue }));
    }

    [Fact]
    public void Withdrawal_ReleasesWhatNeedNotBeHeldAndLeavesWhatWasSent()
    {
        var claim = stage.Claims(6_000);
        stage.Council.Do(new SettleClawback(claim, 2_500));
        // On its way: the government has not heard that £25 was sent.
        stage.Government.Do(new WithdrawClawback(claim, 5_000));
        stage.Federation.Settle();

        Assert.Equal((0, 0), (AtCouncil(claim).OwedPence, stage.Council.Books.Holds.Find(AtCouncil(claim).RecordedBy!.Value)!.AmountPence));
        Assert.Equal((2_500, 0), (stage.Government.Books.Clawbacks.Find(claim)!.MetPence, stage.Government.Books.Clawbacks.Find(claim)!.OwedPence));
        Refused.MustBe(SettleClawbackRefusal.MoreThanOwed, stage.Council.Decide(new SettleClawback(claim, 1)));
        stage.Council.Do(stage.Council.Payment(stage.Fund, 5_500));
        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
        stage.Federation.MustHold();
    }

    [Fact]
    public void Settlement_ThatIsRefused_IsOwedAgain()
    {
        var claim = stage.Claims(6_000);
        var transfer = stage.Council.Do(new SettleClawback(claim, 6_000));

        stage.Federation.Refuses(stage.Government, stage.Council, transfer);

        Assert.Equal(6_000, AtCouncil(claim).OwedPence);
        stage.Settles(claim, 6_000);
        Assert.Equal(0, stage.Government.Books.Clawbacks.Find(claim)!.OwedPence);
        stage.Federation.MustHold();
    }

    private ClaimClawback Again(long pence) => new(stage.CouncilAward, Kind.Capital, EarmarkSet.None, Write.Digest("Not as agreed."), pence);
}
