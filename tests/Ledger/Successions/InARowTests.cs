namespace FundingFlows.Ledger.Tests;

/// <summary>One succession after another: a successor is abolished itself, and two bodies of one funder are.</summary>
public sealed class InARowTests
{
    private const string First = "E06000021", Second = "E06000022", Third = "E06000023";
    private readonly Stage stage = new();

    private TestFederation Federation => stage.Federation;

    [Fact]
    public void Successor_AbolishedItself_HandsOnAllThatItHadTakenOver()
    {
        var levy = stage.Council.Opens("levy", Write.Share(Kind.Revenue, 10_000));
        stage.Council.Issues(levy, 1_000);
        var liability = stage.Council.Do(stage.Council.Liability(stage.Fund, 900));
        var paid = stage.Council.Do(stage.Council.Payment(stage.Fund, 800));
        stage.Council.Do(new ClaimClawback(stage.ForumAward, Kind.Revenue, EarmarkSet.Of([Write.Led]), Write.Digest("Not as agreed."), 500));
        stage.Government.Do(stage.Ordering());
        Federation.Ends(stage.Council);
        Abolish(First, Third);

        var here = Federation[Third];
        here.Do(here.Payment(stage.Fund, 900) with { OutOf = liability, Project = stage.Council.Books.Projects.All[0].Id });
        here.Do(new RefundPayment(paid, null, 800));
        here.Do(new SurrenderMoney(levy, stage.Council.Source(), 600));
        stage.Forum.Do(new SettleClawback(here.Books.Clawbacks.All[0].Id, 500));
        Federation.Settle();
        Federation.Repays(stage.Forum, stage.ForumAward, 5_500);
        Assert.Equal(6_000, here.Balance(Account.Returned));

        // What the forum sent up goes on up, to who once gave it.
        foreach (var award in here.Books.Awards.All.Where(award => award.Recipient == Third && award.State == AwardStage.Accepted).ToList())
            if (here.Books.Lots.Under(award.Id).Sum(lot => lot.FreePence) is var pence and > 0)
                Federation.Repays(here, award.Id, pence);
        Assert.Equal(0, here.Balance(Account.Cash));
        MustHold(stage.Council, Federation[First]);
    }

    [Fact]
    public void Predecessors_OfOneFunderOneAfterTheOther_GoOnUnderOneAgreement()
    {
        var other = Federation.Add("E06000031", Tier.Council);
        Federation.Agrees(stage.Government, other);
        var award = Federation.Awards(stage.Government, other, stage.Fund, Write.Promise(2026, Kind.Capital, 5_000));
        Federation.Releases(stage.Government, award, 0, 2_000);
        stage.Government.Do(Abolished.Registering(other));
        stage.Government.Do(stage.Ordering());
        Federation.Ends(stage.Council);
        stage.Government.Do(new OrderSuccession(other.Id, Abolished.Terms(other.Id, (First, 5_000), (Second, 5_000)).Successors, Abolished.Day));
        Federation.Ends(other);

        Assert.Single(stage.Government.Books.Agreements.All, agreement => agreement.Recipient == First && agreement.IsInForce);
        foreach (var part in stage.Government.Books.Awards.All.Where(one => one.Recipient is First or Second).ToList())
            Federation.Repays(Federation[part.Recipient], part.Id, Federation[part.Recipient].Books.Lots.Under(part.Id).Sum(lot => lot.FreePence));
        Assert.Equal(24_000 + 2_000, stage.Government.Balance(Account.Returned));
        MustHold(stage.Council, other);
    }

    [Fact]
    public void Successor_ThatHasItsOwnBodiesTold_DoesNotWaitForTheOldOne()
    {
        var order = stage.Ordering();
        var shared = Federation.Agrees(Federation[First], stage.Council, AgreementBasis.SharedService);
        stage.Government.Do(order);
        Federation.Ends(stage.Council);
        Assert.False(Federation[First].Books.Agreements.Find(shared)!.IsOpen);
        Abolish(First, Third);

        Assert.True(Federation[First].Books.Ending.IsSealed);
        MustHold(stage.Council, Federation[First]);
    }

    private void Abolish(string predecessor, string successor)
    {
        Federation.Add(successor, Tier.Council);
        stage.Government.Do(Abolished.Registering(Federation[successor]));
        stage.Government.Do(new OrderSuccession(predecessor, Abolished.Terms(predecessor, (successor, 10_000)).Successors, Abolished.Day));
        Federation.Ends(Federation[predecessor]);
    }

    private void MustHold(params IReadOnlyList<TestBody> abolished)
    {
        foreach (var body in abolished)
        {
            Assert.Empty(Federation.InventoryOf(body).Findings());
            Assert.True(Federation.InventoryOf(body).IsComplete);
        }
        Federation.MustHold();
        Assert.All(Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
    }
}
