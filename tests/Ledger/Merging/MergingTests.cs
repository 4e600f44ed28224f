namespace FundingFlows.Ledger.Tests;

/// <summary>Money of one fund goes into another: lots keep their source, their earmarks and all terms that they came under.</summary>
public sealed class MergingTests
{
    private static readonly SplitShare Half = Write.Share(Kind.Capital, 5_000);
    private readonly TestFederation federation = new();
    private readonly TestBody government;
    private readonly string small;
    private readonly string flexible;

    public MergingTests()
    {
        government = federation.Add("GOV", Tier.CentralGovernment);
        flexible = government.OpensPot("flexible", ["GOV.small"], Half, Write.Share(Kind.Revenue, 5_000));
        small = government.OpensPot("small", [flexible], Half, Write.Share(Kind.Either, 2_500), Write.Share(Kind.Revenue, 2_500, Write.Led));
    }

    [Fact]
    public void Merge_OfAPot_KeepsSourceEarmarksAndTermsAndMovesCashBetweenFunds()
    {
        var issued = government.Issues(small, 1_000);

        var merged = government.Merges(small, flexible);

        Assert.Equal(issued.Select(lot => lot.Id).ToHashSet(), merged.Select(lot => lot.Parent!.Value).ToHashSet());
        Assert.All(merged, lot =>
        {
            var parent = government.Books.Lots.Find(lot.Parent!.Value)!;
            Assert.Equal((parent.AmountPence, 0, parent.Origin), (lot.AmountPence, parent.RemainingPence, lot.Origin));
            Assert.Equal(parent.Line with { Fund = flexible }, lot.Line);
            Assert.Equal([new TermsId(small, 1), new TermsId(flexible, 1)], lot.Terms);
        });
        var (from, into) = (government.Books.Accounts.OfFund(small), government.Books.Accounts.OfFund(flexible));
        Assert.Equal((1_000, 0, 1_000), (from[Account.Issued], from[Account.Cash], from[Account.RelabelledOut]));
        Assert.Equal((1_000, 1_000), (into[Account.RelabelledIn], into[Account.Cash]));
        federation.MustHold();
        Assert.Equal(Dump.Of(government.Books), Dump.Of(Replay.Of(government)));
    }

    [Theory]
    [InlineData(Kind.Either, Kind.Capital, Kind.Capital)]
    [InlineData(Kind.Either, Kind.Either, Kind.Either)]
    [InlineData(Kind.Revenue, Kind.Either, Kind.Revenue)]
    [InlineData(Kind.Capital, Kind.Capital, Kind.Capital)]
    [InlineData(Kind.Capital, Kind.Revenue, null)]
    public void Merge_OfAKindIntoAnother_LeavesWhatBothPermit(Kind held, Kind target, Kind? shared)
    {
        var from = government.OpensPot("from", ["GOV.into"], Write.Share(held, 10_000));
        var into = government.OpensPot("into", [], Write.Share(target, 10_000));
        government.Issues(from, 100);

        if (shared is null)
            Refused.MustBe(MergePotsRefusal.NothingInCommon, government.Decide(new MergePots(from, into, null, 1)));
        else
            Assert.Equal(shared, Assert.Single(government.Merges(from, into)).Line.Kind);
        federation.MustHold();
    }

    [Fact]
    public void Merge_OfOtherYears_LeavesTheYearsThatBothPermit()
    {
        government.Do(Write.Fund("early", [Half, Write.Share(Kind.Revenue, 5_000)]) with { Years = new Years(2025, 2027), Rules = new FundRules([flexible]) });
        government.Issues("GOV.early", 100);

        Assert.All(government.Merges("GOV.early", flexible), lot => Assert.Equal(new Years(2026, 2027), lot.Line.Years));
        federation.MustHold();
    }

