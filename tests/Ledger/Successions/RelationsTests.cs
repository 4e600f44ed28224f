namespace FundingFlows.Ledger.Tests;

/// <summary>What stood between an abolished council and others stands between its successors and them: claims, registrations, reports, sources.</summary>
public sealed class RelationsTests
{
    private const string First = "E06000021", Second = "E06000022";
    private readonly Stage stage = new();

    private TestFederation Federation => stage.Federation;

    private TestBody Council => stage.Council;

    [Fact]
    public void Claim_OnTheOldBody_IsMetWithWhatWasHeldForItAndGoesOnForTheRest()
    {
        Council.Do(Council.Payment(stage.Fund, 6_000));
        var claim = stage.Claims(5_000);
        Assert.Equal(2_000, Council.Books.Holds.Find(Council.Books.Clawbacks.Find(claim)!.RecordedBy!.Value)!.AmountPence);
        Order();
        Federation.Ends(Council);

        Assert.Equal(2_000, stage.Government.Balance(Account.Returned));
        Assert.Equal((0L, true), (stage.Government.Books.Clawbacks.Find(claim)!.OwedPence, stage.Government.Books.Clawbacks.Find(claim)!.IsPassedOn));
        var parts = stage.Government.Books.Clawbacks.All.Where(one => one.Id != claim).ToList();
        Assert.Equal([(First, 1_800L), (Second, 1_200L)], parts.Select(one => (stage.Government.Books.Awards.Find(one.Award)!.Recipient, one.OwedPence)));

        var first = Federation[First];
        Federation.Releases(stage.Government, parts[0].Award, Stage.Revenue, 1_000);
        Refused.MustBe(SettleClawbackRefusal.MoreThanOwed, first.Decide(new SettleClawback(parts[0].Id, 1_801)));
        first.Do(new SettleClawback(parts[0].Id, 1_000));
        stage.Government.Do(new WithdrawClawback(parts[0].Id, 800));
        Federation.Settle();
        Assert.Equal((0L, 0L), (parts[0].OwedPence, first.Books.Clawbacks.Find(parts[0].Id)!.OwedPence));
        MustHold();
    }

    [Fact]
    public void Claim_OfPenceThatTheSharesRoundOtherwise_GoesOnWhole()
    {
        var fund = stage.Government.Opens("odd", Write.Share(Kind.Revenue, 10_000));
        stage.Government.Issues(fund, 10_000);
        var award = stage.Federation.Awards(stage.Government, stage.Council, fund, Write.Promise(2026, Kind.Revenue, 501), Write.Promise(2027, Kind.Revenue, 701));
        stage.Federation.Releases(stage.Government, award, 0, 501);
        stage.Federation.Releases(stage.Government, award, 1, 701);
        stage.Council.Do(stage.Council.Payment(fund, 1_202));
        stage.Government.Do(new ClaimClawback(award, Kind.Revenue, EarmarkSet.None, Write.Digest("Not as agreed."), 1_202));
        stage.Federation.Settle();

        Order();
        Federation.Ends(Council);

        Assert.DoesNotContain(stage.Government.Books.Clawbacks.All, claim => claim.IsRefused);
        Assert.Equal(1_202, stage.Government.Books.Clawbacks.All.Sum(claim => claim.OwedPence));
        Assert.Equal(1_202, Federation[First].Books.Clawbacks.All.Concat(Federation[Second].Books.Clawbacks.All).Sum(claim => claim.OwedPence));
    }

    [Fact]
    public void Money_ThatCameBackBefore_IsClaimedFromNoSuccessor()
    {
        Federation.Repays(Council, stage.CouncilAward, 16_000);
        var left = stage.Government.Books.Transfers.LeftPence(stage.CouncilAward, Kind.Revenue, EarmarkSet.None);
        Order();
        Federation.Ends(Council);
        var awards = stage.Government.Books.Awards.All.Where(award => award.Recipient is First or Second && award.Promises.Any(promise => promise.Kind == Kind.Revenue)).ToList();

        var claimed = 0L;
        foreach (var award in awards)
            for (var pence = left; pence > 0; pence /= 2)
                if (stage.Government.Run(new ClaimClawback(award.Id, Kind.Revenue, EarmarkSet.None, Write.Digest("Not as agreed."), pence)).Facts.Count > 0)
                    claimed += pence;

        Assert.InRange(claimed, 1, left);
    }

    [Fact]
    public void Claim_ThatWasOnItsWayWhenOthersWereTold_IsMadeOnlyOnce()
    {
        Order();
        Federation.Settle();
        Assert.NotEmpty(Council.Run(new HandOver([])).Facts);
        Federation.Settle();
        // The council tells; before the government hears of it, it claims.
        Assert.NotEmpty(Council.Run(new HandOver([])).Facts);
        stage.Government.Do(new ClaimClawback(stage.CouncilAward, Kind.Revenue, EarmarkSet.None, Write.Digest("Not as agreed."), 500));
        Federation.Ends(Council);

        Assert.Equal(0, stage.Government.Balance(Account.Returned));
        Assert.Equal(500, stage.Government.Books.Clawbacks.All.Sum(claim => claim.OwedPence));
        foreach (var claim in stage.Government.Books.Clawbacks.All.Where(claim => claim.OwedPence > 0).ToList())
            Federation[stage.Government.Books.Awards.Find(claim.Award)!.Recipient].Do(new SettleClawback(claim.Id, claim.OwedPence));
        Federation.Settle();
        Assert.Equal((500L, 0L), (stage.Government.Balance(Account.Returned), stage.Government.Books.Clawbacks.All.Sum(claim => claim.OwedPence)));
        MustHold();
    }

