namespace FundingFlows.Ledger.Tests;

/// <summary>However long the terms of the pots are that money has been through, it can go back with them.</summary>
public sealed class LongTermsTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Money_ThatWasMergedUnderTermsAsLongAsThereMayBe_IsRepaidAndSettled()
    {
        var (fund, award) = Comes(400, "E06000001.long-1", "E06000001.long-2");
        stage.Council.OpensLong("long-1", 27_500, fund, "E06000001.long-2");
        stage.Council.OpensLong("long-2", 27_500, fund);
        stage.Council.Merges(fund, "E06000001.long-1");
        stage.Council.Merges("E06000001.long-1", "E06000001.long-2");
        stage.Council.Merges("E06000001.long-2", fund);
        var claim = stage.Government.Do(new ClaimClawback(award, Kind.Revenue, EarmarkSet.None, Write.Reason, 300));
        stage.Federation.Settle();

        stage.Settles(claim, 300);
        stage.Federation.Repays(stage.Council, award, 400);

        Assert.Equal(700, stage.Government.Balance(Account.Returned));
        Assert.All(stage.Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
        stage.Federation.MustHold();
    }

    /// <summary>Three pots of 22,000 bytes each do not fit in one fact: the money stays where it can go back from.</summary>
    [Fact]
    public void Money_OfLongTerms_IsMergedNoFurtherAndCanBeRepaid()
    {
        string[] pots = ["E06000001.long-1", "E06000001.long-2", "E06000001.long-3"];
        var (fund, award) = Comes(22_000, pots);
        foreach (var pot in pots)
            stage.Council.OpensLong(pot["E06000001.".Length..], 22_000, [fund, .. pots]);
        stage.Council.Merges(fund, pots[0]);

        Refused.MustBe(MergePotsRefusal.TooManyTerms, stage.Council.Decide(new MergePots(pots[0], pots[1], null, 1)));

        stage.Council.Merges(pots[0], fund);
        stage.Federation.Repays(stage.Council, award, 700);
        Assert.Equal(700, stage.Government.Balance(Account.Returned));
        stage.Federation.MustHold();
    }

    /// <summary>A fund of the government of which £7 came down to the council.</summary>
    private (string Fund, EntryId Award) Comes(int bytes, params IReadOnlyList<string> mergeInto)
    {
        var fund = stage.Government.OpensLong("long", bytes, mergeInto);
        stage.Government.Issues(fund, 700);
        var award = stage.Federation.Awards(stage.Government, stage.Council, fund, Write.Promise(2026, Kind.Revenue, 700));
        stage.Federation.Releases(stage.Government, award, 0, 700);
        return (fund, award);
    }
}
