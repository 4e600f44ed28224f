namespace FundingFlows.Ledger.Tests;

/// <summary>What is carried forward is cut once, at the body where it lay when the year was closed, and by no way round that not at all.</summary>
public sealed class CarriedOnceTests
{
    private readonly ClosingTown town = new();

    private static MakePayment In2027(TestBody body, string fund, long pence) => body.Payment(fund, pence) with { Year = 2027, PaidOn = new DateOnly(2027, 6, 1) };

    /// <summary>A forum that never had money is promised a tenth of what the council has, for the next year.</summary>
    private (TestBody Forum, EntryId Award) Newcomer()
    {
        var forum = town.Federation.Add("forum-2", Tier.NeighbourhoodForum);
        town.Federation.Agrees(town.Council, forum);
        var award = town.Federation.Awards(town.Council, forum, town.Fund, Write.Promise(2027, Kind.Revenue, 3_000));
        ClosingTown.Closes(town.Council);
        town.Federation.Releases(town.Council, award, 0, 3_000);
        return (forum, award);
    }

    [Fact]
    public void Money_CarriedForwardWhereItCameFrom_IsSpentByWhoHasClosedNothing()
    {
        var (forum, _) = Newcomer();

        forum.Do(In2027(forum, town.Fund, 3_000));

        Assert.Equal(2026, Assert.Single(forum.Books.Lots.All).ClosedThrough);
        town.Federation.MustHold();
        Assert.Equal(Dump.Of(forum.Books), Dump.Of(Replay.Of(forum)));
    }

    [Fact]
    public void Money_CarriedForwardWhereItCameFrom_IsNotCutAgain()
    {
        var (forum, _) = Newcomer();

        Assert.Equal(0, ClosingTown.Closes(forum).AmountPence);
        Assert.Equal(3_000, ClosingTown.Closes(forum, 2027).AmountPence);
    }

    [Fact]
    public void Money_CarriedForwardAndSentBackByWhoHasClosedNothing_IsStillFree()
    {
        var (forum, award) = Newcomer();

        town.Federation.Repays(forum, award, 1_000);

        town.Council.Do(In2027(town.Council, town.Fund, 1_000));
        town.Federation.MustHold();
    }

    [Fact]
    public void Pot_ThatIsMergedIntoALaterOne_CarriesNoMoreThanItsCeiling()
    {
        var body = town.Government;
        body.Do(Write.Fund("later", [Write.Share(Kind.Revenue, 10_000)]) with { Years = new Years(2027, 2028) });
        body.Do(Write.Fund("small", [Write.Share(Kind.Revenue, 10_000)]) with
        {
            Years = new Years(2026, 2027),
            Rules = new FundRules(["GOV.later"], CarryForwardBasisPoints: ClosingTown.Tenth),
        });
        body.Issues("GOV.small", 1_000);

        Refused.MustBe(MergePotsRefusal.YearNotClosed, body.Decide(new MergePots("GOV.small", "GOV.later", null, 1)));
        ClosingTown.Closes(body);
        body.Merges("GOV.small", "GOV.later");

        body.Do(In2027(body, "GOV.later", 100));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, body.Decide(In2027(body, "GOV.later", 1)));
        Refused.MustBe(MakePaymentRefusal.KeptForSomethingElse, body.Decide(In2027(body, "GOV.small", 1)));
        town.Federation.MustHold();
    }

    [Fact]
    public void Claim_ThatWasNotSent_KeepsTheYearOpen()
    {
        var claim = town.Council.Do(new ClaimClawback(town.ForumAward, Kind.Revenue, EarmarkSet.None, Write.Digest("Not as agreed."), 20_000));
        town.Federation.Settle();
        town.Forum.Do(new CloseYearProvisionally(2026));

        Refused.MustBe(CloseYearRefusal.MoneySetAside, town.Forum.Decide(new CloseYear(2026)));
        town.Council.Do(new WithdrawClawback(claim, 20_000));
        town.Federation.Settle();

        Assert.Equal(18_000, ClosingTown.Closes(town.Forum).AmountPence);
    }

    [Fact]
    public void OwnMoney_ThatMetAClaimTooLate_GoesBackToItsSource()
    {
        town.Forum.Do(town.Forum.Payment(town.Fund, 20_000));
        var claim = town.Council.Do(new ClaimClawback(town.ForumAward, Kind.Revenue, EarmarkSet.None, Write.Digest("Not as agreed."), 5_000));
        town.Federation.Settle();
        var levy = $"{town.Forum.Id}.levy";
        town.Forum.Do(Write.Fund("levy", [Write.Share(Kind.Revenue, 10_000)]) with { Rules = new FundRules([], CarryForwardBasisPoints: 5_000) });
        town.Forum.Issues(levy, 5_000);
        ClosingTown.Closes(town.Council);
        var before = ClosingTown.ToReturn(town.Council);
        town.Forum.Do(new SettleClawback(claim, 5_000));
        town.Federation.Settle();
        Assert.Equal(before + 5_000, ClosingTown.ToReturn(town.Council));

        town.Council.Do(new SurrenderMoney(levy, town.Forum.Source(), 5_000));

        Assert.Equal((before, 5_000), (ClosingTown.ToReturn(town.Council), town.Council.Balance(Account.Surrendered)));
        town.Federation.MustHold();
    }

    [Fact]
    public void Promise_CarriedForward_LapsesWithTheLastYearOfItsTerms()
    {
        var promises = town.Government.Books.Awards.Find(town.CouncilAward)!.Promises;
        ClosingTown.Closes(town.Government);
        Assert.Equal([1_000, 10_000], promises.Select(promise => promise.LeftPence));

        ClosingTown.Closes(town.Government, 2027);

        Assert.Equal([0, 0], promises.Select(promise => promise.LeftPence));
        Refused.MustBe(ReleaseFundsRefusal.PromiseExceeded, town.Government.Decide(town.Government.Release(town.CouncilAward, 0, 1)));
        Assert.Equal(Dump.Of(town.Government.Books), Dump.Of(Replay.Of(town.Government)));
    }

    [Fact]
    public void Promise_ForAYearBeforeTheFirstThatIsClosed_LapsesWithIt()
    {
        var body = town.Federation.Add("GOV-2", Tier.CentralGovernment);
        body.Do(Write.Fund("early", [Write.Share(Kind.Revenue, 10_000)]) with { Years = new Years(2024, 2027), Rules = new FundRules([], CarryForwardBasisPoints: ClosingTown.Tenth) });
        body.Opens("other", Write.Share(Kind.Revenue, 10_000));
        town.Federation.Agrees(body, town.Council);
        var award = town.Federation.Awards(body, town.Council, "GOV-2.early", Write.Promise(2024, Kind.Revenue, 1_000), Write.Promise(2026, Kind.Revenue, 1_000));
        body.Issues("GOV-2.other", 1);

        ClosingTown.Closes(body);

        Assert.Equal([100, 100], body.Books.Awards.Find(award)!.Promises.Select(promise => promise.LeftPence));
        // The last year of its terms.
        ClosingTown.Closes(body, 2027);
        Assert.Equal([0, 0], body.Books.Awards.Find(award)!.Promises.Select(promise => promise.LeftPence));
    }
}