    [Theory]
    [InlineData(First)]
    [InlineData(Second)]
    public void Claim_OfTheOldBody_IsTheTakersToBeMetAndWithdrawn(string taker)
    {
        Council.Do(new ClaimClawback(stage.ForumAward, Kind.Revenue, EarmarkSet.Of([Write.Led]), Write.Digest("Not as agreed."), 4_000));
        Federation.Settle();
        var claim = Council.Books.Clawbacks.All[0].Id;
        Order();
        stage.Forum.Do(new SettleClawback(claim, 1_000));
        Federation.Ends(Council, (stage.Forum.Id, taker));

        var here = Federation[taker];
        Assert.Equal((4_000L, 1_000L, 3_000L), (here.Books.Clawbacks.Find(claim)!.AmountPence, here.Books.Clawbacks.Find(claim)!.MetPence, here.Books.Clawbacks.Find(claim)!.OwedPence));
        stage.Forum.Do(new SettleClawback(claim, 2_000));
        Federation.Settle();
        here.Do(new WithdrawClawback(claim, 1_000));
        Federation.Settle();
        Assert.Equal((0L, 0L), (here.Books.Clawbacks.Find(claim)!.OwedPence, stage.Forum.Books.Clawbacks.Find(claim)!.OwedPence));
        Assert.Equal(2_000, here.Balance(Account.Returned));
        MustHold();
    }

    [Fact]
    public void Body_ThatTheOldOneRegistered_HasItsKeysRotatedAndItsEndRecordedByTheTaker()
    {
        var forum = Federation.Add("forum-2", Tier.NeighbourhoodForum, registrar: Council.Id);
        Council.Do(Abolished.Registering(forum));
        Council.Do(DeclareEpochRefusalTests.Declaring(forum.Id, 2, 3));
        Council.Do(new RotateKey(forum.Id, Write.Key("second"), 5));
        Order();
        Federation.Ends(Council, (forum.Id, Second));

        var here = Federation[Second];
        Assert.Equal(Second, forum.Books.Registrar);
        Assert.Equal([Write.Key("second")], here.Books.Registrations[forum.Id].Keys.Select(key => key.PublicKey));
        Assert.Equal((2u, 3ul), (here.Books.Registrations[forum.Id].Epoch, here.Books.Registrations[forum.Id].Epochs.Single().KeptSize));
        Refused.MustBe(RotateKeyRefusal.BodyUnknown, Federation[First].Decide(new RotateKey(forum.Id, Write.Key("third"), 9)));
        here.Do(new RotateKey(forum.Id, Write.Key("third"), 9));
        forum.Do(new CloseBody(Write.YearEnd));
        Federation.Settle();
        Assert.True(forum.Books.Ending.IsSealed && here.Books.Registrations[forum.Id].IsClosed);
        MustHold();
    }

    [Fact]
    public void Money_ThatTheOldBodyIssued_IsSurrenderedToItsSourceByASuccessor()
    {
        var levy = Council.Opens("levy", Write.Share(Kind.Revenue, 10_000));
        Council.Issues(levy, 1_000);
        Order();
        Federation.Ends(Council);

        var here = Federation[First];
        Refused.MustBe(SurrenderMoneyRefusal.KeptForSomethingElse, here.Decide(new SurrenderMoney(levy, Write.Vote(), 600)));
        here.Do(new SurrenderMoney(levy, Council.Source(), 600));
        Assert.Equal(600, here.Balance(Account.Surrendered));
        // What came down under an award goes back the way it came, whoever stands where.
        Refused.MustBe(SurrenderMoneyRefusal.KeptForSomethingElse, here.Decide(new SurrenderMoney(stage.Fund, Write.Vote(), 1)));
        MustHold();
    }

    [Fact]
    public void Reports_OfTheSuccessors_TellOfAllThatWasSentAndOfEachPennyOnce()
    {
        stage.Forum.Do(stage.Forum.Payment(stage.Fund, 2_000));
        stage.Forum.Do(new SubmitReport(stage.Fund, Council.Id));
        Federation.Settle();
        Council.Do(Council.Payment(stage.Fund, 1_500));
        Council.Do(new SubmitReport(stage.Fund, stage.Government.Id));
        Federation.Settle();
        Order();
        Federation.Ends(Council, (stage.Forum.Id, Second));
        Assert.Empty(stage.Government.Books.Reports.Latest(stage.Fund));

        foreach (var body in new[] { First, Second })
            Federation[body].Do(new SubmitReport(stage.Fund, stage.Government.Id));
        Federation.Settle();
        var told = Figures.Sum(stage.Government.Books.Reports.Latest(stage.Fund).Select(report => report.Totals));
        Assert.Equal((30_000L - 3_500, 3_500L), (told.HeldPence, told.SpentPence));

        // What the forum tells since takes the place of what it told the old body.
        stage.Forum.Do(stage.Forum.Payment(stage.Fund, 1_000));
        stage.Forum.Do(new SubmitReport(stage.Fund, Second));
        Federation.Settle();
        Federation[Second].Do(new SubmitReport(stage.Fund, stage.Government.Id));
        Federation.Settle();
        told = Figures.Sum(stage.Government.Books.Reports.Latest(stage.Fund).Select(report => report.Totals));
        Assert.Equal((30_000L - 4_500, 4_500L), (told.HeldPence, told.SpentPence));
        MustHold();
    }

    private void Order() => stage.Government.Do(stage.Ordering());

    private void MustHold()
    {
        Assert.Empty(Federation.InventoryOf(Council).Findings());
        Assert.True(Federation.InventoryOf(Council).IsComplete);
        Federation.MustHold();
        Assert.All(Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
    }
}
