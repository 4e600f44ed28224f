namespace FundingFlows.Ledger.Tests;

/// <summary>Two versions of one fund's terms: each pound stands under that under which it was issued, wherever it goes.</summary>
public sealed class TermsVersionTests
{
    private readonly Stage stage = new();

    private TestBody Government => stage.Government;

    private TestBody Council => stage.Council;

    [Fact]
    public void Money_IssuedAfterARevision_StandsUnderTheNewestAndOtherMoneyUnderItsOwn()
    {
        var before = Government.Books.Lots.All.ToDictionary(lot => lot.Id, lot => (lot.TermsVersion, lot.Line));
        Revise(Write.Share(Kind.Revenue, 10_000));

        var issued = Government.Issues(stage.Fund, 50_000);

        Assert.Equal((2u, 50_000L, Kind.Revenue), (Assert.Single(issued).TermsVersion, issued[0].AmountPence, issued[0].Line.Kind));
        Assert.All(before, lot => Assert.Equal(lot.Value, (Government.Books.Lots.Find(lot.Key)!.TermsVersion, Government.Books.Lots.Find(lot.Key)!.Line)));
        Assert.Equal([1u, 2u], Government.Books.Funds.Versions(stage.Fund).Select(terms => terms.Version));
        Assert.Equal(Write.Digest("To make places better."), Government.Books.Funds.Newest(stage.Fund)!.Purpose);
        MustBeAsTheJournalSays();
    }

    [Fact]
    public void Award_AfterARevision_NamesTheNewestAndAllThatBindsWhatIsHeld()
    {
        Revise(Write.Share(Kind.Revenue, 10_000));
        Government.Issues(stage.Fund, 10_000);
        var award = stage.Federation.Awards(Government, Council, stage.Fund, Write.Promise(2026, Kind.Revenue, 20_000));
        stage.Federation.Releases(Government, award, 0, 20_000);

        Assert.Equal([2u, 1u], Council.Books.Awards.Find(award)!.AllTerms.Select(terms => terms.Version));
        Assert.Equal([1u, 2u], Council.Books.Lots.All.Where(lot => lot.Award == award).Select(lot => lot.TermsVersion).Distinct().Order());
        Council.Do(new SubmitReport(stage.Fund, Government.Id));
        stage.Federation.Settle();
        Assert.Equal(20_000 + 10_000 + 8_000 + 12_000 - 6_000, Assert.Single(Government.Books.Reports.Latest(stage.Fund)).Totals.HeldPence);
        MustBeAsTheJournalSays();
    }

