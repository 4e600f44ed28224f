namespace FundingFlows.Ledger.Tests;

/// <summary>What becomes of amendments when a party to the award is abolished.</summary>
public sealed class AmendedAwardTests
{
    private readonly Stage stage = new();

    [Fact]
    public void Award_ThatWasAmended_GoesOnAsItWasAmended()
    {
        stage.Accepts(stage.Amends(Amendments.Raised));
        stage.Federation.Settle();
        stage.Government.Do(stage.Ordering());
        stage.Federation.Ends(stage.Council);

        var continued = stage.Government.Books.Awards.All.Where(award => award.Recipient is "E06000021" or "E06000022").ToList();
        Assert.Equal(2, continued.Count);
        Assert.Equal([50_000, 20_000, 25_000, 1_000, 7_000], Enumerable.Range(0, 5).Select(place => continued.Sum(award => award.Promises[place].AmountPence)));
        foreach (var award in continued)
        {
            var there = stage.Federation[award.Recipient].Books.Awards.Find(award.Id)!;
            Assert.Equal(award.Promises.Select(promise => promise.AmountPence), there.Promises.Select(promise => promise.AmountPence));
            Assert.Equal(award.Versions[0].Promises, there.Versions[0].Promises);
        }
        stage.Federation.MustHold();
    }

    /// <summary>What nobody has answered keeps no body from being abolished, whichever party that is.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Amendment_ThatIsOpen_LapsesWithTheRecipient(bool isAccepted)
    {
        var amendment = stage.Amends(Amendments.Raised);
        stage.Government.Do(stage.Ordering());
        if (isAccepted)
            stage.Accepts(amendment);
        stage.Federation.Ends(stage.Council);

        var state = stage.AwardAt(stage.Government).FindAmendment(amendment)!.State;
        Assert.Equal(isAccepted ? AmendmentStage.InForce : AmendmentStage.Lapsed, state);
        var promised = stage.Government.Books.Awards.All.Where(award => award.Recipient is "E06000021" or "E06000022").Sum(award => award.Promises.Sum(promise => promise.AmountPence));
        Assert.Equal(isAccepted ? 103_000 : 86_000, promised);
        stage.Federation.MustHold();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Amendment_ThatIsOpen_LapsesWithTheFunder(bool isAccepted)
    {
        var amendment = stage.Council.Do(new AmendAward(stage.ForumAward, [Write.Promise(2026, Kind.Revenue, 16_000, Write.Led)]));
        stage.Federation.Settle();
        stage.Government.Do(stage.Ordering());
        stage.Carries(stage.Government, stage.Council);
        if (isAccepted)
            stage.Forum.Do(new AnswerAmendment(stage.ForumAward, amendment, true));
        stage.Federation.Ends(stage.Council);

        var award = stage.Forum.Books.Awards.Find(stage.ForumAward)!;
        Assert.Equal(("E06000021", AmendmentStage.Lapsed, 15_000), (award.Funder, award.FindAmendment(amendment)!.State, award.Promises[0].AmountPence));
        var successor = stage.Federation["E06000021"];
        Assert.Equal(15_000, successor.Books.Awards.Find(stage.ForumAward)!.Promises[0].AmountPence);
        var next = successor.Do(new AmendAward(stage.ForumAward, [Write.Promise(2026, Kind.Revenue, 17_000, Write.Led)]));
        stage.Federation.Settle();
        stage.Forum.Do(new AnswerAmendment(stage.ForumAward, next, true));
        stage.Federation.Settle();
        Assert.Equal((17_000, 17_000), (award.Promises[0].AmountPence, successor.Books.Awards.Find(stage.ForumAward)!.Promises[0].AmountPence));
        stage.Federation.MustHold();
    }
}