    /// <summary>What all money of the target is kept for, merged money is kept for too: nobody gets round a ring-fence by a merge.</summary>
    [Fact]
    public void Merge_IntoAFundWhoseMoneyIsAllKeptForSomething_KeepsItForThat()
    {
        var kept = government.OpensPot("kept", [], Write.Share(Kind.Revenue, 6_000, Write.Led), Write.Share(Kind.Capital, 4_000));
        var open = government.OpensPot("open", [kept], Half, Write.Share(Kind.Revenue, 5_000));
        government.Issues(open, 1_000);

        var merged = government.Merges(open, kept);

        Assert.Equal([Kind.Capital, Kind.Revenue], merged.Select(lot => lot.Line.Kind).Order());
        Assert.All(merged, lot => Assert.Equal(lot.Line.Kind == Kind.Revenue ? [Write.Led] : [], lot.Line.Earmarks.Names));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, government.Decide(government.Payment(kept, 500)));
        federation.MustHold();
    }

    [Fact]
    public void Merge_InSteps_TakesEachLotOnceAndSaysWhatIsLeft()
    {
        var pennies = government.OpensPot("pennies", [flexible], Write.Share(Kind.Revenue, 10_000));
        for (var i = 0; i < 700; i++)
            government.Issues(pennies, 1);

        var steps = new List<int>();
        while (MergeProspect.Of(government.Books, pennies, flexible, null) is { Lots: > 0 } left)
        {
            Assert.Equal((700 - steps.Sum(), left.Lots), (left.AmountPence, (int)left.AmountPence));
            var first = government.Do(new MergePots(pennies, flexible, null, 300));
            steps.Add(government.Facts(first).Sum(fact => fact.PotsMerged.Lots.Count));
        }

        Assert.Equal([300, 300, 100], steps);
        Assert.Equal((0, 700), (government.Books.Lots.RemainingPence(pennies), government.Books.Lots.RemainingPence(flexible)));
        Refused.MustBe(MergePotsRefusal.NothingToMerge, government.Decide(new MergePots(pennies, flexible, null, 300)));
        federation.MustHold();
    }

    [Fact]
    public void Merge_OfAMixedPot_LeavesWhatMayNotGo()
    {
        var narrow = government.OpensPot("narrow", [], Write.Share(Kind.Revenue, 10_000));
        var mixed = government.OpensPot("mixed", [narrow], Write.Share(Kind.Revenue, 5_000), Half);
        government.Issues(mixed, 1_000);

        var merged = Assert.Single(government.Merges(mixed, narrow));

        Assert.Equal((Kind.Revenue, 500), (merged.Line.Kind, merged.AmountPence));
        var left = MergeProspect.Of(government.Books, mixed, narrow, null);
        Assert.Equal((0, 1, 500), (left.Lots, left.KeptLots, left.KeptPence));
        Refused.MustBe(MergePotsRefusal.NothingInCommon, government.Decide(new MergePots(mixed, narrow, null, 1)));
    }

    [Fact]
    public void Merge_Back_IsLawfulWithoutAPermissionAndNeverWidens()
    {
        var capital = government.OpensPot("capital", [], Write.Share(Kind.Capital, 10_000));
        var open = government.OpensPot("open", [capital], Write.Share(Kind.Either, 10_000));
        government.Issues(open, 100);
        government.Merges(open, capital);

        var back = Assert.Single(government.Merges(capital, open));

        Assert.Equal(Kind.Capital, back.Line.Kind);
        Assert.Equal([new TermsId(capital, 1), new TermsId(open, 1)], back.Terms);
        federation.MustHold();
    }

    [Fact]
    public void Earmark_OfAMergedPot_StillBindsAndCanBeAwarded()
    {
        government.Issues(small, 1_000);
        government.Merges(small, flexible);
        var forum = federation.Add("forum-1", Tier.NeighbourhoodForum);
        federation.Agrees(government, forum);

        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, government.Decide(government.Payment(flexible, 251)));
        var award = federation.Awards(government, forum, flexible, Write.Promise(2026, Kind.Revenue, 250, Write.Led));
        federation.Releases(government, award, 0, 250);

        forum.Do(forum.Payment(flexible, 250));
        Assert.Equal(small, forum.Books.Lots.All[0].Origin.Fund);
        federation.MustHold();
    }
}