    [Fact]
    public void Award_ThatNamesNotTheVersion_ReleasesNoMoneyUnderIt()
    {
        Revise(Write.Share(Kind.Capital, 10_000));
        stage.Federation.Releases(Government, stage.CouncilAward, Stage.Capital, 29_000);
        var rest = Government.Books.Lots.Remaining(stage.Fund).Where(lot => lot.Line.Kind == Kind.Capital).Sum(lot => lot.RemainingPence);
        stage.Federation.Releases(Government, stage.Federation.Awards(Government, Council, stage.Fund, Write.Promise(2026, Kind.Capital, rest)), 0, rest);
        Government.Issues(stage.Fund, 30_000);

        var decision = Government.Decide(Government.Release(stage.CouncilAward, Stage.Capital, 1_000));

        Refused.MustBe(ReleaseFundsRefusal.KeptForSomethingElse, decision);
        Assert.Equal("terms", decision.Refusal!.Details["ring_fence"]);
        Assert.Contains("£300 of Better Places is kept for awards that name all terms it came under", decision.Refusal.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Instruction_UnderAnAwardThatNamesNotTheVersion_StopsAndTheMoneyStays()
    {
        Revise(Write.Share(Kind.Revenue, 10_000, Write.Led));
        Government.Issues(stage.Fund, 5_000);
        stage.Federation.Releases(Government, stage.CouncilAward, Stage.KeptForForums, 13_000);
        var award = stage.Federation.Awards(Government, Council, stage.Fund, Write.Promise(2026, Kind.Revenue, 5_000, Write.Led));
        var instruction = Council.Do(new SetStandingInstruction(new StandingLine(award, Kind.Revenue, Write.Kept(Write.Led)), [new StandingPart(stage.ForumAward, 500_000)]));

        stage.Federation.Releases(Government, award, 0, 5_000);

        Assert.Equal(StandingStage.Stopped, Council.Books.Standing.Find(instruction)!.State);
        Assert.Equal(6_000, stage.Forum.Balance(Account.Received));
        Assert.Equal(5_000, Council.Books.Lots.All.Where(lot => lot.Award == award).Sum(lot => lot.RemainingPence));
        MustBeAsTheJournalSays();
    }

    [Fact]
    public void Versions_OfOtherYears_ArePromisedReleasedAndEndEachInItsOwn()
    {
        Government.Do(Revision(Write.Share(Kind.Revenue, 10_000)) with { Years = new Years(2027, 2029) });
        Government.Issues(stage.Fund, 10_000);
        var award = stage.Federation.Awards(
            Government, Council, stage.Fund, Write.Promise(2026, Kind.Revenue, 3_000), Write.Promise(2029, Kind.Revenue, 12_000), Write.Promise(2028, Kind.Revenue, 500));
        stage.Federation.Releases(Government, award, 0, 3_000);
        stage.Federation.Releases(Government, award, 1, 10_000);

        // What is left was issued for 2026 to 2028.
        Refused.MustBe(ReleaseFundsRefusal.KeptForSomethingElse, Government.Decide(Government.Release(award, 1, 1)));
        var came = Council.Books.Lots.All.Where(lot => lot.Award == award).ToList();
        Assert.Equal([(1u, Write.ThreeYears), (2u, new Years(2027, 2029))], came.Select(lot => (lot.TermsVersion, lot.Line.Years)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, Council.Decide(Council.Payment(stage.Fund, 1).In(2029) with { Charge = Charge.Of(10_001) }));
        foreach (var year in new[] { 2026, 2027, 2028 })
            ClosingTown.Closes(Government, year);
        Assert.Equal([2_000L, 500], Government.Books.Awards.Find(award)!.Promises.Skip(1).Select(promise => promise.LeftPence));
        ClosingTown.Closes(Government, 2029);
        Assert.Equal([0L, 0], Government.Books.Awards.Find(award)!.Promises.Skip(1).Select(promise => promise.LeftPence));
        foreach (var year in new[] { 2026, 2027, 2028 })
            ClosingTown.Closes(Council, year);
        Assert.Equal([3_000L, 0], came.Select(lot => lot.HeldPence));
        MustBeAsTheJournalSays();
    }

    [Fact]
    public void Promise_OfAYearThatOnlyAnEarlierVersionHas_NeedsMoneyOfThatVersion()
    {
        Government.Do(Revision(Write.Share(Kind.Either, 10_000)) with { Years = new Years(2028, 2029) });

        // 2026 is in the years of the earlier version, and nothing of it is for either.
        Refused.MustBe(OfferAwardRefusal.LineNotInTerms, Government.Decide(new OfferAward(Council.Id, stage.Fund, [Write.Promise(2026, Kind.Either, 1)])));
        Assert.Null(Government.Decide(new OfferAward(Council.Id, stage.Fund, [Write.Promise(2026, Kind.Capital, 1), Write.Promise(2029, Kind.Either, 1)])).Refusal);
        Refused.MustBe(OfferAwardRefusal.YearOutsideTerms, Government.Decide(new OfferAward(Council.Id, stage.Fund, [Write.Promise(2030, Kind.Either, 1)])));
    }

    [Fact]
    public void Year_ClosedForGood_IsCutForEachVersionByItsOwnCeiling()
    {
        var fund = Government.Opens("open", Write.Share(Kind.Revenue, 10_000));
        Government.Issues(fund, 1_000);
        Government.Do(Write.Revision(fund, [Write.Share(Kind.Revenue, 10_000)]) with { Rules = FundRules.None with { CarryForwardBasisPoints = 1_000 } });
        Government.Issues(fund, 2_000);

        ClosingTown.Closes(Government);

        Assert.Equal([0L, 1_800], Government.Books.Lots.All.Where(lot => lot.Line.Fund == fund).Select(lot => lot.HeldPence));
        // Under the newest terms it would be issued again what went back; terms of later years take new money.
        Refused.MustBe(IssueMoneyRefusal.YearClosed, Government.Decide(new IssueMoney(fund, Government.Source(), 100)));
        Government.Do(Write.Revision(fund, [Write.Share(Kind.Revenue, 10_000)]) with { Years = new Years(2027, 2029), Rules = FundRules.None with { CarryForwardBasisPoints = 1_000 } });
        Assert.Equal(3u, Government.Issues(fund, 100)[0].TermsVersion);
        MustBeAsTheJournalSays();
    }

    [Fact]
    public void Pot_OfTwoVersions_MergesWhatEachPermitsAndComesBackUnderItsOwn()
    {
        var pot = Government.Opens("pot", Write.Share(Kind.Revenue, 10_000));
        Government.Issues(pot, 300);
        Government.Do(Write.Revision(pot, [Write.Share(Kind.Revenue, 10_000)]) with { Rules = new FundRules([stage.Fund]) });
        Government.Issues(pot, 700);
        Revise(Write.Share(Kind.Revenue, 10_000));

        var merged = Assert.Single(Government.Merges(pot, stage.Fund));
        var kept = Government.Decide(new MergePots(pot, stage.Fund, null, 1));
        Government.Do(Write.Revision(pot, [Write.Share(Kind.Capital, 10_000)]));
        var back = Assert.Single(Government.Merges(stage.Fund, pot));

        Assert.Equal((700L, 2), (merged.AmountPence, merged.Terms.Count));
        Assert.Equal((new TermsId(pot, 2), new TermsId(stage.Fund, 2)), (merged.Terms[0], merged.Terms[1]));
        Refused.MustBe(MergePotsRefusal.NotPermitted, kept);
        Assert.StartsWith("£3 of Better Places is kept for what it was given for", kept.Refusal!.Sentence, StringComparison.Ordinal);
        Assert.Equal((2u, Kind.Revenue), (back.TermsVersion, back.Line.Kind));
        MustBeAsTheJournalSays();
    }

    [Fact]
    public void SecondPerson_AboveTheAmountOfOneVersion_IsNeededWhereItsMoneyIsDrawn()
    {
        var levy = Council.Opens("levy", Write.Share(Kind.Revenue, 10_000));
        Council.Issues(levy, 1_000);
        Council.Do(Write.Revision(levy, [Write.Share(Kind.Revenue, 10_000)]) with { Rules = FundRules.None with { SecondApprovalAbovePence = 100 } });
        Council.Issues(levy, 1_000);

        var before = Council.Books.Preparations.All.Count;
        Council.Do(Council.Payment(levy, 900));
        Assert.Equal(before, Council.Books.Preparations.All.Count);
        Council.Do(Council.Payment(levy, 201));
        Assert.Equal(before + 1, Council.Books.Preparations.All.Count);
    }

    [Fact]
    public void Successor_OfWhoOpenedAFund_HoldsItsMoneyUnderAllVersionsAndMakesNone()
    {
        var levy = Council.Opens("levy", Write.Share(Kind.Revenue, 10_000));
        Council.Issues(levy, 1_000);
        var terms = Write.Revision(levy, [Write.Share(Kind.Capital, 10_000)]);
        Council.Do(terms);
        Council.Issues(levy, 1_000);
        Government.Do(stage.Ordering());
        stage.Federation.Ends(Council);

        foreach (var successor in stage.Federation.Bodies.Where(body => body.Id.StartsWith("E0600002", StringComparison.Ordinal)))
        {
            uint[] versions = [1, 2];
            Assert.Equal(versions, successor.Books.Lots.Remaining(levy).Select(lot => lot.TermsVersion).Order());
            Refused.MustBe(ReviseTermsRefusal.FundUnknown, successor.Decide(terms with { Title = "Ours now" }));
            Refused.MustBe(IssueMoneyRefusal.FundUnknown, successor.Decide(new IssueMoney(levy, successor.Source(), 100)));
        }
        MustBeAsTheJournalSays();
    }

    private ReviseTerms Revision(params SplitShare[] split) => Write.Revision(stage.Fund, split, Write.LedByForums());

    private void Revise(params SplitShare[] split) => Government.Do(Revision(split));

    private void MustBeAsTheJournalSays()
    {
        stage.Federation.MustHold();
        foreach (var body in stage.Federation.Bodies)
            Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body)));
    }

