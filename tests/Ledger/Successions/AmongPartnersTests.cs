namespace FundingFlows.Ledger.Tests;

/// <summary>Those who take over from a body had agreements with it themselves: they funded it, or it funded them.</summary>
public sealed class AmongPartnersTests
{
    private const string First = "E06000021", Second = "E06000022";
    private readonly Stage stage = new();
    private readonly OrderSuccession order;

    public AmongPartnersTests() => order = stage.Ordering();

    private TestFederation Federation => stage.Federation;

    private TestBody Council => stage.Council;

    /// <summary>None of the two comes to fund the other: what they were given is still told, and goes back.</summary>
    [Fact]
    public void Agreements_OfTheOldBodyWithItsOwnSuccessors_GoOnAsEndedOnes()
    {
        var awards = new[] { First, Second }.Select(body => Gives(Council, Federation[body], stage.Fund, 1_000)).ToList();
        stage.Government.Do(order);
        Federation.Ends(Council);

        foreach (var (body, other, award) in new[] { (First, Second, awards[0]), (Second, First, awards[1]) })
        {
            foreach (var end in new[] { Federation[body].Books, Federation[other].Books })
                Assert.Equal((other, true, AgreementStage.Ended), (end.Awards.Find(award)!.Funder, end.Awards.Find(award)!.IsOver, end.Agreements.Find(end.Awards.Find(award)!.Agreement)!.State));
            Federation[body].Do(Federation[body].Payment(stage.Fund, 400, Kind.Capital));
            Federation[body].Do(new SubmitReport(stage.Fund, other));
            Federation.Repays(Federation[body], award, 600);
        }
        MustHold();
    }

    /// <summary>The same where the successors had funded the old body.</summary>
    [Fact]
    public void Agreements_OfTheSuccessorsWithTheOldBody_GoOnAsEndedOnes()
    {
        foreach (var body in new[] { First, Second })
            Gives(Federation[body], Council, Issued(Federation[body]), 1_000);
        stage.Government.Do(order);
        Federation.Ends(Council);

        foreach (var body in new[] { First, Second })
        {
            Assert.DoesNotContain(Federation[body].Books.Agreements.All, agreement => agreement is { IsInForce: true, Funder: First or Second, Recipient: First or Second });
            var award = Federation[body].Books.Awards.All.Single(award => award.Recipient == body && award.Funder != stage.Government.Id);
            Assert.True(award.IsOver);
            Federation.Repays(Federation[body], award.Id, Federation[body].Books.Lots.Under(award.Id).Sum(lot => lot.FreePence));
        }
        MustHold();
    }

    private static string Issued(TestBody body)
    {
        var fund = body.Opens("own", Write.Share(Kind.Capital, 10_000));
        body.Issues(fund, 1_000);
        return fund;
    }

    /// <summary>One council gives another so much capital of a greater award, and answers with that.</summary>
    private EntryId Gives(TestBody funder, TestBody recipient, string fund, long pence)
    {
        Federation.Agrees(funder, recipient, AgreementBasis.LeadAuthority);
        var award = Federation.Awards(funder, recipient, fund, Write.Promise(2026, Kind.Capital, pence + 1_000));
        Federation.Releases(funder, award, 0, pence);
        return award;
    }

    private void MustHold()
    {
        Federation.Settle();
        Assert.Empty(Federation.InventoryOf(Council).Findings());
        Assert.True(Federation.InventoryOf(Council).IsComplete);
        Federation.MustHold();
        Assert.All(Federation.Bodies, body => Assert.Equal(Dump.Of(body.Books), Dump.Of(Replay.Of(body))));
    }
}
