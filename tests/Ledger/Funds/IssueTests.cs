namespace FundingFlows.Ledger.Tests;

/// <summary>How issued money is divided, and what its lots carry.</summary>
public sealed class IssueTests
{
    private readonly TestBody body = new TestFederation().Add("GOV", Tier.CentralGovernment);

    [Fact]
    public void Issue_OfAnAwkwardAmount_GivesThePennyToTheLargestRemainder()
    {
        var fund = body.Opens("places", Write.Share(Kind.Capital, 6_000), Write.Share(Kind.Revenue, 1_500), Write.Share(Kind.Revenue, 2_500, Write.Led));

        Assert.Equal([60_001, 15_000, 25_000], body.Issues(fund, 100_001).Select(lot => lot.AmountPence));
        Assert.Equal(100_001, body.Balance(Account.Issued));
        Assert.Equal(100_001, body.Balance(Account.Cash));
    }

    [Fact]
    public void Issue_OfATie_GivesThePennyToTheEarlierShare()
    {
        var fund = body.Opens("places", Write.Share(Kind.Revenue, 5_000), Write.Share(Kind.Capital, 5_000));

        Assert.Equal([51, 50], body.Issues(fund, 101).Select(lot => lot.AmountPence));
    }

    [Fact]
    public void Issue_OfTheSmallestAmountThatDivides_LeavesNoShareEmpty()
    {
        var fund = body.Opens("places", Write.Share(Kind.Capital, 9_999), Write.Share(Kind.Revenue, 1));

        // Of £50 each remainder is half a penny; the tie goes to the earlier share, and leaves the last with nothing.
        Refused.MustBe(IssueMoneyRefusal.ShareEmpty, body.Decide(new IssueMoney(fund, Write.Vote(), 5_000)));
        Assert.Equal([5_000, 1], body.Issues(fund, 5_001).Select(lot => lot.AmountPence));
    }

    [Fact]
    public void Issue_OfMoney_MakesALotForEachShareThatIsItsOwnRoot()
    {
        var fund = body.Opens("places", Write.Share(Kind.Capital, 7_500), Write.Share(Kind.Either, 2_500, Write.Led));
        var entry = body.Do(new IssueMoney(fund, new SourceId(SourceKind.DormantAssets, "tranche-3"), 1_000));

        var (capital, led) = (body.Books.Lots.All[0], body.Books.Lots.All[1]);
        Assert.Equal(new LotId(entry, 0), capital.Id);
        Assert.Equal(new LotId(entry, 1), led.Id);
        Assert.Equal(new FundLine(fund, Kind.Capital, Write.ThreeYears, EarmarkSet.None), capital.Line);
        Assert.Equal(new FundLine(fund, Kind.Either, Write.ThreeYears, Write.Kept(Write.Led)), led.Line);
        Assert.All(body.Books.Lots.All, lot =>
        {
            Assert.Null(lot.Parent);
            Assert.Null(lot.Award);
            Assert.Null(lot.FunderLot);
            Assert.Equal(1u, lot.TermsVersion);
            Assert.Equal(lot.AmountPence, lot.RemainingPence);
            Assert.Equal(new RootOf(new SourceId(SourceKind.DormantAssets, "tranche-3"), fund, lot.Id), lot.Origin);
        });
    }

    [Fact]
    public void Issue_OfTheSameFundTwice_NeverBlendsLots()
    {
        var fund = body.Opens("places", Write.Share(Kind.Capital, 10_000));
        var (first, second) = (body.Issues(fund, 300), body.Issues(fund, 300));

        Assert.Equal([(first[0].Id, 300L), (second[0].Id, 300L)], body.Held(fund));
    }

    [Fact]
    public void Issue_OfAllThatAccountsHold_IsAcceptedAndNotAPennyMore()
    {
        var fund = body.Opens("places", Write.Share(Kind.Capital, 10_000));
        body.Issues(fund, Pence.Most);

        var decision = body.Decide(new IssueMoney(fund, Write.Vote(), 1));

        Refused.MustBe(IssueMoneyRefusal.TotalTooLarge, decision);
        Assert.False(decision.Refusal!.LaterMayHelp);
    }

    [Fact]
    public void Fund_WithEarmarksInAnyOrder_IsWrittenWithThemInByteOrder()
    {
        body.Do(Write.Fund("places", [Write.Share(Kind.Capital, 10_000, "b", "a", "b")], new Earmark { Name = "b" }, new Earmark { Name = "a" }));

        Assert.Equal(["a", "b"], body.Books.Funds.Newest("GOV.places")!.Split[0].Earmarks);
        Assert.Equal(1u, body.Books.Funds.Newest("GOV.places")!.Version);
    }

    /// <summary>A vote and dormant assets are for central government, a levy for those that may raise one; anybody may have an income.</summary>
    [Theory]
    [InlineData(Tier.CentralGovernment, LegalForm.GovernmentDepartment, SourceKind.ParliamentaryVote, SourceKind.DormantAssets, SourceKind.Income)]
    [InlineData(Tier.CombinedAuthority, LegalForm.CombinedAuthority, SourceKind.LocalLevy, SourceKind.Income)]
    [InlineData(Tier.Council, LegalForm.LocalAuthority, SourceKind.LocalLevy, SourceKind.Income)]
    [InlineData(Tier.NeighbourhoodForum, LegalForm.ParishCouncil, SourceKind.LocalLevy, SourceKind.Income)]
    [InlineData(Tier.NeighbourhoodForum, LegalForm.Unincorporated, SourceKind.Income)]
    public void Money_OfEachKind_IsIssuedByWhoHasIt(Tier tier, LegalForm form, params SourceKind[] has)
    {
        var body = new TestFederation().Add("body", tier, form);
        var fund = body.Opens("own", Write.Share(Kind.Revenue, 10_000));

        foreach (var kind in Enum.GetValues<SourceKind>().Where(kind => kind is not (SourceKind.Unspecified or SourceKind.LoanInterest)))
        {
            var decision = body.Decide(new IssueMoney(fund, new SourceId(kind, "source"), 100));
            if (has.Contains(kind))
                Assert.Null(decision.Refusal);
            else
                Refused.MustBe(IssueMoneyRefusal.SourceOfOthers, decision);
        }
    }
}