    /// <summary>Older money whose own terms do not say what an earmark means could never be used as promised: it stays, and the newer money alone goes.</summary>
    [Fact]
    public void Earmark_OfNewerTerms_IsPutOnNoMoneyOfOlderOnes()
    {
        var stage = new Stage();
        var fund = stage.Government.Opens("plain", Write.Share(Kind.Revenue, 10_000));
        stage.Government.Issues(fund, 10_000);
        stage.Government.Do(Write.Revision(
            fund, [Write.Share(Kind.Revenue, 5_000), Write.Share(Kind.Revenue, 5_000, "left-behind")], new Earmark { Name = "left-behind", Places = { Write.Place } }));
        stage.Government.Issues(fund, 2_000);
        var award = stage.Federation.Awards(stage.Government, stage.Council, fund, Write.Promise(2026, Kind.Revenue, 3_000, "left-behind"));

        Refused.MustBe(ReleaseFundsRefusal.KeptForSomethingElse, stage.Government.Decide(stage.Government.Release(award, 0, 2_001)));
        stage.Federation.Releases(stage.Government, award, 0, 2_000);

        stage.Council.Do(stage.Council.Payment(fund, 2_000));
        Assert.Equal(10_000, stage.Government.Books.Lots.Remaining(fund).Sum(lot => lot.FreePence));
        stage.Federation.MustHold();
    }
}
